"""What search finds: the words of each unit, task, point, report, document and policy, in one comparison form.

Telephones and e-mail addresses are left out: those of persons are private, and a list of hits is seen by many.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from db.models import (
    Assignment,
    AssignmentUnit,
    Base,
    Evidence,
    PolicyVersion,
    ProgressEntry,
    SourceDocument,
    StoredFile,
    SubsidyPolicy,
    Unit,
    WorkPoint,
)
from db.pinyin import syllables_of_name, syllables_of_text
from db.script import fold, initials
from db.terms import HitKind

BAR = "｜"  # between values in one field, so that no word is found across two of them
AT_ONCE = 400  # rows of one query, far below the bound parameters that any database allows
_HEAD_LENGTH = 60  # characters
_HEAD = re.compile(r"[^。；;\n]*[。；;]?")


@dataclass(frozen=True, slots=True)
class Texts:
    """One row as it is searched, every field folded. ``names`` and ``letters`` hold several values between bars.

    ``letters`` are the pinyin initials of names, ``xzspj`` for 行政審批局; ``spelled`` their whole pinyin, and the
    initials and the pinyin of the title, for words of at least :data:`db.pinyin.SPELLED` letters.
    """

    row_id: int
    code: str = ""
    title: str = ""
    names: str = ""
    body: str = ""
    letters: str = ""
    spelled: str = ""


def normal(text: str) -> str:
    """Return the form in which words are sought: folded and in small letters."""
    return fold(text).lower()


def words_of(typed: str) -> list[str]:
    """Return the words of what was typed, each once, in the form in which they are sought."""
    return list(dict.fromkeys(filter(None, map(normal, typed.split()))))


def head_of(text: str) -> str:
    """Return the first sentence of a text, which serves as its title."""
    found = _HEAD.match(text.strip())
    first = found[0] if found else ""
    return first if len(first) <= _HEAD_LENGTH else first[:_HEAD_LENGTH] + "…"


def point_code(point: WorkPoint) -> str:
    """Return what the codes of a point's tasks begin with: ``22-政16-07``."""
    return f"{point.plan.year % 100:02d}-{point.plan.mark}-{point.ordinal:02d}"


def texts(session: Session, kind: HitKind, ids: Iterable[int] | None = None) -> Iterator[Texts]:
    """Yield the searched form of the rows of one kind: of these ids as far as they exist, or of all."""
    model, read = _SOURCES[kind]
    wanted = session.scalars(select(model.id)).all() if ids is None else ids
    for part in parts(wanted):
        yield from read(session, part)


def parts(ids: Iterable[int]) -> Iterator[list[int]]:
    """Yield ids in ascending order, as many at a time as one query takes."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]


def unit_names(*units: Unit | None) -> list[str]:
    """Return all names of units, the present one of each first."""
    return [name for unit in units if unit for name in (unit.name, *(alias.name for alias in unit.aliases))]


def _joined(values: Iterable[str]) -> str:
    return BAR.join(dict.fromkeys(filter(None, map(normal, values))))


def _letters(values: Iterable[str]) -> str:
    return BAR.join(dict.fromkeys(filter(None, map(initials, values))))


def _spelled(names: Iterable[str], title: str = "") -> str:
    """Return the whole pinyin of names, and initials and pinyin of a folded title."""
    told = ["".join(syllables_of_name(normal(name))) for name in names]
    letters = syllables_of_text(title)
    return BAR.join(dict.fromkeys(filter(None, [*told, "".join(one[:1] for one in letters), "".join(letters)])))


def _units(session: Session, part: list[int]) -> Iterator[Texts]:
    query = select(Unit).options(selectinload(Unit.aliases), selectinload(Unit.contacts))
    for row in session.scalars(query.where(Unit.id.in_(part))):
        names = [*unit_names(row), row.leader, *(person.name for person in row.contacts)]
        yield Texts(
            row.id,
            title=normal(row.name),
            names=_joined(names),
            body=_joined([row.kind, row.note, *(person.duty for person in row.contacts)]),
            letters=_letters(names),
            spelled=_spelled(names),
        )


def _assignments(session: Session, part: list[int]) -> Iterator[Texts]:
    query = select(Assignment).options(
        joinedload(Assignment.point),
        joinedload(Assignment.lead).selectinload(Unit.aliases),
        selectinload(Assignment.others).joinedload(AssignmentUnit.unit).selectinload(Unit.aliases),
    )
    for row in session.scalars(query.where(Assignment.id.in_(part))):
        asked = row.point.text if row.point else ""
        title = normal(head_of(row.measure or asked))
        names = [*unit_names(row.lead, *(line.unit for line in row.others)), row.leader, row.person]
        yield Texts(
            row.id,
            code=normal(row.code),
            title=title,
            names=_joined(names),
            body=_joined([row.measure, asked, row.target, row.note, row.deadline_text, row.lead_reason]),
            letters=_letters(names),
            spelled=_spelled(names, title),
        )


def _points(session: Session, part: list[int]) -> Iterator[Texts]:
    query = select(WorkPoint).options(joinedload(WorkPoint.plan), selectinload(WorkPoint.units))
    for row in session.scalars(query.where(WorkPoint.id.in_(part))):
        names, title = [unit.name for unit in row.units], normal(head_of(row.text))
        yield Texts(
            row.id,
            code=normal(point_code(row)),
            title=title,
            names=_joined(names),
            body=normal(row.text),
            letters=_letters(names),
            spelled=_spelled(names, title),
        )


def _entries(session: Session, part: list[int]) -> Iterator[Texts]:
    proofs: dict[int, list[str]] = defaultdict(list)
    for entry_id, name in session.execute(select(Evidence.entry_id, Evidence.name).where(Evidence.entry_id.in_(part))):
        proofs[entry_id].append(name)
    query = (
        select(ProgressEntry, Assignment.code, Unit)
        .join(Assignment, ProgressEntry.assignment_id == Assignment.id)
        .outerjoin(Unit, ProgressEntry.unit_id == Unit.id)
        .options(selectinload(Unit.aliases))
    )
    for row, code, unit in session.execute(query.where(ProgressEntry.id.in_(part))):
        yield Texts(
            row.id,
            code=normal(code),
            names=_joined([*unit_names(unit), row.period]),
            body=_joined([row.text, row.problem, row.next_step, *proofs[row.id]]),
        )


def _documents(session: Session, part: list[int]) -> Iterator[Texts]:
    query = select(SourceDocument, StoredFile.content).join(StoredFile, SourceDocument.text_id == StoredFile.id)
    for row, content in session.execute(query.where(SourceDocument.id.in_(part))):
        yield Texts(
            row.id,
            code=normal(row.doc_no),
            title=normal(row.title),
            names=normal(row.issuer),
            body=normal(content.decode("utf-8")),
            letters=_letters([row.title, row.issuer]),
            spelled=_spelled([row.issuer], normal(row.title)),
        )


def policy_names(row: SubsidyPolicy) -> list[str]:
    """Return all names of a policy, the present one first, then its papers and departments."""
    names = [row.name, *(one.name for one in row.versions), *(one.short_name for one in row.versions)]
    names += [paper.doc_no for one in row.versions for paper in one.documents]
    names += [one.department for one in row.versions]
    return list(dict.fromkeys(filter(None, names)))


def policy_texts(row: SubsidyPolicy) -> list[str]:
    """Return the texts of a policy's versions, the latest first, but for its hotlines."""
    found: list[str] = []
    for one in reversed(row.versions):
        found += [one.recipients, one.standard, one.purpose, *(paper.title for paper in one.documents), one.procedure]
        found += [one.standard_national, one.standard_province, one.standard_city, one.standard_county]
        found += [one.category, one.level, one.payment_method, one.payment_time, one.note]
    return list(dict.fromkeys(filter(None, found)))


def policy_query(part: list[int]) -> Select[tuple[SubsidyPolicy]]:
    """Return the query that reads policies with all that is searched of them."""
    whole = selectinload(SubsidyPolicy.versions).selectinload(PolicyVersion.documents)
    return select(SubsidyPolicy).options(whole).where(SubsidyPolicy.id.in_(part))


def _policies(session: Session, part: list[int]) -> Iterator[Texts]:
    for row in session.scalars(policy_query(part)):
        called = [row.name, *(one.short_name for one in row.versions)]
        yield Texts(
            row.id,
            title=normal(row.name),
            names=_joined(policy_names(row)),
            body=_joined(policy_texts(row)),
            letters=_letters(called),
            spelled=_spelled(called, normal(row.name)),
        )


_Reader = Callable[[Session, list[int]], Iterator[Texts]]
_SOURCES: dict[HitKind, tuple[type[Base], _Reader]] = {
    HitKind.UNIT: (Unit, _units),
    HitKind.ASSIGNMENT: (Assignment, _assignments),
    HitKind.POINT: (WorkPoint, _points),
    HitKind.DOCUMENT: (SourceDocument, _documents),
    HitKind.ENTRY: (ProgressEntry, _entries),
    HitKind.POLICY: (SubsidyPolicy, _policies),
}
