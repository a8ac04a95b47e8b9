"""The tables of a document to plans: one table may go on in the next, and headings may stand between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from db.drafts import PlanDraft, ReviewDraft
from exports.plandoc.heads import looks_like_title
from exports.plandoc.layout import Layout, Line, Table
from exports.plandoc.mapped import Settled
from exports.plandoc.numbering import mark_at
from exports.plandoc.points import Rules
from exports.plandoc.tables import Rows, read_table
from exports.plandoc.units import same_order

NEAR = 600  # characters above a table in which its title stands
MAX_TITLE, MAX_HEADING = 60, 60  # characters


@dataclass(slots=True)
class TablePlans:
    """The plans found, doubts about them, and where the headings stand that became sections of their rows."""

    plans: list[PlanDraft] = field(default_factory=list)
    review: list[ReviewDraft] = field(default_factory=list)
    headings: set[int] = field(default_factory=set)


def plans_of_tables(layout: Layout, tables: Sequence[Table], rules: Rules, settled: Settled) -> TablePlans:
    """Return the plans in the tables; a table without a title of its own goes on with the plan before."""
    found = TablePlans()
    before: Rows | None = None
    floor = 0
    for table in tables:
        rows = read_table(layout, table, rules, before.columns if before else [], settled)
        if rows is None:
            continue
        title = rows.title or _title_before(layout, floor, table.start)
        if not found.plans or title:
            found.plans.append(PlanDraft(title))
        _put(found, rows, _heading_before(layout, floor, table.start))
        before, floor = rows, table.end
    found.plans = [plan for plan in found.plans if plan.points]
    return found


def _put(found: TablePlans, rows: Rows, heading: tuple[int, str] | None) -> None:
    """Add the rows of a table to the last plan; those without a section stand under the heading above the table."""
    plan = found.plans[-1]
    bare = [point for point in rows.points if not point.section]
    if heading is not None and bare:
        found.headings.add(heading[0])
        plan.sections.append(heading[1])
        for point in bare:
            point.section = heading[1]
    plan.sections = same_order([*plan.sections, *rows.sections])
    plan.points.extend(rows.points)
    plan.standing_units = same_order([*plan.standing_units, *rows.standing])
    found.review.extend(rows.review)


def _lines_before(layout: Layout, floor: int, at: int) -> list[Line]:
    return [line for line in layout.lines_between(max(floor, at - NEAR), at) if line.end <= at][-4:]


def _title_before(layout: Layout, floor: int, at: int) -> str:
    for line in reversed(_lines_before(layout, floor, at)):
        words = layout.folded_line(line)
        if len(words) < MAX_TITLE and looks_like_title(words) and mark_at(words, 0, len(words)) is None:
            return re.sub(r"\s", "", layout.text[line.start : line.end])
    return ""


def _heading_before(layout: Layout, floor: int, at: int) -> tuple[int, str] | None:
    """Return the numbered heading right above a table: where it stands and its words."""
    lines = _lines_before(layout, floor, at)
    if not lines:
        return None
    words = layout.folded_line(lines[-1])
    if len(words) > MAX_HEADING or mark_at(words, 0, len(words)) is None or words.endswith(("。", ";")):
        return None
    return lines[-1].start, re.sub(r"\s+", "", layout.text[lines[-1].start : lines[-1].end])
