"""Office packages (.xlsx, .docx and their kin), part by part: what is shown, what is hidden, and what is attached."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipInfo

from db.errors import UnreadableInput
from db.terms import PrivateKind
from exports.privacy.finding import Finding, Place, found
from exports.privacy.markup import pieces_of
from exports.privacy.package import Package, opened
from exports.privacy.sheet import scan_sheet
from exports.privacy.sought import Sought
from exports.privacy.strings import SharedStrings
from exports.privacy.workbook import Workbook, read_workbook

_XML = (".xml", ".rels", ".vml", ".svg", ".rdf", ".xhtml")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".webp", ".wdp")
_BYTES = ("printerSettings", ".odttf", "mimetype")  # a printer's own settings, fonts: searched as bytes
_OTHER_PACKAGES = ("word/", "ppt/", "content.xml")
# The words for parts, by what their names hold; the first that fits counts.
_WORDS = (
    ("docProps/app", "文件屬性（應用程序）"),
    ("docProps/custom", "文件屬性（自定義）"),
    ("docProps", "文件屬性"),
    ("meta.xml", "文件屬性"),
    ("omments", "批註"),
    ("persons/", "批註作者"),
    ("people", "批註作者"),
    ("vmlDrawing", "圖形"),
    ("drawing", "圖形"),
    ("chart", "圖表"),
    ("externalLink", "外部鏈接"),
    ("pivot", "數據透視表緩存"),
    ("tables/", "表格定義"),
    ("connections", "數據連接"),
    ("customXml", "自定義數據"),
    ("styles", "樣式"),
    ("header", "頁眉"),
    ("footer", "頁腳"),
    ("footnotes", "腳註"),
    ("endnotes", "尾註"),
    ("document.xml", "正文"),
    ("content.xml", "正文"),
    ("workbook.xml", "工作簿（定義的名稱等）"),
)


def scan_office(source: Path | bytes, name: str, sought: Sought, *, pictures: bool) -> Iterator[Finding]:
    """Search every part of a package. What is embedded or a program (macros) is refused as unread."""
    with opened(source, name) as package:
        named = {part.filename for part in package.parts}
        if "xl/workbook.xml" not in named and not any(one.startswith(_OTHER_PACKAGES) for one in named):
            raise UnreadableInput(
                "「{name}」不是 .xlsx 或 .docx 文件。若是壓縮包，請先解壓，再檢查其中的文件。", name=name
            )
        yield from _Scan(package, sought, pictures=pictures).run()


class _Scan:
    def __init__(self, package: Package, sought: Sought, *, pictures: bool) -> None:
        self.package = package
        self.sought = sought
        self.pictures = pictures
        self.book: Workbook | None = read_workbook(package)

    def run(self) -> Iterator[Finding]:
        strings = SharedStrings.read(self.package, self.book, self.sought)
        for part in self.package.parts:
            yield from self._part(part, strings)
        yield from self._unused(strings)
        yield from self._plain("壓縮包註釋", self.package.archive.comment)

    def _part(self, part: ZipInfo, strings: SharedStrings) -> Iterator[Finding]:
        name = part.filename
        if name in strings.parts:
            return  # told with the cells that show them
        if self.book and name in self.book.sheets:
            yield from scan_sheet(self.package, part, self.book.sheets[name], strings, self.sought)
        elif name.endswith(_XML):
            yield from self._markup(part)
        elif name.lower().endswith(_PICTURES):
            if not self.pictures:
                yield self._unread("圖片「{part}」", name)
        elif any(one in name for one in _BYTES):
            yield from self._plain(name, self.package.read(part))
        else:
            yield self._unread("嵌入的對象或宏「{part}」", name)
        yield from self._plain(name, part.comment + part.extra)

    def _unread(self, words: str, part: str) -> Finding:
        return Finding(self.package.name, Place(words, {"part": part}), PrivateKind.UNREAD)

    def _markup(self, part: ZipInfo) -> Iterator[Finding]:
        words = next((words for key, words in _WORDS if key in part.filename), "部件「{part}」")
        sheet = self.book.owners.get(part.filename, "") if self.book else ""
        root = self.package.tree(part)
        pieces = ((piece.text, piece) for piece in pieces_of(root, shortest=self.sought.shortest))
        for piece, _, hit in self.sought.hits_by_piece(pieces):
            template = ("表「{sheet}」" if sheet else "") + words + (" {ref}" if piece.ref else "")
            if words.startswith("部件") or "屬性" in words or "自定義" in words:
                template += "的 {tag}"
            facts = {"part": part.filename, "sheet": sheet, "ref": piece.ref, "tag": piece.tag}
            yield found(self.package.name, Place(template, facts), hit)

    def _plain(self, name: str, content: bytes) -> Iterator[Finding]:
        for text in (content.decode("latin-1"), content.decode("utf-16-le", errors="replace")) if content else ():
            for hit in self.sought.hits(text):
                if hit.sure:
                    yield found(self.package.name, Place("部件「{part}」", {"part": name}), hit)

    def _unused(self, strings: SharedStrings) -> Iterator[Finding]:
        for at, hits in strings.unused():
            for hit in hits:
                yield found(self.package.name, Place("沒有單元格使用的文字（第 {at} 條）", {"at": at + 1}), hit)
