"""Unit clauses without brackets: a closing sentence that is nothing else, or words inside a sentence."""

from __future__ import annotations

import re

from exports.plandoc.clauses import MARKER, Clause, bare, read_clause, read_roles
from exports.plandoc.units import Name, is_group, is_unit, read_names

MAX_SPOKEN = 200  # characters on each side of 牽頭 inside a sentence
MAX_REST = 2  # characters behind the last word for a role
MAX_SENTENCE = 400  # characters of a closing sentence; a longer one is prose


def closing_clause(text: str, folded: str, start: int, end: int) -> Clause | None:
    """Read an unbracketed last sentence that is nothing but a clause: 由省政務局牽頭，省財政廳配合."""
    stop = end
    while stop > start and folded[stop - 1] in " \n。":
        stop -= 1
    begin = max(folded.rfind("。", start, stop), folded.rfind("\n", start, stop), folded.rfind("-", start, stop)) + 1
    begin = max(begin, start)
    by = folded.rfind(",由", begin, stop)
    begin = by + 1 if by != -1 and "。" not in folded[by:stop] else begin
    if begin == start or stop - begin > MAX_SENTENCE or not MARKER.search(folded, begin, stop):
        return None
    clause = read_clause(text[begin:stop])
    if clause is None or not clause.marked:
        return None
    names = [*clause.lead, *clause.co]
    last = list(MARKER.finditer(folded, begin, stop))[-1]
    if not names or stop - last.end() > MAX_REST or not all(_stands_for_itself(name) for name in names):
        return None
    clause.start, clause.end = begin, stop
    return clause


_PROSE = re.compile(r"要|应当|必须|积极|主动|认真|切实|密切|加强|抓紧|及时|严格|共同(?!体)|负责|配合|按照")


def _stands_for_itself(name: Name) -> bool:
    words = bare(name)
    return (is_unit(words) or is_group(words)) and not _PROSE.search(words)


_JOINT = re.compile(
    r"由(?P<first>[^,。;:由\n]{2,80}?)(?P<leads>(?:负责)?牵头)?,?会同(?P<with>[^。;:\n]{2,200}?)(?:等(?:有关|相关)?(?:部门|单位))?"
    r"(?=(?:共同|联合|抓紧|尽快|分别|按|依)?(?:研究|提出|制定|制订|负责|组织|落实|开展|推进|实施|做好|抓好|完善|建立|出台|办理|[,。;\n]))"
)


def joint_clause(text: str, folded: str, start: int, end: int) -> Clause | None:
    """Read 「由A會同B、C等部門研究提出意見」. Nobody leads unless 牽頭 is said; nothing is taken out of the text."""
    for match in _JOINT.finditer(folded, start, end):
        first, others = (read_names(text[slice(*match.span(group))]) for group in ("first", "with"))
        if first and others and all(_stands_for_itself(name) for name in [*first, *others]):
            lead, co = (first, others) if match["leads"] else ([], [*first, *others])
            return Clause(match.start(), match.start(), text[match.start() : match.end()], lead=lead, co=co)
    return None


_LEADS = re.compile(r"牵头(?!单位|部门|责任|人|领导|处室|科室|股室|作用|抓总)")


def spoken_clause(text: str, folded: str, start: int, end: int) -> Clause | None:
    """Read a leader named inside a sentence (由市公安局牽頭，市司法局配合，開展……); nothing of the text is taken out.

    The clause has no span of its own: ``start`` and ``end`` are both the place of the sentence.
    """
    for match in _LEADS.finditer(folded, start, end):
        floor, limit = max(start, match.start() - MAX_SPOKEN), min(end, match.end() + MAX_SPOKEN)
        begin = max(floor, 1 + max(folded.rfind(char, floor, match.start()) for char in "。;,:\n"))
        stop = min(
            (at for at in (folded.find(char, match.end(), limit) for char in "。;\n") if at != -1), default=limit
        )
        clause = Clause(begin, begin, text[begin:stop].strip())
        read_roles(clause, text[begin:stop], folded[begin:stop])
        if clause.lead and all(is_unit(bare(name)) for name in clause.lead):
            clause.co = [name for name in clause.co if is_unit(bare(name)) or name.group]
            return clause
    return None
