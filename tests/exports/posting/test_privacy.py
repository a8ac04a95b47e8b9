"""No identity number, account or telephone of a payment sheet is in any posting, nor plain in anything we keep."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from db import backup, places, postinglist, subsidies, vault
from db.database import Database
from db.places import PlaceRow
from db.wrapping import Kdf
from exports.payments import importing
from exports.payments.choices import Choices
from exports.posting.options import Options
from exports.posting.run import Result, run
from exports.posting.secrets import secrets_of
from exports.posting.wanted import Wanted
from tests.db.villages import FARM_ITEMS
from tests.exports.posting.planted import Planted, left_in

CHEAP = Kdf(n=2**10, r=8, p=1)
WANTED = Wanted("2022")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of its own, so that what is left in it is seen."""
    folder = tmp_path / "臨時"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def brought_in(database: Database, folder: Path, count: int, *, hostile: Callable[[int], bool]) -> Planted:
    """Import the sheets of so many villages and return what was planted in them."""
    planted, tree = Planted(), [(f"鎮{at // 20 + 1}鎮", f"村{at + 1}村") for at in range(count)]
    places.bring_in(database, rows=[PlaceRow(town, village) for town, village in tree], source="區劃.xlsx")
    policy = subsidies.add(database, values=FARM_ITEMS).ids("subsidy_policy")[0]
    folder.mkdir()
    for at, (town, village) in enumerate(tree):
        path = planted.sheet(folder / f"{at}.xlsx", town, village, at * 1000, hostile=hostile(at))
        with database.reading() as session:
            from db.placetree import gazetteer

            found = gazetteer(session).find(village, town=town).village
        assert found is not None
        shown = importing.preview(
            database, paths=[path], choices=Choices(policy=policy, period="2022", village=found.id)
        )
        assert shown.rows == 6
        importing.apply(database, shown=shown)
    return planted


def made(database: Database, folder: Path, *, options: Options | None = None) -> Result:
    return run(
        database,
        wanted=WANTED,
        options=options or Options(),
        folder=folder,
        secrets=secrets_of(database),
        processes=1,
    )


def kept_files(database: Database, *more: Path) -> list[Path]:
    """Return every file of the database and of what stands around it, written out to the last page."""
    folders = [database.path.parent, *more]
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def unlocked(database: Database) -> Database:
    vault.set_password(database, password="只為測試 abc 12345", kdf=CHEAP)
    return database


@pytest.mark.parametrize("sealed", [True, False])
def test_no_private_number_of_the_sheets_is_in_a_posting_or_plain_in_what_is_kept(
    database: Database,
    tmp_path: Path,
    temporary: Path,
    sealed: bool,  # noqa: FBT001 - a parameter of the test
    caplog: pytest.LogCaptureFixture,
) -> None:
    if sealed:
        unlocked(database)
    planted = brought_in(database, tmp_path / "來表", 6, hostile=lambda at: at % 2 == 0)
    result = made(database, tmp_path / "公示")
    assert not result.failures
    files = [path for path in (tmp_path / "公示").rglob("*") if path.is_file()]
    assert len(files) == 6 * 2 + 1
    assert list(left_in(files, planted.numbers)) == []
    backup.snapshot(database.path, reason="manual")
    kept = kept_files(database, temporary)
    assert any("-wal" in path.name for path in kept)
    assert any(path.parent != database.path.parent for path in kept)  # the snapshot
    assert list(left_in(kept, planted.numbers)) == []
    assert not any(number in caplog.text for number in planted.numbers)
    with database.reading() as session:
        assert not any(number in repr(postinglist.listed(session)) for number in planted.numbers)


def test_a_note_with_a_number_stops_its_posting_and_no_other(database: Database, tmp_path: Path) -> None:
    planted = brought_in(database, tmp_path / "來表", 3, hostile=lambda at: at == 1)
    result = made(database, tmp_path / "公示", options=Options(with_notes=True, kinds=(".pdf",)))
    assert len(result.failures) <= 1
    assert not any(number in str(result.failures) for number in planted.numbers)
    files = list((tmp_path / "公示").rglob("*.pdf"))
    assert list(left_in(files, planted.numbers)) == []


def test_the_search_finds_what_is_planted(tmp_path: Path) -> None:
    planted = Planted()
    sheet = planted.sheet(tmp_path / "a.xlsx", "石橋鎮", "石橋村", 1)
    assert list(left_in([sheet], planted.numbers)) == ["a.xlsx（內部）"]


@pytest.mark.thousand
def test_five_hundred_files(database: Database, tmp_path: Path, temporary: Path) -> None:
    many = unlocked(database)
    planted = brought_in(many, tmp_path / "來表", 250, hostile=lambda at: at % 2 == 0)
    result = run(
        many,
        wanted=WANTED,
        options=Options(),
        folder=tmp_path / "公示",
        secrets=secrets_of(many),
        processes=min(2, os.cpu_count() or 1),
    )
    assert result.whole
    files = [path for path in (tmp_path / "公示").rglob("*") if path.is_file()]
    assert len(files) == 500 + 1
    assert list(left_in(files, planted.numbers)) == []
    backup.snapshot(many.path, reason="manual")
    assert list(left_in(kept_files(many, temporary), planted.numbers)) == []
