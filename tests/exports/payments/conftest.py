"""A database of its own for every test of postings, copied from one made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.database import Database, open_database
from db.settings import set_office


@pytest.fixture(scope="session")
def office_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed database of an office whose papers leave in simplified characters."""
    path = tmp_path_factory.mktemp("office") / "臺賬.db"
    made = open_database(path, operator="裝機")
    set_office(made, values={"county": "平江縣", "office_name": "平江縣財政局"})
    made.close()
    return path


@pytest.fixture
def database(office_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An open database."""
    path = tmp_path_factory.mktemp("庫") / "臺賬.db"
    made = open_database(Path(shutil.copyfile(office_file, path)), operator="測試員")
    yield made
    made.release()
