"""Behaviour of writing a file: all of the new one, or the old one whole."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from db.errors import DiskFull, Trouble
from exports.safewrite import CannotWrite, safe_write, safe_write_bytes


def raising(error: BaseException) -> Callable[[Path], None]:
    def write(draft: Path) -> None:
        draft.write_bytes(b"half")
        raise error

    return write


def test_a_new_file_is_written_and_nothing_left_beside(tmp_path: Path) -> None:
    target = tmp_path / "臺賬.xlsx"
    assert safe_write_bytes(target, b"new") == target
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_an_old_file_is_replaced_and_keeps_its_rights(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    target.chmod(0o640)
    safe_write_bytes(target, b"new")
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real.xlsx"
    real.write_bytes(b"old")
    link = tmp_path / "link.xlsx"
    link.symlink_to(real)
    safe_write_bytes(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.parametrize("error", [ValueError("a bug"), KeyboardInterrupt(), OSError(5, "disk error")])
def test_whatever_interrupts_leaves_the_old_file(tmp_path: Path, error: BaseException) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(type(error)):
        safe_write(target, raising(error))
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_kill_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    script = (
        "import os, signal, sys; from pathlib import Path; from exports.safewrite import safe_write\n"
        "def write(draft):\n    draft.write_bytes(b'half'); os.kill(os.getpid(), signal.SIGKILL)\n"
        "safe_write(Path(sys.argv[1]), write)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", script, str(target)], cwd=root, check=False, timeout=60)
    assert done.returncode < 0
    assert target.read_bytes() == b"old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    def fill(_draft: Path) -> None:
        with Path("/dev/full").open("wb") as full:
            full.write(b"x")

    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(DiskFull, match=r"磁盤已滿，「a\.xlsx」沒有保存"):
        safe_write(target, fill)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_target_open_in_excel_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise PermissionError(13, "sharing violation")

    target = tmp_path / "臺賬.xlsx"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(CannotWrite, match=r"「臺賬\.xlsx」正被其他程序（WPS 或 Excel）打開，沒有保存。"):
        safe_write_bytes(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"文件夾「.*nowhere」不存在"):
        safe_write_bytes(tmp_path / "nowhere" / "a.xlsx", b"")


def test_a_folder_that_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(CannotWrite, match="不能寫入"):
        safe_write_bytes(tmp_path / "a.xlsx", b"")


def test_a_read_only_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_args: False)
    with pytest.raises(CannotWrite, match="只讀"):
        safe_write_bytes(target, b"new")
    assert target.read_bytes() == b"old"


def test_a_name_that_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(CannotWrite, match="是一個文件夾"):
        safe_write_bytes(tmp_path / "a.xlsx", b"")


def test_a_name_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="不能用作文件名"):
        safe_write_bytes(tmp_path / ("長" * 200 + ".xlsx"), b"")
    assert list(tmp_path.iterdir()) == []
