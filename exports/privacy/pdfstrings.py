"""The strings in a piece of a PDF file: what they say, and the key they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LONGEST = 1_000_000  # bytes; where a string goes on longer it is none
_TOKEN = re.compile(rb"\(|<(?![<])([0-9A-Fa-f\s]*)>|/([^\s()<>\[\]{}/%]+)|%([^\r\n]*)|(T[jJ*]|'|\bET)\b")
_INSIDE = re.compile(rb"[()\\]")
_ESCAPE = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3}|\r?\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b"\n"}
_UTF16, _UTF8 = b"\xfe\xff", b"\xef\xbb\xbf"


@dataclass(slots=True)
class Text:
    """A string: ``key`` is the name before it; ``ends`` tells that a shown line ends behind it."""

    value: str
    key: str = ""
    comment: bool = False
    ends: bool = False


def texts_of(content: bytes) -> Iterator[Text]:
    """Yield the strings, comments and long names of some objects, or of a page's drawing, in their order."""
    key, at = "", 0
    while match := _TOKEN.search(content, at):
        at = match.end()
        if match.group().startswith(b"("):
            end = _end(content, at)
            yield Text(_decoded(_unescaped(content[at : end - 1])), key)
            at = end
        elif match[1] is not None:
            yield Text(_decoded(_from_hexadecimal(match[1])), key)
        elif match[2] is not None:
            key = match[2].decode("latin-1")
        elif match[3] is not None:
            yield Text(_decoded(match[3]), comment=True)
        else:
            yield Text("", ends=True)


def _end(content: bytes, at: int) -> int:
    """Return where a string that begins at ``at`` is over: behind the bracket that closes it."""
    depth = 1
    start = at
    while match := _INSIDE.search(content, at, start + _LONGEST):
        at = match.end()
        sign = match.group()
        if sign == b"\\":
            at += 1
        else:
            depth += 1 if sign == b"(" else -1
            if depth == 0:
                return at
    return min(len(content), start + _LONGEST)


def _unescaped(content: bytes) -> bytes:
    def plain(match: re.Match[bytes]) -> bytes:
        sign = match[1]
        if sign[:1].isdigit():
            return bytes((int(sign, 8) & 255,))
        return b"" if sign.endswith(b"\n") and sign != b"n" else _ESCAPES.get(sign, sign)

    return _ESCAPE.sub(plain, content) if b"\\" in content else content


def _from_hexadecimal(written: bytes) -> bytes:
    digits = b"".join(written.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _decoded(content: bytes) -> str:
    if content.startswith(_UTF16):
        return content[2:].decode("utf-16-be", "replace")
    if content.startswith(_UTF8):
        return content[3:].decode("utf-8", "replace")
    return content.decode("latin-1")
