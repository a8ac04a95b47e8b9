"""What a file is, told by its content: office packages, old formats, scans, encrypted files."""

from __future__ import annotations

import io
import zipfile
from enum import Enum

from db.errors import UnreadableInput

MAX_UNPACKED = 300 * 1024 * 1024  # bytes of all parts together
MAX_PART = 120 * 1024 * 1024
MAX_RATIO = 250  # unpacked to packed; office XML stays below 100
MIN_SUSPECT = 10 * 1024 * 1024  # smaller parts may be as dense as they like
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_SAVE_AS = "請用 WPS 或 Word 打開後「另存為」.docx（表格存為 .xlsx）再導入。"


class FileKind(Enum):
    """The formats a plan document is read from."""

    TEXT = "text"
    DOCX = "docx"
    SHEET = "sheet"


def kind_of(content: bytes, *, name: str) -> FileKind:
    """Return the format of a file; raise :class:`UnreadableInput` with what to do for one that is not read."""
    if not content:
        raise UnreadableInput("「{name}」是空文件，沒有文字。請重新取得原件。", name=name)
    if content.startswith(_OLE):
        return _ole_kind(content, name)
    if content.startswith(b"PK\x03\x04"):
        return _package_kind(content, name)
    head = content[:1024].lstrip()
    if head.startswith(b"%PDF"):
        raise UnreadableInput(
            "「{name}」是 PDF 文件，不能直接讀取。請取得 Word 原件，或把文字複製後粘貼進來。", name=name
        )
    if head.startswith(_IMAGES):
        raise UnreadableInput(
            "「{name}」是圖片或掃描件，沒有可讀的文字。請取得電子版原件，或識別文字後粘貼進來。", name=name
        )
    if head.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise UnreadableInput("「{name}」是壓縮包。請先解壓，再導入其中的文件。", name=name)
    if head.startswith(b"{\\rtf"):
        raise UnreadableInput("「{name}」是 RTF 文件。" + _SAVE_AS, name=name)
    return FileKind.TEXT


def _ole_kind(content: bytes, name: str) -> FileKind:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            streams = {"/".join(parts).lower() for parts in ole.listdir()}
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise UnreadableInput("「{name}」已損壞，打不開。請重新取得原件。", name=name) from error
    if any(stream.startswith(("encryptedpackage", "encryptioninfo")) for stream in streams):
        raise UnreadableInput("「{name}」設有打開密碼。請取消密碼後另存一份再導入。", name=name)
    if "workbook" in streams or "book" in streams:
        return FileKind.SHEET
    what = "WPS 文字（.wps）" if name.lower().endswith(".wps") else "舊版 Word（.doc）"
    raise UnreadableInput("「{name}」是{what}格式，不能直接讀取。" + _SAVE_AS, name=name, what=what)


def _package_kind(content: bytes, name: str) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableInput("「{name}」不完整，打不開。請重新取得原件。", name=name) from error
    _refuse_bomb(parts, name)
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableInput("「{name}」設有密碼。請取消密碼後另存一份再導入。", name=name)
    names = {part.filename for part in parts}
    if "word/document.xml" in names:
        return FileKind.DOCX
    if any(part.startswith("xl/") for part in names):
        return FileKind.SHEET
    if "content.xml" in names and name.lower().endswith((".ods", ".et")):
        return FileKind.SHEET
    raise UnreadableInput("「{name}」不是 .docx 或 .xlsx 文件。" + _SAVE_AS, name=name)


def _refuse_bomb(parts: list[zipfile.ZipInfo], name: str) -> None:
    total = sum(part.file_size for part in parts)
    dense = any(
        part.file_size > MIN_SUSPECT and part.file_size > MAX_RATIO * max(1, part.compress_size) for part in parts
    )
    if total > MAX_UNPACKED or dense or any(part.file_size > MAX_PART for part in parts):
        raise UnreadableInput(
            "「{name}」解開後大得不正常，為安全起見沒有打開。請用 WPS 打開後另存一份再導入。", name=name
        )
