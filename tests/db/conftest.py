"""A database of its own for every test, copied from one made once: the shipped dictionary takes most of a second."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.database import Database, open_database


@pytest.fixture(scope="session")
def fresh_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed database with the shipped dictionary and nothing else."""
    path = tmp_path_factory.mktemp("fresh") / "臺賬.db"
    open_database(path, operator="裝機").release()
    return path


@pytest.fixture
def path(fresh_file: Path, tmp_path: Path) -> Path:
    """A closed database."""
    return Path(shutil.copyfile(fresh_file, tmp_path / "臺賬.db"))


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    """An open database."""
    made = open_database(path, operator="測試員")
    yield made
    made.release()
