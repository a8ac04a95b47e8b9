"""One work point: its text, units, deadlines, citations and doubts, from a span of the document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import cast

from db.drafts import DeadlineDraft, PointDraft
from db.terms import DeadlineKind, UnitRole
from exports.plandoc.clauses import Clause, find_clauses, read_value
from exports.plandoc.deadlines import frequencies, goes_with, has_date, in_text, read_deadline
from exports.plandoc.docnumber import CITED
from exports.plandoc.labels import Label, Role, find_labels
from exports.plandoc.layout import Layout
from exports.plandoc.spoken import closing_clause, joint_clause, spoken_clause
from exports.plandoc.units import Name, same_order

_EDGES = " \n\t\u3000;；,，"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the document states once for its points. ``first_leads_from`` is the offset the rule holds from."""

    base: date | None = None
    first_leads_from: int | None = None


def clauses_in(layout: Layout, start: int, end: int) -> list[Clause]:
    """Return everything in a span that says who does it: brackets, labels, or a closing sentence."""
    known = layout.read.get((start, end))
    if known is None:
        known = layout.read[start, end] = _read_clauses(layout, start, end)
    return cast("list[Clause]", known)


def _read_clauses(layout: Layout, start: int, end: int) -> list[Clause]:
    found = find_clauses(layout.text, layout.folded, start, end)
    for label in find_labels(layout.folded, start, end):
        if any(clause.start <= label.start < clause.end for clause in found):
            continue
        clause = _label_clause(layout, label)
        if clause is not None:
            found.append(clause)
    if not any(clause.lead or clause.co for clause in found):
        readers = (joint_clause, closing_clause, spoken_clause)
        spoken = next(filter(None, (read(layout.text, layout.folded, start, end) for read in readers)), None)
        if spoken is not None:
            found.append(spoken)
    return sorted(found, key=lambda clause: clause.start)


def _label_clause(layout: Layout, label: Label) -> Clause | None:
    if label.role is Role.OTHER and not label.about_people:
        return None
    value = layout.text[label.value_start : label.value_end].strip()
    clause = Clause(label.start, label.value_end, layout.text[label.start : label.value_end].strip(), marked=True)
    if label.role is Role.DEADLINE:
        clause.deadlines.append(value)
    elif label.role in (Role.LEAD, Role.CO):
        read_value(clause, value, UnitRole.LEAD if label.role is Role.LEAD else UnitRole.CO)
    return clause


SPOKEN, FIRM = 1, 2


def clause_strength(layout: Layout, start: int, end: int) -> int:
    """Tell whether a span says who does it or, under a label, by when: FIRM set apart, SPOKEN in a sentence, else 0."""
    saying = [
        clause
        for clause in clauses_in(layout, start, end)
        if clause.lead or clause.co or clause.deadlines or clause.standing
    ]
    return max((FIRM if clause.end > clause.start else SPOKEN for clause in saying), default=0)


def make_point(
    layout: Layout, number: tuple[int, int], start: int, end: int, rules: Rules
) -> tuple[PointDraft, list[Name]]:
    """Return the point in a span and the standing units that its clause names for all later points."""
    clauses = clauses_in(layout, start, end)
    point = PointDraft(
        re.sub(r"\s", "", layout.text[number[0] : number[1]]),
        point_text(layout, start, end, clauses),
        start=number[0] if number[1] > number[0] else start,
        end=end,
    )
    fill_units(point, clauses, rules, start)
    point.clauses = [clause.text for clause in clauses if clause.text]
    fill_deadlines(point, clauses, layout, (start, end), rules)
    point.cited = same_order([_cited(layout, m) for m in CITED.finditer(layout.folded, start, end)])
    point.duties = same_order([layout.text[a:b] for a, b in frequencies(layout.folded, start, end)])
    return point, [name for clause in clauses for name in clause.standing]


def fill_units(point: PointDraft, clauses: list[Clause], rules: Rules, at: int) -> None:
    """Unite the units of all clauses in order; where nobody leads by word, the rule of the first place may tell."""
    lead = [name for clause in clauses for name in clause.lead]
    co = [name for clause in clauses for name in clause.co]
    ruled = any(clause.first_leads for clause in clauses) or (
        rules.first_leads_from is not None and at >= rules.first_leads_from
    )
    if ruled and not lead and co and not co[0].group:
        lead, co = co[:1], co[1:]
    point.lead = same_order([name.text for name in lead])
    others = [name for name in co if name.text not in point.lead]
    point.co = same_order([name.text for name in others if not name.group])
    point.groups = same_order([name.text for name in others if name.group])
    point.by_duty = any(clause.by_duty for clause in clauses)


def fill_deadlines(
    point: PointDraft, clauses: list[Clause], layout: Layout, span: tuple[int, int], rules: Rules
) -> None:
    """A labelled deadline is taken whole; without one the phrases in the running text are."""
    labelled = [read_deadline(text, base=rules.base) for clause in clauses for text in clause.deadlines]
    point.deadlines = [one for one in labelled if one.text]
    if point.deadlines:
        return
    timing = [text for clause in clauses for text in clause.timing]
    for a, b in in_text(layout.folded, *span):
        phrase = layout.text[a:b]
        whole = next((text for text in timing if phrase in text and goes_with(phrase, text)), phrase)
        one = read_deadline(whole, base=rules.base)
        past = one.date is not None and rules.base is not None and one.date.year < rules.base.year
        if not past and all(one.text != other.text for other in point.deadlines):
            point.deadlines.append(DeadlineDraft(one.text, one.date, DeadlineKind.FIXED))
    lasting = [read_deadline(text, base=rules.base) for text in timing if not has_date(text)]
    point.deadlines.extend(one for one in lasting if all(one.text != other.text for other in point.deadlines))


def _cited(layout: Layout, match: re.Match[str]) -> str:
    word = re.match(r"[\u4e00-\u9fff]+", match[0])
    start = match.start()
    if word and len(word[0]) > 4:  # noqa: PLR2004 - 湘政辦發 is long already
        joined = re.search(
            r"(?:[国省市县区]|[\u4e00-\u9fff])?(?:[\u4e00-\u9fff]{1,5}[发函字]|[\u4e00-\u9fff]{1,4}令)$", word[0]
        )
        cut = re.match(r".*[和及与以按照据《、]", word[0])
        start += cut.end() if cut else (max(0, joined.start()) if joined else 0)
    return re.sub(r"\s", "", layout.text[start : match.end()])


def point_text(layout: Layout, start: int, end: int, clauses: list[Clause]) -> str:
    """Return the text without its clauses, wrapped lines joined, paragraphs on lines of their own."""
    pieces, at = [], start
    for clause in clauses:
        if clause.end <= at:
            continue
        pieces.append(layout.text[at : clause.start])
        at = clause.end
        closed = not pieces[-1].strip() or pieces[-1].rstrip()[-1] in "。；;：:"
        while closed and at < end and layout.folded[at] in "。;, ":
            at += 1
    pieces.append(layout.text[at:end])
    lines = [line.strip(_EDGES) if line.strip() else "" for line in "".join(pieces).split("\n")]
    return "\n".join(line for line in lines if line)
