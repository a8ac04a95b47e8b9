"""One file, whatever it is, to the private things in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path

from db.errors import UnreadableInput
from db.private import NUMBERS
from db.terms import PrivateKind
from exports.privacy.finding import Finding
from exports.privacy.sought import MOST_FINDINGS, Sought

Source = Path | bytes
_HEAD = 1024
_LARGEST = 400_000_000  # bytes
_LARGEST_TEXT = 100_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"<table", b"<div", b"<!--")


def scan_file(
    path: Path,
    *,
    name: str = "",
    allowed: Iterable[str] = (),
    secrets: Iterable[str] = (),
    kinds: Collection[PrivateKind] = NUMBERS,
    pictures: bool = False,
    most: int = MOST_FINDINGS,
) -> list[Finding]:
    """Return what is private in a file, in the order of its parts, at most ``most`` of it.

    ``allowed`` are the numbers that are meant to be in it (hotlines), as they are written; ``secrets`` the very
    numbers and addresses of the people it is about, which are found also where their form tells nothing; with
    ``pictures`` pictures in it are no finding, though nobody has read them. Raises :class:`UnreadableInput` for a file
    that cannot be searched to its last part, such as one with a password. ``name`` is what the file is called in
    findings where it has not its name yet.
    """
    sought = Sought.of(allowed, secrets, kinds)
    return list(islice(_scanned(path, name or path.name, sought, pictures=pictures), most))


def scan_bytes(
    content: bytes,
    name: str,
    *,
    allowed: Iterable[str] = (),
    secrets: Iterable[str] = (),
    kinds: Collection[PrivateKind] = NUMBERS,
    pictures: bool = False,
    most: int = MOST_FINDINGS,
) -> list[Finding]:
    """Return what is private in a file that is not on the disk yet; as :func:`scan_file` does."""
    sought = Sought.of(allowed, secrets, kinds)
    return list(islice(_scanned(content, name, sought, pictures=pictures), most))


def _scanned(source: Source, name: str, sought: Sought, *, pictures: bool) -> Iterator[Finding]:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > _LARGEST:
        raise UnreadableInput("「{name}」太大，沒有檢查。", name=name)
    head = _head(source)
    if b"%PDF-" in head:
        from exports.privacy.pdf import scan_pdf

        return scan_pdf(source, name, sought, pictures=pictures)
    if head.startswith(b"PK\x03\x04"):
        from exports.privacy.office import scan_office

        return scan_office(source, name, sought, pictures=pictures)
    _refuse_unknown(head, name)
    if size > _LARGEST_TEXT:
        raise UnreadableInput("「{name}」太大，沒有檢查。", name=name)
    content = source if isinstance(source, bytes) else source.read_bytes()
    from exports.privacy.texts import scan_markup, scan_text

    markup = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP)
    if markup or name.lower().endswith((".html", ".htm", ".xml", ".svg")):
        return scan_markup(content, name, sought)
    return scan_text(content, name, sought)


def _head(source: Source) -> bytes:
    if isinstance(source, bytes):
        return source[:_HEAD]
    with source.open("rb") as file:
        return file.read(_HEAD)


def _refuse_unknown(head: bytes, name: str) -> None:
    if head.startswith(_OLE):
        raise UnreadableInput(
            "「{name}」是舊版格式（.xls、.doc、.et、.wps）或設有密碼，不能檢查。請另存為 .xlsx 或 .docx 後再查。",
            name=name,
        )
    if head.startswith(_PICTURES):
        raise UnreadableInput("「{name}」是圖片，裏面的文字和拍攝信息都查不了，請人工查看。", name=name)
    if head.startswith(_PACKED):
        raise UnreadableInput("「{name}」是壓縮包。請先解壓，再檢查其中的文件。", name=name)
    if head.startswith(b"{\\rtf"):
        raise UnreadableInput("「{name}」是 RTF 文件，不能檢查。請另存為 .docx 後再查。", name=name)
