"""Writing a file that leaves the house: whole and new, or the old one untouched."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from db.errors import DiskFull, Trouble

_FULL = (errno.ENOSPC, errno.EDQUOT)
_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)
_NO_NAME = (errno.ENAMETOOLONG, errno.EINVAL)


class CannotWrite(Trouble):
    """A file cannot be written where the clerk wants it; what stood there is as it was."""


def named_kind(target: Path, *kinds: str) -> Path:
    """Return the target with the first of ``kinds`` (such as ``.xlsx``) where its name has no ending.

    Raises :class:`CannotWrite` for another ending: a file is never of another kind than its name says.
    """
    if not target.suffix:
        return target.with_name(target.name + kinds[0])
    if target.suffix.lower() not in kinds:
        raise CannotWrite(
            "「{name}」的類型不能用，沒有保存。請寫成 {kinds} 文件。", name=target.name, kinds=" 或 ".join(kinds)
        )
    return target


def safe_write(target: Path, write: Callable[[Path], object]) -> Path:
    """Let ``write`` fill a file beside ``target`` and put it in the target's place once it is on the disk.

    Returns the path written. Raises :class:`CannotWrite` or ``DiskFull`` with a sentence; whatever goes wrong,
    the old file stays and nothing is left beside it.
    """
    target = target.absolute()
    with _name_told(target.name):
        _check_place(target)
    place = target.resolve() if target.is_symlink() else target
    # A short name of its own: a long one of the target's could exceed what the disk allows.
    draft = place.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with _told_as_sentences(target):
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
            write(draft)
            with draft.open("r+b") as file:
                os.fsync(file.fileno())
        with _name_told(target.name):
            _put_in_place(draft, place, target.name)
    finally:
        draft.unlink(missing_ok=True)
    return target


def safe_write_bytes(target: Path, content: bytes) -> Path:
    """Write ``content`` as :func:`safe_write` does; for writers that build their file in memory."""
    return safe_write(target, lambda draft: draft.write_bytes(content))


def _check_place(target: Path) -> None:
    folder = target.parent
    if not folder.is_dir():
        raise CannotWrite("文件夾「{folder}」不存在，沒有保存。請先建立文件夾，或換一個位置。", folder=folder)
    if target.is_dir():
        raise CannotWrite("「{name}」是一個文件夾，不能寫成文件。請換一個文件名。", name=target.name)
    if target.exists() and not os.access(target, os.W_OK):
        raise CannotWrite("「{name}」是只讀文件，沒有保存。請取消只讀屬性，或換一個文件名。", name=target.name)


@contextmanager
def _name_told(name: str) -> Iterator[None]:
    """Say so where the system refuses the name itself: too long, or with characters it does not allow."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_NAME:
            raise CannotWrite("「{name}」不能用作文件名，沒有保存。請換一個文件名。", name=name) from error
        raise


@contextmanager
def _told_as_sentences(target: Path) -> Iterator[None]:
    """Turn what the clerk can mend into a sentence; anything else stays as it is."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull("磁盤已滿，「{name}」沒有保存。請騰出空間或換一個位置後重試。", name=target.name) from error
        if error.errno in _REFUSED:
            raise CannotWrite(
                "文件夾「{folder}」不能寫入，沒有保存「{name}」。請換一個位置。", folder=target.parent, name=target.name
            ) from error
        raise


def _put_in_place(draft: Path, place: Path, name: str) -> None:
    try:
        if place.exists():
            shutil.copymode(place, draft)
        draft.replace(place)
    except PermissionError as error:
        raise CannotWrite(
            "「{name}」正被其他程序（WPS 或 Excel）打開，沒有保存。請關閉後重試，或換一個文件名。", name=name
        ) from error
