"""Errors of the operating system that a user can act on, as sentences; the rest are bugs with a report file."""

from __future__ import annotations

import errno
import platform
import traceback
from datetime import datetime
from pathlib import Path

from db.errors import DiskFull, Trouble, UnreadableInput


def os_trouble(error: OSError) -> Trouble:
    """Return the sentence for an operating system error; raise it again where it is a bug of ours."""
    name = Path(error.filename).name if isinstance(error.filename, str | Path) else ""
    if error.errno == errno.ENOSPC:
        return DiskFull("磁盤已滿，「{name}」沒有寫成。請騰出空間後再試。", name=name)
    if isinstance(error, FileNotFoundError) and name:
        return UnreadableInput("找不到「{name}」。請檢查文件名和路徑。", name=name)
    if isinstance(error, PermissionError) and name:
        return Trouble("沒有權限讀寫「{name}」，或它正被其他程序打開。請關閉後重試，或換一個文件名。", name=name)
    if isinstance(error, IsADirectoryError) and name:
        return UnreadableInput("「{name}」是文件夾，不是文件。請選擇文件。", name=name)
    if error.errno in _PLACES and name:
        return Trouble("「{name}」不能這樣讀寫：{why}。請換一個文件名或位置。", name=name, why=_PLACES[error.errno])
    raise error


_PLACES = {
    errno.ENOTDIR: "路徑中有一段是文件，不是文件夾",
    errno.EROFS: "磁盤是只讀的",
    errno.ENAMETOOLONG: "名稱太長",
    errno.EINVAL: "名稱裏有不能用的字符",
    errno.EIO: "磁盤讀寫出錯",
    errno.EISDIR: "它是一個文件夾",
    errno.EEXIST: "同名的文件已經存在",
    errno.EBUSY: "它正被其他程序使用",
}


def write_report(error: BaseException, folder: Path) -> Path:
    """Write a bug report without any of the office's data and return its path."""
    from desktop.cli import VERSION

    now = datetime.now()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"taizhang-error-{now.strftime('%Y%m%d-%H%M%S')}.txt"
    # Only the places in the code: messages and values may quote what the clerk entered.
    places = "".join(traceback.format_tb(error.__traceback__))
    text = f"taizhang {VERSION}\n{platform.platform()}\n{now.isoformat()}\n{type(error).__name__}\n{places}"
    path.write_text(text, encoding="utf-8")
    return path
