"""Payment files opened by their content: .xlsx of any length as a stream, .csv too, .xls and .ods within bounds."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path

from db.errors import UnreadableInput
from exports.payments.cells import FORMULA, Broken, Row, Value
from exports.payments.fields import meaning
from exports.payments.heading import WITHIN as HEADING_WITHIN
from exports.payments.stream import MOST_ROWS, SharedTexts, StreamedSheet, is_plain
from exports.workbook.collect.cells import Cell, Sheet
from exports.workbook.collect.opening import Source, read_book
from exports.workbook.collect.package import Package
from exports.workbook.collect.xlsx import sheets_of, style_kinds

MOST_BYTES = 1_000_000_000
MOST_UNPACKED = 4_000_000_000
MOST_SMALL = 100_000_000
"""Bytes of a file that is read as a whole."""
_CHUNK = 1 << 20
_ZIP = b"PK\x03\x04"
_TEXT_KINDS = (".csv", ".txt", ".tsv")
_SEPARATORS = ",\t;，|"
_MOST_FIELD = 100_000


@dataclass(slots=True)
class OpenSheet:
    """A sheet to be read: ``rows`` begins anew each time it is called; ``size`` is how long it is, in any unit."""

    name: str
    rows: Callable[[], Iterator[tuple[int, Row]]]
    size: int
    read: Callable[[], int] = field(default=lambda: 0)


@dataclass(slots=True)
class OpenFile:
    """A file with its visible sheets; ``hidden`` names those that are left alone."""

    path: Path
    sha256: str
    sheets: list[OpenSheet]
    hidden: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the file's name."""
        return self.path.name


def hash_of(path: Path) -> str:
    """Return the hash of a file's content, read in pieces; raise :class:`UnreadableInput` where it cannot be read."""
    digest = hashlib.sha256()
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableInput("「{name}」太大（超過 1 GB），沒有讀取。請分成幾個文件再導入。", name=path.name)
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except FileNotFoundError as error:
        raise UnreadableInput("找不到文件「{name}」。請檢查路徑。", name=path) from error
    except OSError as error:
        raise UnreadableInput("「{name}」不能讀取。請檢查是不是文件，以及有沒有權限。", name=path.name) from error
    return digest.hexdigest()


@contextmanager
def opened(path: Path) -> Iterator[OpenFile]:
    """Open a payment file; raise :class:`UnreadableInput` with a sentence for what is none or beyond every measure."""
    sha256 = hash_of(path)
    with path.open("rb") as file:
        head = file.read(len(_ZIP))
    if not head:
        raise UnreadableInput("「{name}」是空文件。請重新取得原件。", name=path.name)
    if path.suffix.lower() in _TEXT_KINDS and head != _ZIP:
        yield OpenFile(path, sha256, [_text_sheet(path)])
        return
    package = Package(path, path.name, most=MOST_UNPACKED) if head == _ZIP else None
    try:
        streamed = _streamed(package, path, sha256) if package is not None else None
        yield streamed or _small(path, sha256)
    finally:
        if package is not None:
            package.close()


def _streamed(package: Package, path: Path, sha256: str) -> OpenFile | None:
    """Return an .xlsx whose sheets can be streamed, None for what needs the careful reader."""
    if not any(part.endswith("workbook.xml") for part in package.parts):
        return None
    listed, mac_dates = sheets_of(package)
    visible = [(name, part) for name, part, hidden in listed if not hidden]
    if not all(is_plain(package, part) for _, part in visible):
        return None
    formats, texts = style_kinds(package), SharedTexts(package, "xl/sharedStrings.xml")
    sheets = []
    for name, part in visible:
        sheet = StreamedSheet(package, part, formats, texts, mac_dates)
        size = package.parts[part].file_size
        sheets.append(OpenSheet(name, sheet.rows, size, partial(getattr, sheet, "done")))
    return OpenFile(path, sha256, sheets, tuple(name for name, _, hidden in listed if hidden))


def _small(path: Path, sha256: str) -> OpenFile:
    """Return a workbook of another kind, read as a whole by the reader of returned sheets."""
    if path.stat().st_size > MOST_SMALL:
        raise UnreadableInput("「{name}」太大，這種格式讀不了。請用 WPS 另存為 .xlsx 再導入。", name=path.name)
    book = read_book(Source(str(path), path.name, path.read_bytes(), datetime.now()))
    sheets = [
        OpenSheet(sheet.name, partial(_plain_rows, sheet), len(sheet.rows)) for sheet in book.sheets if not sheet.hidden
    ]
    return OpenFile(path, sha256, sheets, tuple(sheet.name for sheet in book.sheets if sheet.hidden))


def _plain_rows(sheet: Sheet) -> Iterator[tuple[int, Row]]:
    for at in sorted(sheet.rows):
        row = {column: value for column, cell in sheet.rows[at].items() if (value := _value(cell)) is not None}
        if row:
            yield at + 1, row


def _value(cell: Cell) -> Value | None:
    if cell.error:
        return Broken(cell.text)
    if isinstance(cell.value, str):
        return cell.text or (FORMULA if cell.formula else None)
    return cell.value


# texts with separators


def _text_sheet(path: Path) -> OpenSheet:
    encoding = _encoding(path)

    def rows() -> Iterator[tuple[int, Row]]:
        csv.field_size_limit(_MOST_FIELD)
        try:
            with path.open(encoding=encoding, newline="") as file:
                separator = _separator(list(islice(file, HEADING_WITHIN)))
                file.seek(0)
                for at, cells in enumerate(csv.reader(file, delimiter=separator), start=1):
                    if at > MOST_ROWS:
                        raise UnreadableInput("「{name}」的行太多，沒有讀取。請分成幾個文件再導入。", name=path.name)
                    row: Row = {place: text for place, cell in enumerate(cells) if (text := _bare(cell))}
                    if row:
                        yield at, row
        except (UnicodeError, csv.Error) as error:
            raise UnreadableInput(
                "「{name}」的文字讀不懂。請用 WPS 打開，另存為 .xlsx 再導入。", name=path.name
            ) from error

    return OpenSheet(path.stem, rows, 0)


def _separator(lines: Sequence[str]) -> str:
    """Return the sign between cells: with it some line names the most columns; prose above has commas too."""

    def columns(sign: str) -> int:
        return max((sum(bool(meaning(_bare(cell)).key) for cell in line.split(sign)) for line in lines), default=0)

    return max(_SEPARATORS, key=columns)


def _bare(cell: str) -> str:
    """Return a cell without what keeps a spreadsheet from taking it for a number: ``="430…"``, a tab."""
    text = cell.strip()
    return text[2:-1] if text.startswith('="') and text.endswith('"') else text


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(_CHUNK)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    cut = head[: head.rfind(b"\n") + 1] or head
    try:
        cut.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"
