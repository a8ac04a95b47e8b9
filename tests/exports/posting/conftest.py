"""A database of its own for every test of postings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.database import Database, open_database
from db.settings import set_office


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An open database of an office whose papers leave in simplified characters."""
    folder = tmp_path / "庫"
    folder.mkdir()
    made = open_database(folder / "臺賬.db", operator="測試員")
    set_office(made, values={"county": "平江縣", "office_name": "平江縣財政局"})
    yield made
    made.release()
