"""The head of a notice whose line breaks are gone: where its title ends and its own number stands."""

from __future__ import annotations

import re

from exports.plandoc.docnumber import CITED, LABELLED_NUMBER, word_offset

MAX_TITLE = 160  # characters
MIN_TITLE = 4
MAX_SIGNER = 40  # characters between number and title in which a signer is named
MAX_HEAD = 1000  # characters in which title and number stand
_KINDS = "通知|意见|决定|方案|报告|函|通报|公告|批复|办法"
_END = re.compile(
    rf"(?:的(?:{_KINDS})|(?:若干|实施)(?:意见|措施|政策)|工作要点|(?:实施|工作|整改|行动)方案|(?:行动|工作)计划"
    r"|(?:任务|责任|工作)?(?:分工|分解)(?:落实)?(?:方案|表|意见|清单)?|一览表|责任表|任务表|工作表|清单|台账|工作安排|要点|重点任务|重点工作)"
    r"(?:\((?:试行|暂行|修订版?)\))?"
)
_GOES_ON = re.compile(rf"的(?:{_KINDS})|[》〉\"'」和与及、,的中表]|精神|要求|(?:{_KINDS})|任务|分工|分解|清单")
_LABELLED_TITLE = re.compile(
    r"(?:标题|名称):(?P<title>[^:]{4,160}?)(?=(?:发文字号|文号|发布日期|成文日期|主题词|索引号):)"
)
_MASTHEAD = re.compile(
    r"\d{0,8}(?:特急|加急|急件|平急)?(?P<unit>[\u4e00-\u9fff]{2,24}?)文件(?=[\u4e00-\u9fff]{1,10}[〔\[(【])"
)
_NAMED = re.compile(r"《([^《》]{4,80})》")
_PRINTED = re.compile(r"(?:关于)?印发(?!《)(.{6,60}?)的通知$")
Span = tuple[int, int]


def flat_head(folded: str, begin: int) -> tuple[list[Span], Span]:
    """Return the spans of the titles, the notice's own first, and of its number; (0, 0) where there is none."""
    masthead = _MASTHEAD.match(folded, begin)
    number = _leading_number(folded, masthead.end() if masthead else begin)
    start = max(begin, number[1])
    again = folded.find(masthead["unit"], start, start + MAX_SIGNER) if masthead else -1
    title = _labelled_title(folded) or _title_from(folded, again if again != -1 else start)
    if title is None:
        return [(0, 0)], number if number[1] else _number_in_head(folded)
    if not number[1]:
        number = _number_in_head(folded)
    found = [title]
    words = folded[title[0] : title[1]]
    for name in _NAMED.finditer(words):
        found.extend(_outside_quotes(folded, name[1]))
    printed = _PRINTED.search(words)
    if printed:
        found.extend(_outside_quotes(folded, printed[1])[-1:])
    return [title, *sorted(span for span in found[1:] if span[0] >= title[1])], number


def _leading_number(folded: str, begin: int) -> Span:
    match = CITED.match(folded, begin)
    return match.span() if match else (0, 0)


def _labelled_title(folded: str) -> Span | None:
    match = _LABELLED_TITLE.search(folded, 0, MAX_HEAD)
    return match.span("title") if match else None


def _title_from(folded: str, start: int) -> Span | None:
    """Return the title that begins here: it ends with 的通知 where it says 關於, else with a word such as 分工方案."""
    named = _NAMED.match(folded, start)
    if named and re.search(rf"关于.*的(?:{_KINDS})$", named[1]):
        return named.span(1)
    stop = re.compile(r"[。;!?:\t]").search(folded, start)
    limit = min(stop.start() if stop else len(folded), start + MAX_TITLE)
    ends = [match for match in _END.finditer(folded, start, limit) if _closes(folded, start, match)]
    if "关于" in folded[start:limit].partition("《")[0]:
        ends = [match for match in ends if match[0].startswith("的")] or ends
    return (start, ends[0].end()) if ends else None


def _closes(folded: str, start: int, match: re.Match[str]) -> bool:
    words = folded[start : match.end()]
    whole = words.count("《") == words.count("》") and len(words) >= MIN_TITLE
    return whole and not _GOES_ON.match(folded, match.end())


def _number_in_head(folded: str) -> Span:
    """Return a labelled number, or the first in the first sentence that is not in brackets: those are cited."""
    labelled = LABELLED_NUMBER.search(folded, 0, MAX_HEAD)
    if labelled:
        return labelled.span(1)
    stop = folded.find("。", 0, MAX_HEAD)
    for match in CITED.finditer(folded, 0, MAX_HEAD if stop == -1 else stop):
        start = match.start() + word_offset(match[0])
        if folded[max(0, start - 1) : start] not in ("(", "》", "《") and folded[match.end() : match.end() + 1] != ")":
            return start, match.end()
    return 0, 0


def _outside_quotes(folded: str, name: str) -> list[tuple[int, int]]:
    """Return where a plan's name stands by itself, not inside 《》 or behind 印發."""
    places = [m.start() for m in re.finditer(re.escape(name), folded)]
    return [(at, at + len(name)) for at in places if folded[max(0, at - 1) : at] not in ("《", "发")]
