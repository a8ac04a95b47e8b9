"""A corrected notice read again (更正稿): what is the same, changed, new or gone; shown first, applied as one step.

Points are matched by the closeness of their folded text, helped by number and section; never by place alone. What
the county has made of a point, its assignments, stays in every case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import planstore
from db.changes import Changes
from db.database import Change, Database
from db.drafts import DocumentDraft, PlanDraft
from db.errors import Refused
from db.models import Assignment, DocumentRevision, Plan, Section, SourceDocument, StandingUnit, WorkPoint
from db.revision_match import difference, pairs, similarity

SAME_PLAN = 60.0  # closeness of titles, 0-100, from which two plans are one


class Fate(Enum):
    """What becomes of a point."""

    SAME = "不變"
    CHANGED = "有改動"
    NEW = "新增"
    GONE = "刪去"
    OWN = "自加"


@dataclass(frozen=True, slots=True)
class PointChange:
    """One point before and after. ``point`` is its id, None for a new one; ``place`` its index in the draft's plan.

    ``differences`` are sentences; ``doubtful`` says that the two were matched although their texts are far apart;
    ``tasks`` are the codes of its assignments, which all stay.
    """

    fate: Fate
    plan_id: int
    point: int | None
    place: int | None
    number: str
    before: str
    after: str
    differences: tuple[str, ...] = ()
    doubtful: bool = False
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """A corrected notice beside the stored one. ``left_out`` are titles of plans that the stored notice has not."""

    document: int
    title: str
    changes: tuple[PointChange, ...]
    left_out: tuple[str, ...] = ()

    def count(self, fate: Fate) -> int:
        """Return how many points have a fate."""
        return sum(change.fate is fate for change in self.changes)

    @property
    def nothing(self) -> bool:
        """Tell whether every point is as it was."""
        return all(change.fate in (Fate.SAME, Fate.OWN) for change in self.changes)


def compare(session: Session, *, plan: int, draft: DocumentDraft) -> Revision:
    """Compare the stored notice that ``plan`` came with, all its plans, with a corrected one.

    Raises :class:`Refused` where the plan came with no notice, the very same file was read before, or none of its
    plans is found in the draft.
    """
    document = _document(session, plan)
    planstore.refuse_known(session, draft)
    rows = _plans(session, document.id)
    matched = _match_plans(rows, draft.plans)
    if not matched:
        raise Refused(
            "「{name}」裏沒有讀到與「{plan}」相應的計劃。請檢查是不是選錯了文件。",
            name=draft.source_name or draft.title,
            plan=rows[0].title,
        )
    changes: list[PointChange] = []
    for row, place in matched:
        changes += _changes(session, row, draft.plans[place])
    taken = {place for _row, place in matched}
    left = tuple(one.title for place, one in enumerate(draft.plans) if place not in taken)
    return Revision(document.id, draft.title or document.title, tuple(changes), left)


def _document(session: Session, plan: int) -> SourceDocument:
    row = session.get(Plan, plan)
    if row is None:
        raise Refused("這個計劃已不存在。請刷新後再試。")
    if row.document is None:
        raise Refused("「{title}」不是從通知讀入的，沒有原文可以對照。", title=row.title)
    return row.document


def _plans(session: Session, document: int) -> Sequence[Plan]:
    query = select(Plan).where(Plan.document_id == document).order_by(Plan.position, Plan.id)
    return session.scalars(query).all()


def _match_plans(rows: Sequence[Plan], drafts: Sequence[PlanDraft]) -> list[tuple[Plan, int]]:
    """Pair stored plans with those of the draft by their titles; a single one on both sides is a pair anyway."""
    if len(rows) == len(drafts) == 1:
        return [(rows[0], 0)]
    close = sorted(
        (
            (similarity(row.title, one.title), at, place)
            for at, row in enumerate(rows)
            for place, one in enumerate(drafts)
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    for score, at, place in close:
        if score >= SAME_PLAN and at not in found and place not in found.values():
            found[at] = place
    return [(rows[at], place) for at, place in sorted(found.items())]


def _changes(session: Session, plan: Plan, draft: PlanDraft) -> list[PointChange]:
    rows = [row for row in plan.points if not _own(row)]
    matched = pairs(rows, draft.points)
    by_place = {place: (row, score) for row, place, score in matched}
    tasks = _tasks(session, plan.id)
    found = []
    for place, point in enumerate(draft.points):
        if place not in by_place:
            found.append(PointChange(Fate.NEW, plan.id, None, place, point.number, "", point.text))
            continue
        row, score = by_place[place]
        told = difference(row, point)
        fate = Fate.CHANGED if told else Fate.SAME
        found.append(
            PointChange(
                fate=fate,
                plan_id=plan.id,
                point=row.id,
                place=place,
                number=point.number,
                before=row.text,
                after=point.text,
                differences=told,
                doubtful=score.doubtful,
                tasks=tasks.get(row.id, ()),
            )
        )
    kept = {row.id for row, _score in by_place.values()}
    for row in plan.points:
        if row.id not in kept and not row.dropped:
            fate = Fate.OWN if _own(row) else Fate.GONE
            mine = tasks.get(row.id, ())
            found.append(PointChange(fate, plan.id, row.id, None, row.number, row.text, "", tasks=mine))
    return found


def _own(row: WorkPoint) -> bool:
    """Tell whether a point was added by the clerk: it stands nowhere in the notice."""
    return not row.number and row.source_start == row.source_end == 0


def _tasks(session: Session, plan: int) -> dict[int, tuple[str, ...]]:
    query = select(Assignment.point_id, Assignment.code).where(Assignment.plan_id == plan).order_by(Assignment.id)
    found: dict[int, tuple[str, ...]] = {}
    for point, code in session.execute(query):
        found[point] = (*found.get(point, ()), code)
    return found


def apply(database: Database, *, plan: int, draft: DocumentDraft, agreed: Revision) -> Changes:
    """Put a corrected notice in the place of the stored one, exactly as it was shown and agreed, after a snapshot.

    Changed points are corrected, new ones added, gone ones marked as dropped; their assignments stay and are named
    in the notes. Raises :class:`Refused` where anything is otherwise than in ``agreed`` by now.
    """
    from db import backup  # keeps reading plans free of it

    backup.snapshot(database.path, reason="import", folder=database.backup_folder())
    with database.change("讀入更正稿", operation="revision.apply") as change:
        session = change.session
        if compare(session, plan=plan, draft=draft) != agreed:
            raise Refused("這份計劃在預覽之後又有改動，沒有套用。請重新對照。")
        old = _document(session, plan)
        new = planstore.add_document(session, draft)
        session.add(DocumentRevision(document_id=new.id, replaces_id=old.id))
        for row, place in _match_plans(_plans(session, old.id), draft.plans):
            mine = [one for one in agreed.changes if one.plan_id == row.id]
            _apply(change, row, draft.plans[place], mine)
            row.document_id = new.id
        told = [f"{fate.value} {agreed.count(fate)}" for fate in (Fate.CHANGED, Fate.NEW, Fate.GONE)]
        change.title = f"讀入更正稿「{agreed.title}」：{'、'.join(told)}"
        change.notes += [f"更正稿裏的「{title}」是另一個計劃，沒有存入。" for title in agreed.left_out]
    return change.changes


def _apply(change: Change, plan: Plan, draft: PlanDraft, changes: Sequence[PointChange]) -> None:
    session = change.session
    rows = {row.id: row for row in plan.points}
    sections = _sections(plan, draft.sections)
    session.flush()
    if [unit.name for unit in plan.standing_units] != draft.standing_units:
        plan.standing_units[:] = [StandingUnit(position=n, name=name) for n, name in enumerate(draft.standing_units, 1)]
    plan.title = draft.title or plan.title
    free = max((row.ordinal for row in plan.points), default=0)
    for one in changes:
        if one.place is None:
            if one.fate is Fate.GONE and one.point is not None:
                rows[one.point].dropped = True
                _say_kept(change, one, "已不在更正稿中")
            continue
        point = draft.points[one.place]
        if one.point is None:
            free += 1
            planstore.add_point(plan, point, sections.get(point.section), one.place + 1, free)
            continue
        row = rows[one.point]
        if one.fate is Fate.CHANGED:
            _say_kept(change, one, "有改動")
        planstore.fill_point(row, point, sections.get(point.section), one.place + 1)
    session.flush()
    _tidy(session, plan, sections, len(draft.points))


def _say_kept(change: Change, one: PointChange, what: str) -> None:
    if one.tasks:
        number = one.number or one.before[:8]
        change.notes.append(f"要點 {number} {what}，任務 {'、'.join(one.tasks)} 保留，請核對。")


def _sections(plan: Plan, titles: Sequence[str]) -> dict[str, Section]:
    known = {section.title: section for section in plan.sections}
    for title in titles:
        if title not in known:
            known[title] = Section(plan_id=plan.id, position=0, title=title)
            plan.sections.append(known[title])
    for position, title in enumerate(titles, start=1):
        known[title].position = position
    return known


def _tidy(session: Session, plan: Plan, sections: dict[str, Section], points: int) -> None:
    """Place what the corrected notice has not behind what it has; sections that hold nothing go."""
    behind = points
    for row in sorted(plan.points, key=lambda row: row.position):
        if row.dropped or _own(row):
            behind += 1
            row.position = behind
    held = {row.section_id for row in plan.points}
    for section in [one for one in sections.values() if one.id not in held]:
        plan.sections.remove(section)
    session.flush()
