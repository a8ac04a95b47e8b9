"""The command line in this process: run, with its status and what it printed; and a database divided once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from db.shipped import shipped
from desktop import cli

NOTICE = shipped("plans", "hunan-2022-16.txt")


@dataclass(frozen=True)
class Outcome:
    """What one command line did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - any JSON value
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture(scope="session")
def divided_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed database with the sample notice divided."""
    path = tmp_path_factory.mktemp("divided") / "臺賬.db"
    for command in (["plan", "import", str(NOTICE)], ["assign", "--auto"]):
        assert cli.run(["--db", str(path), "--as", "李四", *command]) == 0
    return path


@pytest.fixture
def path(divided_file: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copyfile(divided_file, tmp_path / "臺賬.db"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command line on a database."""

    def runs(path: Path, *words: object, lang: str = "", operator: str = "") -> Outcome:
        globals_ = ["--db", str(path), *(["--lang", lang] if lang else []), *(["--as", operator] if operator else [])]
        capsys.readouterr()
        try:
            status = cli.run([*globals_, *map(str, words)])
        except SystemExit as left:
            status = int(left.code or 0)
        printed = capsys.readouterr()
        return Outcome(status, printed.out, printed.err)

    return runs
