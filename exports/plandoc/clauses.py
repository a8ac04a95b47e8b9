"""Unit clauses (責任條款): who leads, who co-operates, in brackets behind the sentences they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from db.terms import UnitRole
from exports.plandoc.deadlines import has_date, is_timing
from exports.plandoc.fold import fold_in_place, plain
from exports.plandoc.labels import Label, Role, find_labels
from exports.plandoc.units import Name, is_unit, read_names

MAX_NESTED = 50  # open brackets; deeper nesting is damage
MAX_CLAUSE = 1500  # characters between the brackets; longer ones are prose
_PAIRS = {"(": ")", "[": "]", "【": "】", "〔": "〕", "{": "}"}
_DUTY = r"(?:(?:按照?|依照?|根据)(?:各自)?(?:的)?(?:职责|职能|权限)(?:任务)?(?:分工)?)"
_DO = r"(?:结合实际|根据实际|对照职责|分别|共同|联合|具体|分工|各自|协同|统筹|认真|积极)?"
MARKER = re.compile(
    rf"(?P<standing>(?:均|都|同时)?(?:作?为|是|系)(?:责任|配合|落实|实施)(?:单位|部门|主体))"
    rf"|(?P<lead>(?:均|都)?(?:作?为|是|系)(?:牵头|主办)(?:单位|部门)|{_DUTY}?{_DO}(?:负责)?(?:总?牵头|主办|负总责)(?!单位|部门|责任|人|领导|处室|科室|股室)(?:负责|抓总|落实|办理|推进|实施|协调)?(?:组织实施|落实)?)"
    rf"|(?P<co>{_DUTY}?{_DO}(?:抓好)?(?:负责|配合|参与|参加|协助|协同|协办|承办|组织实施|落实)(?!人|制|单位|部门|科室)(?:落实|实施|推进|办理)?|{_DUTY})"
)
_FIRST_RULE = re.compile(
    r"(?:各项(?:任务|工作)?)?(?:责任单位)?(?:中|里)?,?(?:名?列|排|排列|排名|居|位于|名列|标)?(?:在|于)?(?:第一(?:位|个|名)?|首位|首个|最前面?|前列)"
    r"(?:的|者)?(?:单位|部门|责任单位|责任部门)?(?:的|者)?(?:均|都|即)?(?:为|是|系|作为)(?:该项|本项|此项)?(?:任务|工作)?(?:的)?(?:牵头|主办|主要责任)(?:责任)?(?:单位|部门|者|处室|科室)?"
)
_STAR_RULE = re.compile(
    r"(?:带|标|加|注|有|标注)\s*[\"']?[*★※▲][\"']?(?:号)?(?:的|者)?(?:单位|部门)?(?:的|者)?(?:为|是|系)牵头(?:单位|部门)?"
)
_STANDING_TAIL = re.compile(
    r"不再(?:一一|逐一|逐项|重复|单独|另行)?(?:列出|列明|列入|列举|标注|注明|赘述|列示|列)|下同|余同|不一一列出|不另列|不再另"
)
_BY_DUTY = re.compile(r"按照?(?:各自)?(?:的)?(?:职责|职能)(?!参[与加]|配合|协助)")
_HINT = re.compile(
    "牵头|负责|配合|职责|主办|协办|参加|参与|落实|时限|时间|单位|部门|中心|政府|公司|支行|[局办厅委部科处院会社司队镇乡村区县市校站各联]"
)


@dataclass(slots=True)
class Clause:
    """What one clause says. ``start`` and ``end`` are its span with the brackets.

    ``deadlines`` are values of labels, ``timing`` pieces without a label that only say by when (6月底完成).
    """

    start: int
    end: int
    text: str = ""
    lead: list[Name] = field(default_factory=list)
    co: list[Name] = field(default_factory=list)
    standing: list[Name] = field(default_factory=list)
    deadlines: list[str] = field(default_factory=list)
    timing: list[str] = field(default_factory=list)
    marked: bool = False
    first_leads: bool = False
    other: int = 0

    @property
    def by_duty(self) -> bool:
        """Tell whether the clause says 按職責分工負責."""
        return bool(_BY_DUTY.search(fold_in_place(self.text)))

    def add(self, names: list[Name], role: UnitRole) -> None:
        """Add names under a role; a mark at the name itself wins."""
        for name in names:
            (self.lead if (name.role or role) is UnitRole.LEAD else self.co).append(name)


def first_rule(folded: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
    """Return the rule that the first unit named leads (列第一位者為牽頭單位)."""
    return _FIRST_RULE.search(folded, start, len(folded) if end is None else end)


def star_rule(folded: str) -> bool:
    """Tell whether units with a star lead."""
    return bool(_STAR_RULE.search(folded))


def find_clauses(text: str, folded: str, start: int, end: int) -> list[Clause]:
    """Return the clauses in brackets within a span, in their order."""
    found: list[Clause] = []
    reach = start
    for a, b in sorted(_bracket_spans(folded, start, end)):
        if a < reach or b - a > MAX_CLAUSE or not _HINT.search(folded, a, b):
            continue
        if folded[a - 1 : a] == "》" or not _stands_like_a_clause(folded, a, b, start, end):
            continue
        inner = b - 1 if folded[b - 1] in _PAIRS.values() else b
        clause = read_clause(re.sub(r"\s*\n\s*", "", text[a + 1 : inner]))
        if clause is not None:
            clause.start, clause.end = a, b
            found.append(clause)
            reach = b
    return found


def _stands_like_a_clause(folded: str, a: int, b: int, start: int, end: int) -> bool:
    """A clause closes a sentence: behind a full stop, or before one, or at the end of a paragraph or text."""
    before = folded[max(start, a - 1) : a]
    after = folded[b : min(end, b + 1)]
    inner = folded[a + 1 : b]
    if re.search("牵头|职责|单位:|部门:|科室:|分工:|负责|主办|配合", inner):
        return True
    closes = not after or after in "\n。;"
    if not before or before in "。;!?\n ":
        return closes or before in "。;!?"
    return closes and "、" in inner and (not after or after == "\n" or folded[b + 1 : b + 2] in ("", "\n"))


_PARAGRAPH_OVER = re.compile(r"[ ]*(?:\n|\Z|\(?[一二三四五六七八九十\d]{1,3}[)、.])")


def _bracket_spans(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield all bracket pairs; one left open closes where its paragraph ends."""
    stack: list[int] = []
    for match in re.compile(r"[()\[\]【】〔〕{}\n]").finditer(folded, start, end):
        at, char = match.start(), match[0]
        if char in _PAIRS:
            if len(stack) < MAX_NESTED:
                stack.append(at)
        elif char == "\n":
            if stack and _PARAGRAPH_OVER.match(folded, at + 1):
                yield stack[-1], at
                stack.clear()
        else:
            for depth in range(len(stack) - 1, max(-1, len(stack) - 4), -1):
                if _PAIRS[folded[stack[depth]]] == char:
                    yield stack[depth], at + 1
                    del stack[depth:]
                    break
    if stack:
        yield stack[-1], end


def read_clause(text: str) -> Clause | None:
    """Return what the inside of a bracket says about units, or None where it is no clause."""
    folded = fold_in_place(text)
    clause = Clause(0, 0, text.strip())
    rule = first_rule(folded)
    if rule is not None:
        clause.first_leads = True
        text, folded = _without(text, rule.span()), _without(folded, rule.span())
    labels = find_labels(folded, 0, len(folded))
    if labels:
        _read_labels(clause, text, labels)
        if labels[0].start > 0:
            read_roles(clause, text[: labels[0].start], folded[: labels[0].start])
    else:
        read_roles(clause, text, folded)
    names = [*clause.lead, *clause.co, *clause.standing]
    plausible = sum(is_unit(bare(name)) or name.group for name in names)
    if labels and any(label.role is not Role.OTHER or label.about_people for label in labels):
        return clause
    if not names:
        return clause if rule else None
    if clause.marked:
        return clause if plausible * 2 >= len(names) else None
    return clause if plausible == len(names) and not clause.other else None


def bare(name: Name) -> str:
    """Return a name folded and without white space."""
    return plain(name.text)


def _without(text: str, span: tuple[int, int]) -> str:
    return text[: span[0]] + " " * (span[1] - span[0]) + text[span[1] :]


def _with_bracket(folded: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return the span of the bracket around a rule, the rule's own span where there is none."""
    a, b = folded.rfind("(", 0, span[0]), folded.find(")", span[1])
    return (a, b + 1) if a != -1 and b != -1 and ")" not in folded[a : span[0]] else span


def _read_labels(clause: Clause, text: str, labels: list[Label]) -> None:
    for label in labels:
        value = text[label.value_start : label.value_end]
        if label.role is Role.DEADLINE:
            clause.deadlines.append(value.strip())
        elif label.role in (Role.LEAD, Role.CO):
            read_value(clause, value, UnitRole.LEAD if label.role is Role.LEAD else UnitRole.CO)
    clause.marked = True


def read_value(clause: Clause, value: str, role: UnitRole) -> None:
    """Read a label's or a cell's value: a list of units, or a clause of its own (A牽頭，B配合)."""
    folded = fold_in_place(value)
    rule = first_rule(folded)
    if rule is not None:
        clause.first_leads = True
        span = _with_bracket(folded, rule.span())
        value, folded = _without(value, span), _without(folded, span)
    if MARKER.search(re.sub(r"\([^()]*\)", "", folded)):
        inner = Clause(0, 0, value)
        read_roles(inner, value, folded, unmarked=role)
        if inner.lead or inner.co or inner.standing:
            clause.standing.extend(inner.standing)
            clause.timing.extend(inner.timing)
            if role is UnitRole.LEAD and not inner.lead:
                clause.lead.extend(inner.co)
            else:
                clause.lead.extend(inner.lead)
                clause.co.extend(inner.co)
            return
    names = []
    for name in read_names(value):
        if is_timing(name.text):
            clause.timing.append(name.text)
        elif not has_date(name.text):
            names.append(name)
    clause.add(names, role)


def _segments(folded: str) -> Iterator[tuple[int, int]]:
    depth = at = 0
    for match in re.compile(r"[()\[\],;。\n]").finditer(folded):
        if match[0] in "([":
            depth += 1
        elif match[0] in ")]":
            depth = max(0, depth - 1)
        elif depth == 0:
            yield at, match.start()
            at = match.end()
    yield at, len(folded)


def read_roles(clause: Clause, text: str, folded: str, unmarked: UnitRole = UnitRole.CO) -> None:
    """Read 「A牽頭，B、C等按職責分工負責」: names stand before the word for their role."""
    pending: list[Name] = []
    for start, end in _segments(folded):
        if not folded[start:end].strip() or (
            _STANDING_TAIL.search(folded, start, end) and not MARKER.search(folded, start, end)
        ):
            continue
        if is_timing(text[start:end]):
            clause.timing.append(text[start:end].strip())
            continue
        at, marked = start, False
        for marker in _markers(folded, start, end):
            names = [*pending, *_names_around(text, at, marker.start())]
            pending = []
            marked = True
            if marker["standing"] or (names and folded.startswith("以下", start)):
                _read_standing(clause, names, folded[marker.end() :])
            elif names:
                clause.add(names, UnitRole.LEAD if marker["lead"] else UnitRole.CO)
            at = marker.end()
        clause.marked |= marked
        rest = [name for name in read_names(text[at:end]) if not has_date(name.text)]
        if _are_units(rest, mostly=not marked):
            pending.extend(rest)
        elif rest and not marked:
            clause.other += len(rest)
    clause.add(pending, unmarked)


def _are_units(names: list[Name], *, mostly: bool) -> bool:
    """Tell whether all names, or more than half of them, are units or collectives."""
    if names and all(is_unit(bare(name)) or name.group for name in names):
        return True
    return mostly and sum(is_unit(bare(name)) for name in names) * 2 > len(names)


def _markers(folded: str, start: int, end: int) -> Iterator[re.Match[str]]:
    for marker in MARKER.finditer(folded, start, end):
        inside = folded.count("(", start, marker.start()) > folded.count(")", start, marker.start())
        if not inside and marker.end() > marker.start():
            yield marker


def _names_around(text: str, start: int, end: int) -> list[Name]:
    return [name for name in read_names(text[start:end]) if len(name.text) <= 60]  # noqa: PLR2004 - not prose


def _read_standing(clause: Clause, names: list[Name], after: str) -> None:
    if _STANDING_TAIL.search(after):
        clause.standing.extend(names)
    else:
        clause.add(names, UnitRole.CO)
