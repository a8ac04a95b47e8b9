"""``taizhang backup``, ``restore``, ``check``, and the global options."""

from __future__ import annotations

import errno
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from db import backup
from db.database import open_database
from db.settings import set_office
from tests.desktop.cli.conftest import NOTICE, Run

ROOT = Path(__file__).parents[3]


def spoiled(path: Path) -> bytes:
    content = path.read_bytes()[:200_000]
    path.write_bytes(content)
    return content


def test_check_of_a_sound_database(run: Run, path: Path) -> None:
    done = run(path, "check")
    assert (done.status, done.err) == (0, "")
    assert "檢查通過" in done.out
    assert run(path, "check", "--json").json == {"ok": True, "problems": []}


def test_check_names_a_tampered_record(run: Run, path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE batch SET operator = '別人' WHERE id = 3")
        connection.execute("UPDATE assignment SET percent = 100 WHERE id = 1")
    connection.close()
    done = run(path, "check", "--json")
    assert done.status == 1
    assert done.json["ok"] is False
    chain, row = done.json["problems"]
    assert "分解「湖南省2022年政務管理服務工作要點」" in chain
    assert "22-政16-01-1P 的進度" in row
    assert run(path, "check").status == 1


def test_check_of_a_damaged_file_is_a_finding(run: Run, path: Path) -> None:
    content = spoiled(path)
    done = run(path, "check", "--json")
    assert done.status == 1
    assert done.json["ok"] is False
    assert "已損壞" in done.json["problems"][0]
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "words",
    [
        *(["plan", "list"], ["plan", "import", NOTICE], ["units", "list"], ["assign", "--auto"], ["backup"]),
        *(["ledger", "export", "x.xlsx"], ["ledger", "undo", "3"], ["progress", "list"], ["search", "政務"]),
    ],
    ids=lambda words: " ".join(map(str, words[:2])),
)
def test_a_damaged_database_stops_every_command_with_one_sentence(
    run: Run, path: Path, words: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    content = spoiled(path)
    done = run(path, *words)
    assert (done.status, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
    assert "恢復" in done.err
    assert path.read_bytes() == content
    assert not (path.parent / "x.xlsx").exists()


def test_backup_writes_a_snapshot_that_restores(run: Run, path: Path, tmp_path: Path) -> None:
    done = run(path, "backup", tmp_path / "U盤")
    assert done.status == 0
    (kept,) = (tmp_path / "U盤").iterdir()
    assert str(kept) in done.out
    listed = run(path, "plan", "list").out
    run(path, "ledger", "undo", "4")
    back = run(path, "restore", kept)
    assert back.status == 0
    assert "恢復前的數據庫保存在" in back.out
    assert run(path, "plan", "list").out == listed
    assert run(tmp_path / "新機" / "臺賬.db", "restore", kept).status == 0
    assert run(tmp_path / "新機" / "臺賬.db", "plan", "list").out == listed


def test_backup_without_a_folder_goes_beside_the_database_or_where_the_office_says(
    run: Run, path: Path, tmp_path: Path
) -> None:
    run(path, "backup")
    assert [one.reason for one in backup.snapshots(backup.folder_of(path), path.stem)] == ["manual"]
    database = open_database(path)
    set_office(database, values={"backup_folder": str(tmp_path / "另處")})
    database.release()
    run(path, "backup")
    assert len(backup.snapshots(tmp_path / "另處", path.stem)) == 1


@pytest.mark.parametrize("content", [b"", b"not a database at all", None])
def test_restore_of_what_is_no_snapshot_changes_nothing(
    run: Run, path: Path, tmp_path: Path, content: bytes | None
) -> None:
    source = tmp_path / "備份.db"
    if content is not None:
        source.write_bytes(content)
    before = path.read_bytes()
    done = run(path, "restore", source)
    assert done.status == 2
    assert "備份.db" in done.err
    assert path.read_bytes() == before


def test_what_is_stored_although_its_snapshot_failed_is_told(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    monkeypatch.setattr(backup, "_copy", full)
    done = run(path, "assign", "公開工作", "--accept")
    assert done.status == 1
    assert "採納 13 項任務" in done.out
    assert "已滿" in done.err
    monkeypatch.undo()
    assert "採納 13 項任務" in run(path, "ledger", "history").out


def test_the_operator_is_written_down(run: Run, path: Path) -> None:
    run(path, "assign", "公開工作", "--accept", operator="王五")
    assert run(path, "ledger", "history", "--limit", "1").out.split("\t")[2] == "王五"


@pytest.mark.parametrize(
    "words",
    [
        ["plan"],
        ["plan", "import"],
        ["nonsense"],
        ["plan", "list", "--unknown"],
        ["ledger", "undo", "drei"],
        ["units", "list", "--level", "village"],
    ],
)
def test_wrong_use_is_told_in_our_language(run: Run, tmp_path: Path, words: list[str]) -> None:
    done = run(tmp_path / "臺賬.db", *words)
    assert (done.status, done.out) == (2, "")
    first = done.err.splitlines()[0]
    assert first.startswith("命令寫得不對：")
    assert "required" not in first
    assert "invalid" not in first
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [["plan", "list"], ["units", "list"], ["check"], ["backup"], ["ledger", "history"]])
def test_reading_where_there_is_no_database_makes_none(run: Run, tmp_path: Path, words: list[str]) -> None:
    done = run(tmp_path / "臺賬.db", *words)
    assert done.status == 2
    assert "還沒有數據庫" in done.err
    assert list(tmp_path.iterdir()) == []


HOLD = """
import sys
from pathlib import Path
from db.database import open_database
database = open_database(Path(sys.argv[1]), operator="另一個")
print("open", flush=True)
sys.stdin.read()
"""


def test_beside_another_instance_one_may_read_and_back_up_but_not_write(run: Run, path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert run(path, "plan", "list").status == 0
        assert run(path, "check").status == 0
        assert run(path, "backup").status == 0
        for words in (["assign", "--accept"], ["restore", next(backup.folder_of(path).iterdir())]):
            refused = run(path, *words)
            assert refused.status == 2
            assert "另一個窗口" in refused.err
        other.communicate()


KILLED = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.orm import Session
left = [4]

@event.listens_for(Session, "after_flush")
def die(*_):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)

from desktop.cli import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_command_killed_in_the_middle_of_an_import_can_be_given_again(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "臺賬.db"
    open_database(path).release()
    command = [sys.executable, "-c", KILLED, "--db", str(path), "plan", "import", str(NOTICE)]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode < 0
    assert run(path, "plan", "list", "--json").json == {"plans": []}
    assert run(path, "check").status == 0
    assert run(path, "plan", "import", NOTICE).status == 0
