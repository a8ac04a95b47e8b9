"""Plan documents before they are stored: what a reader found, what the clerk may still correct.

The reader (exports) fills these, the window edits them, ``db.plans`` stores them. All are plain values:
comparing two drafts compares everything the clerk could see.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from db.terms import DeadlineKind


@dataclass(slots=True)
class DeadlineDraft:
    """A deadline: its wording, the computed date where there is one, and its kind."""

    text: str
    date: date | None = None
    kind: DeadlineKind = DeadlineKind.FIXED


@dataclass(slots=True)
class ReviewDraft:
    """A doubt about a point or a document (待核): one sentence, and where in the source text it stands.

    ``start`` and ``end`` are character offsets into ``DocumentDraft.text``; both 0 where there is no place.
    """

    text: str
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class PointDraft:
    """A work point (工作要點) as read. Names of units stand as written.

    ``number`` is the author's own token such as ``(一)`` or ``3.``, never recounted, empty where there is none.
    ``text`` is the point without its number and without its unit clauses in brackets.
    ``start`` and ``end`` are the span of the whole point in ``DocumentDraft.text``.
    """

    number: str
    text: str
    section: str = ""
    lead: list[str] = field(default_factory=list)
    co: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    by_duty: bool = False
    deadlines: list[DeadlineDraft] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)
    duties: list[str] = field(default_factory=list)
    review: list[ReviewDraft] = field(default_factory=list)
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class PlanDraft:
    """A list of measures (計劃): 要點, 任務分工, 臺賬. ``title`` is empty where the text has none."""

    title: str
    sections: list[str] = field(default_factory=list)
    standing_units: list[str] = field(default_factory=list)
    points: list[PointDraft] = field(default_factory=list)


@dataclass(slots=True)
class DocumentDraft:
    r"""A notice as read, with its plans. Empty strings and None stand for what the text does not state.

    ``text`` is the source as shown to the clerk (decoded, line ends ``\n``, tables as tab-separated lines);
    every span points into it. ``source_name`` and ``source`` are the file's name and its bytes as they came.
    ``secrecy`` is a handling mark that only warns (內部, 不予公開); classified papers are refused by the reader.
    """

    text: str
    title: str = ""
    doc_no: str = ""
    issuer: str = ""
    issued_on: date | None = None
    published_on: date | None = None
    secrecy: str = ""
    plans: list[PlanDraft] = field(default_factory=list)
    review: list[ReviewDraft] = field(default_factory=list)
    source_name: str = ""
    source: bytes = b""
