"""Finding (查找): words in, hits out: the best first, each with its title and the place where the words stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from db import search
from db.models import Assignment, AssignmentUnit, Plan, ProgressEntry, SourceDocument, StoredFile, Unit, WorkPoint
from db.pinyin import may_be_spelled
from db.searchtext import (
    BAR,
    Texts,
    head_of,
    point_code,
    policy_names,
    policy_query,
    policy_texts,
    unit_names,
    words_of,
)
from db.snippets import Snippet, snippet
from db.terms import HitKind

PER_KIND = 20
_FEW = 100  # so many are graded one by one; of more, only the newest of those that stand in the better fields
# The better fields, and whether they have to begin with the words.
_BETTER: tuple[tuple[tuple[str, ...], bool], ...] = (
    (("code", "title"), True),
    (("title",), False),
    (("code", "names", "letters"), False),
)
_SPELLED = (("spelled",), False)


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. ``task`` and ``plan`` are the ids of what is opened for a report, a point, a document."""

    kind: HitKind
    row_id: int
    code: str
    title: str
    snippet: Snippet
    task: int | None = None
    plan: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The hits, best first. ``more`` are the kinds of which there are more than are listed."""

    hits: tuple[Hit, ...] = ()
    more: frozenset[HitKind] = frozenset()


def find(session: Session, words: str, *, per_kind: int = PER_KIND) -> Found:
    """Return where every word stands: in a name, an alias, a code, a text, or in the pinyin of a name or a title.

    Either script and either width will do, and initials of the pinyin. Among equally good hits of one kind the newest
    come first.
    """
    sought = words_of(words)
    if not sought:
        return Found()
    graded = _graded(session, _candidates(session, sought, per_kind + 1), sought)
    kept: dict[HitKind, list[int]] = {kind: [] for kind in HitKind}
    order, more = [], set()
    for _grade, key in graded:
        kind = search.kind_of(key)
        if len(kept[kind]) == per_kind:
            more.add(kind)
        else:
            kept[kind].append(search.row_of(key))
            order.append((kind, search.row_of(key)))
    shown: dict[tuple[HitKind, int], Hit] = {}
    for kind, rows in kept.items():
        if rows:
            shown |= {(kind, hit.row_id): hit for hit in _SHOWN[kind](session, rows, sought)}
    return Found(tuple(shown[one] for one in order if one in shown), frozenset(more))


def _candidates(session: Session, words: Sequence[str], limit: int) -> set[int]:
    """Return keys among which the ``limit`` best of each kind are; all there are where they are few."""
    few = search.keys(session, words, limit=_FEW)
    if len(few) < _FEW:
        return set(few)
    found: set[int] = set()
    for kind in HitKind:
        some = set(search.keys(session, words, kind=kind, limit=limit))
        if len(some) == limit and kind is not HitKind.ENTRY:  # of reports the newest are the best
            for fields, first in (*_BETTER, *([_SPELLED] if all(map(may_be_spelled, words)) else [])):
                some.update(search.keys(session, words, kind=kind, fields=fields, first=first, limit=limit))
        found |= some
    return found


def _graded(session: Session, keys: set[int], words: Sequence[str]) -> list[tuple[int, int]]:
    """Return the keys with their grades, the best first."""
    table = search.SEARCH_TEXT
    rows = session.execute(select(table).where(table.c.key.in_(keys)))
    graded = [(_grade(Texts(*row), words), row[0]) for row in rows]
    return sorted(graded, key=lambda one: (one[0], search.place_of(one[1]), -one[1]))


def _grade(row: Texts, words: Sequence[str]) -> int:
    """Return how good a hit is: the grade of its worst word."""
    return max(_grade_of(row, word) for word in words)


def _grade_of(row: Texts, word: str) -> int:
    names = row.names.split(BAR)
    letters = row.letters.split(BAR)
    spelled = row.spelled.split(BAR) if may_be_spelled(word) else []
    tests: tuple[bool, ...] = (
        word == row.code,
        word == row.title or (not row.code and word in (*names, *letters, *spelled)),
        bool(row.code) and row.code.startswith(word),
        row.title.startswith(word),
        word in row.title,
        any(name.startswith(word) for name in (*names, *letters)),
        word in row.names or word in row.code or word in row.letters,
        any(word in one for one in spelled),
    )
    return next((grade for grade, holds in enumerate(tests) if holds), len(tests))


# what is shown of a hit

_Maker = Callable[[Session, list[int], Sequence[str]], Iterable[Hit]]


def _units(session: Session, rows: list[int], words: Sequence[str]) -> Iterable[Hit]:
    both = selectinload(Unit.aliases), selectinload(Unit.contacts)
    for row in session.scalars(select(Unit).where(Unit.id.in_(rows)).options(*both)):
        told = [*unit_names(row)[1:], row.leader, *(one.name for one in row.contacts), row.kind, row.note]
        yield Hit(HitKind.UNIT, row.id, "", row.name, snippet(told, words))


def _assignments(session: Session, rows: list[int], words: Sequence[str]) -> Iterable[Hit]:
    query = select(Assignment, WorkPoint.text).outerjoin(WorkPoint, Assignment.point_id == WorkPoint.id)
    waiting = []
    for row, asked in session.execute(query.where(Assignment.id.in_(rows))):
        title = head_of(row.measure or asked or "")
        told = [row.measure, asked or "", row.target, row.leader, row.person, row.note, row.deadline_text]
        place = snippet([*told, row.lead_reason], words, but=title)
        hit = Hit(HitKind.ASSIGNMENT, row.id, row.code, title, place, task=row.id)
        if place.marks:
            yield hit
        else:
            waiting.append(hit)
    names = _names_of_tasks(session, [hit.row_id for hit in waiting])
    for hit in waiting:
        place = snippet(names[hit.row_id], words)
        yield replace(hit, snippet=place) if place.marks else hit


def _names_of_tasks(session: Session, tasks: list[int]) -> dict[int, list[str]]:
    """Return all names of the units of tasks, those of the lead unit first."""
    names: dict[int, list[str]] = defaultdict(list)
    if tasks:
        lead = select(Assignment.id, Assignment.lead_id).where(Assignment.id.in_(tasks))
        line = select(AssignmentUnit.assignment_id, AssignmentUnit.unit_id)
        others = line.where(AssignmentUnit.assignment_id.in_(tasks)).order_by(AssignmentUnit.position)
        pairs = [*session.execute(lead).tuples(), *session.execute(others).tuples()]
        query = select(Unit).where(Unit.id.in_({unit for _task, unit in pairs})).options(selectinload(Unit.aliases))
        units = {unit.id: unit_names(unit) for unit in session.scalars(query)}
        for task, unit in pairs:
            names[task] += units.get(unit, [])
    return names


def _points(session: Session, rows: list[int], words: Sequence[str]) -> Iterable[Hit]:
    query = select(WorkPoint).options(joinedload(WorkPoint.plan), selectinload(WorkPoint.units))
    for row in session.scalars(query.where(WorkPoint.id.in_(rows))):
        title = head_of(row.text)
        told = snippet([row.text, *(unit.name for unit in row.units)], words, but=title)
        yield Hit(HitKind.POINT, row.id, point_code(row), title, told, plan=row.plan_id)


def _documents(session: Session, rows: list[int], words: Sequence[str]) -> Iterable[Hit]:
    query = select(SourceDocument, StoredFile.content).join(StoredFile, SourceDocument.text_id == StoredFile.id)
    for row, content in session.execute(query.where(SourceDocument.id.in_(rows))):
        plan = session.scalars(select(Plan.id).where(Plan.document_id == row.id).order_by(Plan.position)).first()
        told = snippet([row.issuer, content.decode("utf-8")], words, but=row.title)
        yield Hit(HitKind.DOCUMENT, row.id, row.doc_no, row.title, told, plan=plan)


def _entries(session: Session, rows: list[int], words: Sequence[str]) -> Iterable[Hit]:
    query = (
        select(ProgressEntry, Assignment.code, Unit)
        .join(Assignment, ProgressEntry.assignment_id == Assignment.id)
        .outerjoin(Unit, ProgressEntry.unit_id == Unit.id)
        .options(selectinload(Unit.aliases))
    )
    for row, code, unit in session.execute(query.where(ProgressEntry.id.in_(rows))):
        title = "　".join(filter(None, (row.period, unit.name if unit else "")))
        told = snippet([row.text, row.problem, row.next_step, *unit_names(unit)], words)
        yield Hit(HitKind.ENTRY, row.id, code, title, told, task=row.assignment_id)


def _policies(session: Session, rows: list[int], words: Sequence[str]) -> Iterable[Hit]:
    for row in session.scalars(policy_query(rows)):
        told = snippet([*policy_names(row)[1:], *policy_texts(row)], words, but=row.name)
        yield Hit(HitKind.POLICY, row.id, "", row.name, told)


_SHOWN: dict[HitKind, _Maker] = {
    HitKind.UNIT: _units,
    HitKind.ASSIGNMENT: _assignments,
    HitKind.POINT: _points,
    HitKind.DOCUMENT: _documents,
    HitKind.ENTRY: _entries,
    HitKind.POLICY: _policies,
}
