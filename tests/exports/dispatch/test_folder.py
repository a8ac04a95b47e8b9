"""The folder of a sending: complete, or not there; and the register knows it, or it is not there."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from sqlalchemy import select

from db import dispatch as recording
from db import register
from db.changes import Changes
from db.codes import find_tokens
from db.database import Database, open_database
from db.dispatch import Written
from db.errors import Cancelled, UnreadableInput
from db.models import DispatchSheet
from db.outgoing import Outgoing
from exports.dispatch import dispatch, folder, write_again
from exports.dispatch.zipped import zip_files
from exports.safewrite import CannotWrite
from exports.workbook.collect.opening import sources
from tests.db.worlds import divided

DUE = date(2022, 6, 28)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "臺賬.db"
    made = open_database(path, operator="李")
    divided(made)
    made.release()
    return path


@pytest.fixture
def database(filled: Path, tmp_path: Path) -> Iterator[Database]:
    made = open_database(Path(shutil.copyfile(filled, tmp_path / "臺賬.db")), operator="李")
    yield made
    made.release()


class StopsAt:
    """A clerk who stops the job after some units."""

    def __init__(self, done: int) -> None:
        self.done = done

    def at(self, done: int, total: int) -> None:  # noqa: ARG002 - the protocol names it
        if done == self.done:
            raise Cancelled("已取消，沒有改動任何數據。")


def sendings(database: Database) -> list[register.DispatchLine]:
    with database.reading() as session:
        return register.dispatches(session)


def test_one_workbook_a_unit_with_its_draft_and_a_register(database: Database, tmp_path: Path) -> None:
    done = dispatch(database, folder=tmp_path / "六月", due_on=DUE)
    books = sorted(done.folder.glob("*_*.xlsx"))
    assert books == sorted(one.path for one in done.files)
    assert len(books) > 1
    assert sorted(path.stem for path in done.folder.glob("*/*.eml")) == [path.stem for path in books]
    table = openpyxl.load_workbook(done.folder / "分发登记.xlsx").worksheets[0]
    assert find_tokens(" ".join(str(cell.value) for cell in table["D"])) == [
        find_tokens(one.path.name)[0] for one in done.files
    ]


def test_the_register_knows_every_file_by_token_and_digest(database: Database, tmp_path: Path) -> None:
    done = dispatch(database, folder=tmp_path / "六月", due_on=DUE)
    with database.reading() as session:
        kept = {sheet.token: sheet for sheet in session.scalars(select(DispatchSheet))}
        for one in done.files:
            sheet = kept[find_tokens(one.path.name)[0]]
            assert sheet.file_name == one.path.name
            assert sheet.sha256 == hashlib.sha256(one.path.read_bytes()).hexdigest()
            assert len(sheet.rows) == one.rows
    assert len(kept) == len(done.files)
    assert sendings(database)[0].folder == str(done.folder)


@pytest.mark.parametrize("stops", [0, 1, "last"])
def test_a_stopped_job_leaves_nothing(database: Database, tmp_path: Path, stops: int | str) -> None:
    place = tmp_path / "這裏"
    place.mkdir()
    count = len(dispatch(database, folder=tmp_path / "先", due_on=DUE).files)
    with pytest.raises(Cancelled):
        dispatch(
            database, folder=place / "六月", due_on=DUE, progress=StopsAt(count if stops == "last" else int(stops))
        )
    assert list(place.iterdir()) == []
    assert len(sendings(database)) == 1


def test_a_register_that_cannot_be_kept_leaves_no_folder(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("db.dispatch.record", refuse)
    with pytest.raises(RuntimeError):
        dispatch(database, folder=tmp_path / "六月", due_on=DUE)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []


def test_the_folder_has_its_name_only_when_all_is_recorded(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    settle = folder._settle

    def watched(beside: Path, place: Path) -> None:
        seen.append((place.exists(), beside.name, len(sendings(database)), len(list(beside.glob("*.xlsx")))))
        settle(beside, place)

    monkeypatch.setattr(folder, "_settle", watched)
    done = dispatch(database, folder=tmp_path / "六月", due_on=DUE)
    assert seen == [(False, f"六月{folder.UNFINISHED}", 1, len(done.files) + 1)]


def test_a_folder_that_cannot_get_its_name_is_told_and_kept(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody puts something in the way while the files are written."""
    record = recording.record

    def slow(database: Database, *, outgoing: Outgoing, files: Mapping[str, Written], folder: Path) -> Changes:
        (tmp_path / "六月").mkdir()
        (tmp_path / "六月" / "別的.txt").write_bytes(b"")
        return record(database, outgoing=outgoing, files=files, folder=folder)

    monkeypatch.setattr("db.dispatch.record", slow)
    with pytest.raises(CannotWrite, match="手工改名"):
        dispatch(database, folder=tmp_path / "六月", due_on=DUE)
    kept = tmp_path / f"六月{folder.UNFINISHED}"
    assert sorted(path.name for path in kept.glob("*_*.xlsx")) == sorted(file_names(database))
    assert (tmp_path / "六月" / "別的.txt").exists()


def file_names(database: Database) -> list[str]:
    with database.reading() as session:
        return [row.file_name for row in register.rows(session)]


def test_a_folder_lost_after_recording_is_written_again_the_same(database: Database, tmp_path: Path) -> None:
    done = dispatch(database, folder=tmp_path / "六月", due_on=DUE)
    names = sorted(one.path.name for one in done.files)
    shutil.rmtree(done.folder)
    line = sendings(database)[0]
    again = write_again(database, dispatch=line.id, folder=tmp_path / "再寫")
    assert sorted(one.path.name for one in again.files) == names
    assert sendings(database)[0].folder == str(tmp_path / "再寫")
    assert len(sendings(database)) == 1


def test_a_folder_with_something_in_it_gets_one_inside(database: Database, tmp_path: Path) -> None:
    place = tmp_path / "桌面"
    place.mkdir()
    assert dispatch(database, folder=place, due_on=DUE).folder == place
    assert dispatch(database, folder=place, due_on=DUE).folder == place / "分發_2022-06-2"


def test_what_an_earlier_crash_left_is_no_obstacle(database: Database, tmp_path: Path) -> None:
    left = tmp_path / f"六月{folder.UNFINISHED}"
    left.mkdir()
    (left / "半個.xlsx").write_bytes(b"")
    done = dispatch(database, folder=tmp_path / "六月", due_on=DUE)
    assert not left.exists()
    assert not (done.folder / "半個.xlsx").exists()


def test_a_file_in_the_way_is_told(database: Database, tmp_path: Path) -> None:
    (tmp_path / "六月").write_bytes(b"")
    with pytest.raises(CannotWrite):
        dispatch(database, folder=tmp_path / "六月", due_on=DUE)
    assert sendings(database) == []


def test_the_workbooks_fit_in_one_file_for_a_stick(database: Database, tmp_path: Path) -> None:
    done = dispatch(database, folder=tmp_path / "六月", due_on=DUE)
    paths = [one.path for one in done.files]
    packed = zip_files(paths, tmp_path / "六月")
    with ZipFile(packed) as pack:
        assert pack.namelist() == [path.name for path in paths]
        assert all(part.flag_bits & 0x800 for part in pack.infolist())  # the names are UTF-8
        assert pack.read(paths[0].name) == paths[0].read_bytes()


def test_a_pack_that_would_lack_a_unit_is_refused(database: Database, tmp_path: Path) -> None:
    paths = [one.path for one in dispatch(database, folder=tmp_path / "六月", due_on=DUE).files]
    paths[1].unlink()
    with pytest.raises(UnreadableInput, match=paths[1].name):
        zip_files(paths, tmp_path / "六月.zip")
    assert not (tmp_path / "六月.zip").exists()


def test_what_lies_beside_the_workbooks_is_no_return(database: Database, tmp_path: Path) -> None:
    done = dispatch(database, folder=tmp_path / "六月", due_on=DUE)
    assert [source.name for source in sources([done.folder])] == sorted(one.path.name for one in done.files)
