"""How far a workbook from outside reaches, told before it is read.

A value in the last cell of a sheet must not make a reader set aside room for seventeen thousand million cells.
"""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from db.errors import UnreadableInput

MOST_CELLS = 10_000_000
MOST_UNPACKED = 400_000_000
_CHUNK = 1 << 20
_OVERLAP = 200
# A cell with content; one that is only styled closes itself or holds an empty value, and is no reason to refuse.
_CELL = re.compile(
    rb'<(?:\w+:)?c [^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(?!\s*(?:</|<(?:\w+:)?v\s*/>|<(?:\w+:)?v></))'
)


def refuse_vast(content: bytes, name: str) -> None:
    """Raise :class:`UnreadableInput` where a sheet reaches, or the file unpacks, beyond every measure."""
    try:
        with ZipFile(BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise UnreadableInput("「{name}」展開後太大，沒有讀取。請刪去無關的內容後再試。", name=name)
            for part in parts.namelist():
                if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                    rows, columns = _reach(parts, part)
                    if rows * columns > MOST_CELLS:
                        raise UnreadableInput(
                            "「{name}」有一個表用到第 {rows} 行、第 {columns} 列，太大了。請刪去遠處的內容後再試。",
                            name=name,
                            rows=rows,
                            columns=columns,
                        )
    except BadZipFile:
        return  # an older kind of workbook, bounded by its format, or none: the reader says which


def _reach(parts: ZipFile, part: str) -> tuple[int, int]:
    """Return the last row and the last column that hold anything."""
    rows = columns = 0
    kept = b""
    with parts.open(part) as file:
        while chunk := file.read(_CHUNK):
            seen = kept + chunk
            for found in _CELL.finditer(seen):
                if len(chunk) < _CHUNK or found.start() < len(seen) - _OVERLAP:  # else its end may be cut off
                    rows = max(rows, int(found[2]))
                    columns = max(columns, _number(found[1]))
            kept = seen[-_OVERLAP:]
    return rows, columns


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
