"""From paths to workbooks: folders and archives walked within bounds, each file told by its content.

Nothing is unpacked onto the disk, so a path inside an archive can lead nowhere; nothing a file contains is run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from db.errors import UnreadableInput
from db.script import fold
from db.terms import ReturnState
from exports.workbook import travel
from exports.workbook.collect.cells import Book
from exports.workbook.collect.ods import read_ods
from exports.workbook.collect.package import MOST_PARTS, MOST_UNPACKED, Damaged, Package, Passworded, damaged, too_large
from exports.workbook.collect.xls import read_xls
from exports.workbook.collect.xlsx import read_xlsx

MOST_BYTES = 100_000_000
MOST_FILES = 20_000
DEEPEST_ARCHIVE = 3
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OTHER_ARCHIVES = (b"Rar!", b"7z\xbc\xaf")
_OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_SAVE_AS = "請用 WPS 打開後「另存為」.xlsx，再收回。"


@dataclass(slots=True)
class Source:
    """A file to be read: ``path`` tells where it lies (inside archives after ``!``), ``trouble`` why it cannot."""

    path: str
    name: str
    content: bytes
    received: datetime
    trouble: UnreadableInput | None = None

    @property
    def sha256(self) -> str:
        """Return the hash of the content."""
        return hashlib.sha256(self.content).hexdigest()


def sources(paths: Sequence[Path]) -> Iterator[Source]:
    """Yield every file under files, folders and archives, in the order of their names.

    Raises :class:`UnreadableInput` where a path given does not exist or holds too many files.
    """
    count = 0
    for path in paths:
        for file in _files(path):
            for source in _of_file(file):
                count += 1
                if count > MOST_FILES:
                    raise UnreadableInput("「{name}」裏的文件太多，沒有讀取。請選擇小一些的文件夾。", name=path.name)
                yield source


def count_files(paths: Sequence[Path]) -> int:
    """Return how many files lie under paths, an archive counted as one; for telling how far reading is."""
    return sum(1 for path in paths for _ in _files(path))


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from [file for file in sorted(path.rglob("*")) if not _ignored(_shown(file.name)) and file.is_file()]
    elif path.is_file():
        yield path
    else:
        raise UnreadableInput("找不到「{path}」。請檢查路徑。", path=path)


def _ignored(name: str) -> bool:
    """Tell whether no unit has written a file: the system's, a lock of an open document, a sending's other files."""
    ours = name.lower().endswith(travel.DRAFT_KIND) or fold(name) == fold(travel.REGISTER_FILE)
    return ours or name.startswith((".", "~$", "._")) or name.lower() in _OF_THE_SYSTEM


def _of_file(path: Path) -> Iterator[Source]:
    now = datetime.now().replace(microsecond=0)
    try:
        told = path.stat()
        received = min(now, datetime.fromtimestamp(told.st_mtime).replace(microsecond=0))
        content = b"" if told.st_size > MOST_BYTES else path.read_bytes()
        trouble: UnreadableInput | None = too_large(path.name) if told.st_size > MOST_BYTES else None
    except OSError:
        content, received = b"", now
        trouble = UnreadableInput("「{name}」不能讀取。請檢查權限，或複製到本機再試。", name=path.name)
    source = Source(_shown(str(path)), _shown(path.name), content, received, trouble)
    yield from _opened(source, DEEPEST_ARCHIVE, _Room(MOST_UNPACKED, MOST_PARTS)) if trouble is None else [source]


def _shown(name: str) -> str:
    """Return a name as its author saw it: where a disk holds it in another writing, only its bytes are told."""
    raw = name.encode("utf-8", errors="surrogateescape")
    return _decoded(raw) or raw.decode("utf-8", errors="replace")


@dataclass(slots=True)
class _Room:
    """What one archive may still unpack to, those within it counted in."""

    size: int
    files: int

    def taken(self, size: int) -> bool:
        """Count one more file; False where it is more than there is room for."""
        self.size -= size
        self.files -= 1
        return self.size >= 0 and self.files >= 0


def _opened(source: Source, depth: int, room: _Room) -> Iterator[Source]:
    """Yield a file itself, or what an archive holds."""
    package = _archive(source)
    if package is None:
        yield source
        return
    if depth == 0:
        source.trouble = Damaged("「{name}」裏的壓縮包套得太深，沒有讀取。請解壓後再收回。", name=source.name)
        yield source
        return
    for part, entry in package.parts.items():
        name = PurePosixPath(_readable(part, entry.flag_bits)).name
        if entry.is_dir() or _ignored(name) or part.startswith("__MACOSX/"):
            continue
        inner = Source(f"{source.path}!{_readable(part, entry.flag_bits)}", name, b"", source.received)
        if not room.taken(entry.file_size):
            yield replace(source, trouble=too_large(source.name))
            return
        try:
            inner.content = package.read(part, most=MOST_BYTES)
        except UnreadableInput as error:
            inner.trouble = error
            yield inner
            continue
        yield from _opened(inner, depth - 1, room)


_UTF8_NAME = 0x800


def _readable(part: str, flags: int) -> str:
    """Return a name inside an archive as its author saw it: Chinese Windows writes GBK without saying so."""
    if flags & _UTF8_NAME:
        return part
    try:
        raw = part.encode("cp437")
    except UnicodeEncodeError:
        return part
    return _decoded(raw) or part


def _decoded(raw: bytes) -> str:
    """Return a name as written in one of the ways in use, empty where it is in none."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def _archive(source: Source) -> Package | None:
    """Return the package where a file is an archive and no workbook or document; note what is wrong with it."""
    if not source.content.startswith((_ZIP, _EMPTY_ZIP)):
        return None
    try:
        package = Package(source.content, source.name)
    except UnreadableInput as error:
        source.trouble = error
        return None
    document = "[Content_Types].xml" in package or "mimetype" in package or "content.xml" in package
    return None if document else package


def read_book(source: Source) -> Book:
    """Return the workbook; raise :class:`UnreadableInput` with a sentence for anything else."""
    content, name = source.content, source.name
    if source.trouble is not None:
        raise source.trouble
    if not content:
        raise Damaged("「{name}」是空文件。請單位重新發送。", name=name)
    if content.startswith(_OLE):
        return read_xls(content, name)
    if content.startswith(_ZIP):
        return _of_package(Package(content, name))
    if content.startswith(_OTHER_ARCHIVES):
        raise UnreadableInput("「{name}」是壓縮包。請先解壓，再收回其中的文件。", name=name)
    if name.lower().endswith((".xlsx", ".ods", ".xlsm")):
        raise damaged(name)
    raise UnreadableInput("「{name}」不是認識的電子表格。" + _SAVE_AS, name=name)


def _of_package(package: Package) -> Book:
    if any(part.endswith("workbook.xml") for part in package.parts):
        return read_xlsx(package)
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Passworded("「{name}」設有密碼，不能讀取。請去掉密碼，另存後再交。", name=package.name)
    if "content.xml" in package:
        return read_ods(package)
    raise UnreadableInput("「{name}」不是認識的電子表格。" + _SAVE_AS, name=package.name)


def state_of(trouble: UnreadableInput) -> ReturnState:
    """Return what a file that cannot be read is said to be."""
    if isinstance(trouble, Passworded):
        return ReturnState.PASSWORDED
    return ReturnState.DAMAGED if isinstance(trouble, Damaged) else ReturnState.FOREIGN
