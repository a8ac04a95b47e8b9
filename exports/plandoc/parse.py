"""From a laid-out document to its draft: head, plans, sections, points and doubts."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

from db.drafts import DocumentDraft, PlanDraft, PointDraft, ReviewDraft
from db.terms import DeadlineKind
from exports.plandoc import secrecy
from exports.plandoc.clauses import first_rule
from exports.plandoc.flattable import unfold_flat_table
from exports.plandoc.fold import fold_in_place
from exports.plandoc.heads import Head, looks_like_title, read_head
from exports.plandoc.layout import Layout, Table, from_text
from exports.plandoc.loose import FEWEST, Block, label_blocks
from exports.plandoc.mapped import Settled
from exports.plandoc.outline import Node, build, choose, groups_of, read_marks, told_apart
from exports.plandoc.points import FIRM, Rules, clause_strength, clauses_in, make_point
from exports.plandoc.review import damaged_runs, gaps, unit_doubts
from exports.plandoc.stacked import unfold_stacked_table
from exports.plandoc.tableplans import plans_of_tables
from exports.plandoc.tables import read_table
from exports.plandoc.units import same_order

PEEKED = 40  # rows that tell a plan table from another one
MAX_SIGNATURE = 25  # characters of an issuer's line under the text
MAX_DOUBTS = 300  # a document with more is broken, and nobody reads them


def parse_text(text: str, *, name: str = "") -> list[DocumentDraft]:
    """Return the documents in a plain text (usually one); raise :class:`UnreadableInput` for a classified one."""
    return [parse_layout(from_text(text), name=name)]


@dataclass(slots=True)
class _Work:
    """A document on its way: what is known of it and the plans found so far."""

    layout: Layout
    head: Head
    rules: Rules
    draft: DocumentDraft
    plans: list[PlanDraft] = field(default_factory=list)


def parse_layout(layout: Layout, *, name: str = "", settled: Settled | None = None) -> DocumentDraft:
    """Return the draft of a laid-out document; ``settled``: how the clerk has the columns of tables read."""
    settled = settled or {}
    secrecy.refuse_classified(layout, name)
    layout = unfold_stacked_table(unfold_flat_table(layout))
    tables = [block for block in layout.blocks if isinstance(block, Table)]
    first_table = _first_plan_table(layout, tables, settled)

    def strength(start: int, end: int) -> int:
        return clause_strength(layout, start, end)

    marks = read_marks(layout, lambda start, end: strength(start, end) == FIRM)
    roots = build(layout, marks, strength)
    groups, covering = told_apart(groups_of(roots), with_tables=bool(first_table))
    loose = [] if groups or first_table else label_blocks(layout, 0, len(layout.text))
    loose = loose if len(loose) >= FEWEST else []
    starts = [group[0].mark.start for group in groups[:1]] + first_table + [block.start for block in loose[:1]]
    body = min(starts, default=len(layout.text))
    ends = [_last_end(layout, groups[-1])] if groups else [block.end for block in loose[-1:]]
    tail = max([*ends, *(table.end for table in tables)], default=body)
    head = read_head(layout, body, tail)
    draft = DocumentDraft(layout.text, head.title, head.doc_no, head.issuer, head.issued_on, head.published_on)
    draft.secrecy = secrecy.handling_mark(layout)
    work = _Work(layout, head, Rules(_base(head), _rule_from(layout, body)), draft)
    of_tables = plans_of_tables(layout, tables, work.rules, settled)
    work.plans.extend(of_tables.plans)
    draft.review.extend(of_tables.review)
    left_out = _add_points(work, groups, _last_end(layout, covering[-1]) if covering else 0)
    if loose:
        plan = PlanDraft(head.title)
        for block in loose:
            _put_point(work, plan, (block.start, block.start, block.end), "")
        work.plans.append(plan)
    left_out = [group[0] for group in covering] + left_out
    draft.review.extend(_left_out(layout, node) for node in left_out if node.mark.start not in of_tables.headings)
    _finish(work)
    return draft


def _first_plan_table(layout: Layout, tables: list[Table], settled: Settled) -> list[int]:
    for table in tables:
        if read_table(layout, Table(table.rows[:PEEKED], table.start, table.end), Rules(), [], settled) is not None:
            return [table.start]
    return []


def _last_end(layout: Layout, roots: list[Node]) -> int:
    return _closed(layout, roots[-1].walk()[-1]) if roots else 0


def _base(head: Head) -> date | None:
    if head.issued_on or head.published_on:
        return head.issued_on or head.published_on
    year = re.search(r"(20\d\d)年", fold_in_place(head.title))
    return date(int(year[1]), 1, 1) if year else None


def _rule_from(layout: Layout, body: int) -> int | None:
    """Return where the rule of the first place begins to hold: at its point, or everywhere from head or notes."""
    rule = first_rule(layout.folded)
    if rule is None:
        return None
    in_bracket = layout.folded.rfind("(", max(0, rule.start() - 200), rule.start()) > layout.folded.rfind(
        ")", max(0, rule.start() - 200), rule.start()
    )
    return rule.start() if rule.start() > body and in_bracket else 0


_FRAME = re.compile(
    r"^.{0,6}?(?:总体(?:要求|思路|目标|部署|原则)|指导思想|基本原则|(?:工作|主要|总体|目标)(?:目标|任务目标)$"
    r"|(?:工作|有关|几点|相关|组织|其他)要求|(?:工作|组织|保障|强化|推进|政策)?(?:组织)?(?:保障|保障措施|保障机制)$"
    r"|(?:加强|强化|做好|抓好|严密|切实|严格)?(?:组织领导|组织实施|组织保障|督促检查|督查考核|监督检查|监督考核)"
    r"|(?:实施|工作|方法)步骤|(?:工作|时间)安排(?=$|从|\()|附则)"
)


def _add_points(work: _Work, groups: list[list[Node]], floor: int) -> list[Node]:
    """Add a plan for each group that holds points; return the headings under which nothing was read."""
    left_out: list[Node] = []
    for place, group in enumerate(groups):
        found = choose(group, lambda node: bool(_FRAME.search(fold_in_place(_heading(work.layout, node)))))
        if not found.points:
            continue
        plan = PlanDraft(_plan_title(work, groups, place, floor))
        plan.sections = [_heading(work.layout, node) for node in found.sections]
        loose = _loose_under(work.layout, found.points)
        last = found.points[-1][0]
        for node, above in found.points:
            heading = _heading(work.layout, node) if node in loose else _heading(work.layout, above) if above else ""
            end = node.last
            if node is last:
                end = _closed(work.layout, node.walk()[-1], single=_single(work.layout, found.points))
            spans = [(block.start, block.start, block.end) for block in loose.get(node, [])]
            plan.sections.extend([heading] if spans else [])
            for start, begin, stop in spans or [(node.mark.start, node.mark.end, end)]:
                _put_point(work, plan, (start, begin, stop), heading)
        plan.standing_units = same_order(plan.standing_units)
        left_out.extend(found.idle)
        work.plans.append(plan)
    return left_out


def _put_point(work: _Work, plan: PlanDraft, span: tuple[int, int, int], section: str) -> None:
    """Add the point whose number, text and end stand at these places."""
    start, begin, end = span
    point, standing = make_point(work.layout, (start, begin), begin, end, work.rules)
    point.section = section
    point.end = _trim(work.layout, point.start, point.end)
    plan.points.append(point)
    plan.standing_units.extend(name.text for name in standing)


def _loose_under(layout: Layout, points: list[tuple[Node, Node | None]]) -> dict[Node, list[Block]]:
    """Return the headings among the points under which points without numbers stand."""
    blocks = {node: label_blocks(layout, node.mark.start, node.last) for node, _ in points if not node.children}
    if not any(len(found) >= FEWEST for found in blocks.values()):
        return {}
    return {node: found for node, found in blocks.items() if len(found) >= FEWEST or (found and found[0].above)}


def _left_out(layout: Layout, node: Node) -> ReviewDraft:
    words = _heading(layout, node)[:20]
    return ReviewDraft(f"「{words}」下面沒有讀出要點，未列入。", node.mark.start, node.mark.end)


def _single(layout: Layout, points: list[tuple[Node, Node | None]]) -> bool:
    """Tell whether every point but the last is one paragraph."""
    others = [node for node, _ in points[:-1]]
    return bool(others) and all("\n" not in layout.text[node.mark.end : node.last].strip() for node in others)


def _trim(layout: Layout, start: int, end: int) -> int:
    return start + len(layout.text[start:end].rstrip())


_CLOSING = ("附件", "附表", "附:", "(此件", "抄送", "(联系人", "注:", "备注:", "主送")


def _closed(layout: Layout, node: Node, *, single: bool = False) -> int:
    """Return where the last point of a count ends: behind its clause, or before the closing lines."""
    start, end = node.mark.end, node.end
    clauses = [clause for clause in clauses_in(layout, start, end) if clause.end > clause.start]
    if clauses:
        stop = max(clause.end for clause in clauses)
        return stop + (layout.folded[stop : stop + 1] in "。;)" and stop < end)
    inside = layout.lines_between(start, end)
    stop = end
    for place, line in enumerate(inside):
        folded = layout.folded[max(line.start, start) : min(line.end, end)]
        if place and (single or folded.startswith(_CLOSING) or _is_signature(folded)):
            return inside[place - 1].end
        stop = min(line.end, end)
    return stop


def _is_signature(folded: str) -> bool:
    plain = re.sub(r"\s", "", folded)
    return bool(re.fullmatch(r".{0,40}(?:20\d\d|二零..)年.{1,3}月.{1,4}日", plain)) or (
        len(plain) <= MAX_SIGNATURE
        and bool(re.search(r"(?:人民政府|办公室|办公厅|委员会|局|厅|国务院|委|部|会)$", plain))
        and "," not in plain
    )


def _heading(layout: Layout, node: Node) -> str:
    end = min([node.end, *(child.mark.start for child in node.children[:1])])
    text = layout.text[node.mark.start : end].strip().split("\n")
    words = re.sub(r"\s+", "", text[0])
    return words if len(words) <= 80 else re.split("[。；;]", words)[0][:80]  # noqa: PLR2004


def _plan_title(work: _Work, groups: list[list[Node]], place: int, floor: int) -> str:
    """Return the title line between the plan before (or the covering notice) and this one's first number."""
    layout, start = work.layout, groups[place][0].mark.start
    floor = _closed(layout, groups[place - 1][-1].walk()[-1]) if place else floor
    between = [(a, b) for a, b in work.head.plan_titles if floor <= a < start]
    if between:
        a, b = between[-1] if not place else between[0]
        return re.sub(r"\s", "", layout.text[a:b])
    if not place and not floor:
        return (
            work.head.title
            if looks_like_title(fold_in_place(work.head.title)) and "印发" not in fold_in_place(work.head.title)
            else ""
        )
    for line in layout.lines_between(floor, start)[:200]:
        if floor <= line.start and line.end - line.start < 200 and looks_like_title(layout.folded_line(line)):  # noqa: PLR2004
            return re.sub(r"\s", "", layout.text[line.start : line.end])
    return _inline_title(layout, floor, start)


def _inline_title(layout: Layout, floor: int, start: int) -> str:
    match = re.compile(
        r"[)。\s]*([^。;:,!?()]{4,60}?(?:工作要点|分工方案|实施方案|工作方案|任务清单|分解表|行动计划))"
    ).match(layout.folded, floor, start)
    return layout.text[match.start(1) : match.end(1)] if match else ""


def _finish(work: _Work) -> None:
    """Put the plans into the draft in their order and write down the doubts."""
    draft = work.draft
    work.plans.sort(key=lambda plan: plan.points[0].start)
    draft.plans = work.plans
    if len(draft.plans) == 1 and not draft.plans[0].title:
        draft.plans[0].title = draft.title
    for plan in draft.plans:
        draft.review.extend(_doubts_of_plan(draft, plan))
    if not draft.plans:
        draft.review.append(ReviewDraft("沒有讀出任何要點，請核對是否為要點、分工或分解表。"))
    if not (draft.issued_on or draft.published_on) and any(
        _yearless(point) for plan in draft.plans for point in plan.points
    ):
        draft.review.append(ReviewDraft("文件沒有寫明日期，未寫年份的時限無法確定年份，或按標題中的年份推定。"))
    draft.review.extend(_damage_outside_points(draft))
    if len(draft.review) > MAX_DOUBTS:
        draft.review[MAX_DOUBTS:] = [ReviewDraft(f"疑點超過 {MAX_DOUBTS} 處，其餘未列出，原件可能已損壞。")]
    if draft.secrecy:
        draft.review.append(ReviewDraft(f"文件帶有「{draft.secrecy}」標記，請注意不得公開或外傳。"))


def _doubts_of_plan(draft: DocumentDraft, plan: PlanDraft) -> list[ReviewDraft]:
    """Give each point its doubts and return those about the plan as a whole."""
    leads = any(point.lead for point in plan.points)
    for point in plan.points:
        point.review.extend(damaged_runs(draft.text, point.start, point.end))
        point.review.extend(unit_doubts(point, leads=leads))
    bare = sum(not point.lead for point in plan.points)
    told = [ReviewDraft(f"{len(plan.points)} 條要點中有 {bare} 條沒有寫明牽頭單位。")] if bare else []
    return [*told, *gaps(plan)]


def _damage_outside_points(draft: DocumentDraft) -> list[ReviewDraft]:
    covered = sorted((point.start, point.end) for plan in draft.plans for point in plan.points)
    found = []
    for doubt in damaged_runs(draft.text):
        place = bisect_right(covered, (doubt.start, 1 << 60)) - 1
        if place < 0 or doubt.start >= covered[place][1]:
            found.append(doubt)
    return found


def _yearless(point: PointDraft) -> bool:
    return any(
        one.kind is DeadlineKind.FIXED and "年" not in re.sub("年[底末内內]", "", one.text) for one in point.deadlines
    )
