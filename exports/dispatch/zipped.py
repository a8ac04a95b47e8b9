"""The workbooks of a sending in one file (``.zip``) for a USB stick."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from db.errors import UnreadableInput
from exports.safewrite import safe_write_bytes


def zip_files(files: Sequence[Path], target: Path) -> Path:
    """Pack files into ``target`` under their names, which are marked as UTF-8; return the path.

    Raises :class:`UnreadableInput` where one is gone: a pack that lacks a unit's sheet must not look complete.
    """
    lost = [path.name for path in files if not path.is_file()]
    if lost:
        raise UnreadableInput("「{name}」不在分發的文件夾裏，沒有打包。請先用「重寫文件」。", name=lost[0])
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as pack:
        for path in files:
            pack.write(path, path.name)
    return safe_write_bytes(target if target.suffix else target.with_suffix(".zip"), content.getvalue())
