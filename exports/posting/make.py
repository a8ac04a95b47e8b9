"""Making one posting: its files are finished in memory, searched for anything private, and only then written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from db.errors import Trouble
from db.settings import Office
from exports.pdf.document import Missing
from exports.posting.content import Content
from exports.posting.options import PDF
from exports.posting.scan import refuse_private
from exports.privacy import require_clean
from exports.safewrite import safe_write_bytes
from exports.words import words_of

_FORM = 1  # raised when postings come to look otherwise, so that those made before are made again


@dataclass(frozen=True, slots=True)
class Order:
    """A posting to be made, with all that is needed for it, so that another process can do it.

    ``files`` are names within ``folder``, their endings say the kind. ``secrets`` are the numbers of its people, which
    must not be found in the files; they are never written anywhere.
    """

    key: str
    content: Content
    folder: Path
    files: tuple[str, ...]
    paper: str
    office: Office
    secrets: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an order: its files with their SHA-256, or a sentence why there are none."""

    key: str
    files: dict[str, str]
    missing: tuple[Missing, ...] = ()
    failure: str = ""


def fingerprint(content: Content, *, paper: str, kinds: tuple[str, ...]) -> str:
    """Return what is the same for postings that would come out the same."""
    told = repr((_FORM, paper, kinds, content))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def make(order: Order) -> Outcome:
    """Make the files of a posting; what the clerk can act on comes back as a sentence, and then no file is written."""
    try:
        return _made(order)
    except Trouble as trouble:
        return Outcome(order.key, {}, failure=str(trouble))


def _made(order: Order) -> Outcome:
    content = order.content
    missing: list[Missing] = []
    refuse_private(content)
    finished: dict[str, bytes] = {}
    for name in order.files:
        if name.lower().endswith(PDF):
            from exports.posting.paper import print_posting

            printed = print_posting(content, paper=order.paper)
            finished[name] = printed.content
            missing += printed.missing
        else:
            from exports.posting.sheet import posting_bytes

            finished[name] = posting_bytes(content, words=words_of(order.office), paper=order.paper)
    for name, written in finished.items():
        require_clean(written, name=Path(name).name, allowed=content.public_numbers, secrets=order.secrets)
    for name, written in finished.items():
        target = order.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        safe_write_bytes(target, written)
    return Outcome(order.key, {name: digest(one) for name, one in finished.items()}, tuple(missing))


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file's content."""
    return hashlib.sha256(content).hexdigest()
