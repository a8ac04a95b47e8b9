"""The head of a notice: title, own document number, issuer, dates, handling marks, titles of its plans.

Nothing is invented: a cited number is not the document's own, and a notice that begins with its addressee has
no title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from exports.plandoc.docnumber import CITED, LABELLED_NUMBER, NUMBER_CORE, word_offset
from exports.plandoc.flathead import flat_head
from exports.plandoc.fold import fold_in_place
from exports.plandoc.layout import Layout, Line
from exports.plandoc.numbering import mark_at
from exports.plandoc.units import is_group, is_unit

_ORDER_NUMBER = re.compile(r"\(?第\s?\d{1,4}\s?号\)?")
_TITLE_END = re.compile(
    r"(?:通知|意见|决定|方案|要点|分工|清单|台账|计划|分解表|分工表|任务表|一览表|责任表|安排表|推进表|调度表|措施|办法|规定|细则|任务|安排|报告|函|批复|公告|条例|举措|规划"
    r"|分解|表|工作|行动|通报|目标|若干政策|十条|条|指南|要求|制度|项目|责任书|事项)(?:\([^()]{1,20}\))?$"
)
_META = re.compile(
    r"^(?:[\[(【]?(?:发布时间|发布日期|发布机构|发文机关|发文单位|发文日期|成文日期|印发日期|生成日期|公开日期|时间|日期|来源|信息来源|文章来源|信息分类|索引号|统一登记号|主题词|主题分类|主题|公开方式"
    r"|公开范围|有效性|有效期|效力状态|文号|字号|发文字号|名称|标题|作者|浏览次数|浏览|阅读|点击|访问量|字体|打印|分享|字号大小|编辑|责任编辑|签发人|当前位置|您现在的位置|您所在的位置|首页|附件|抄送|密级|紧急程度|保密期限|备注|注|单位|填报单位|制表|联系人)"
    r"\s*(?:[:>)\]】\d]|$))"
)
_NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = rf"(?:(?:19|20)\d\d|[二两][零一二三四五六七八九]{{3}})\s?年\s?{_NUMERAL}\s?月\s?{_NUMERAL}\s?日"
_DATE_LINE = re.compile(rf"\(?\s*(?:(?P<unit>[^,。;:]{{2,40}}?)\s*)?(?P<date>{_DATE})\s*\)?")
_SIGNED_FLAT = re.compile(rf"[。!)]\s*(?P<unit>[\u4e00-\u9fff]{{2,40}}?)\s*(?P<date>{_DATE})(?!前|起|至|以|印发)")
_NUMERIC = r"(?P<y>(?:19|20)\d\d)[-/年.](?P<m>\d{1,2})[-/月.](?P<d>\d{1,2})"
_COLON = r"[\s\])】]*[:|]?[\s|]*"
_PUBLISHED = re.compile(
    rf"(?:发布时间|发布日期|公开日期|发表时间|时间|(?<!成文)(?<!发文)(?<!印发)(?<!生成)日期){_COLON}{_NUMERIC}"
)
_ISSUED = re.compile(rf"(?:成文日期|发文日期|印发日期|生成日期){_COLON}{_NUMERIC}")
_ADDRESSEE = re.compile(r"[^。;!?]{2,200}:")
MAX_HEAD_LINE = 1000  # characters of a paragraph in which the own number may stand
MAX_HEAD_LINES = 400
MAX_SIGNED = 80  # characters at the end in which a flat text is signed
FEW_LINES, MIN_FLAT = 2, 100  # lines and characters of a head that has lost its line breaks
MIN_TITLE, MAX_TITLE = 4, 120  # characters
MAX_SOLE_TITLE = 60  # of a first line that has no word of a title at its end
MAX_BEHIND_NUMBER = 20  # of what a line holds behind the document's own number
_CHINESE = {char: str(value) for value, char in enumerate("零一二三四五六七八九")}


@dataclass(slots=True)
class Head:
    """What stands before the first number or table, and the signature behind the last."""

    title: str = ""
    doc_no: str = ""
    issuer: str = ""
    issued_on: date | None = None
    published_on: date | None = None
    plan_titles: list[tuple[int, int]] = field(default_factory=list)


def read_head(layout: Layout, end: int, tail: int) -> Head:
    """Read the head in front of ``end`` and the signature behind ``tail`` (offsets into the text)."""
    head = Head()
    whole = [line for line in layout.blocks if isinstance(line, Line) and line.start < end]
    lines = [Line(line.start, min(line.end, end)) for line in whole]
    flat = 0 < len(lines) <= FEW_LINES and _is_flat(layout, whole)
    lines += _cells_as_lines(layout, end)
    if flat:
        titles, number = flat_head(layout.folded[:end], lines[0].start)
        head.doc_no = _compact(layout.text, *number)
    else:
        titles = _line_titles(layout, lines)
        head.doc_no = _own_number(layout, lines)
    if not titles or titles[0] == (0, 0):
        labelled = _labelled_titles(layout, lines)[:1]
        titles = [*labelled, *titles[1:]] if labelled else titles
    if titles:
        head.title = _shown(layout.text, titles[0])
    head.plan_titles = titles[1:]
    _read_dates(head, layout, lines, tail, flat=flat)
    if not head.issuer and head.title:
        head.issuer = _issuer_of_title(head.title)
    if flat and head.issued_on is None and head.issuer:
        signed = re.search(re.escape(fold_in_place(head.issuer)) + rf"\s*({_DATE})(?!前|起|至|以|印发)", layout.folded)
        head.issued_on = chinese_date(signed[1]) if signed else None
    return head


def _is_flat(layout: Layout, lines: list[Line]) -> bool:
    """Tell whether the line breaks are gone: one paragraph, or what is left of one before a table, is nearly all."""
    longest = max(line.end - line.start for line in lines)
    tables = sum(block.end - block.start for block in layout.blocks if not isinstance(block, Line))
    return longest > MIN_FLAT and (longest + tables) * 10 > 9 * len(layout.text.strip())


_LABEL_CELL = re.compile(r"[^:]{1,12}:|[\[【][^\[\]【】]{1,12}[\]】]:?")


def _cells_as_lines(layout: Layout, end: int) -> list[Line]:
    """Return the cells of the tables in front of the plan; a cell that is a label goes with the next one."""
    found: list[Line] = []
    for table in layout.blocks:
        if isinstance(table, Line) or table.end > end:
            continue
        for row in table.rows:
            filled = [cell for cell in row if cell.end > cell.start]
            labelled = False
            for cell in filled:
                label = bool(_LABEL_CELL.fullmatch(layout.folded, cell.start, cell.end))
                if labelled and not label:
                    found[-1].end = cell.end
                else:
                    found.append(Line(cell.start, cell.end))
                labelled = label
    return found


def _shown(text: str, span: tuple[int, int]) -> str:
    return re.sub(r"[ \u3000]*\n[ \u3000]*", "", text[span[0] : span[1]]).strip()


def looks_like_title(folded: str) -> bool:
    """Tell whether a paragraph reads as a title: short, no sentence, ending in a word such as 通知 or 分解表."""
    plain = re.sub(r"\s", "", folded)
    return (
        MIN_TITLE <= len(plain) <= MAX_TITLE
        and not re.search(r"[。;!?:]|^[^《]{0,8}/[^《]{0,8}/", plain.rstrip(":"))
        and plain[-1] not in ":,"
        and bool(_TITLE_END.search(plain))
    )


def _skipped(folded: str) -> bool:
    plain = folded.strip()
    return bool(
        _META.match(re.sub(r"\s", "", plain))
        or _ORDER_NUMBER.fullmatch(plain)
        or re.fullmatch(rf"\(?[\u4e00-\u9fff×X]{{1,12}}\s?{NUMBER_CORE}\)?.{{0,20}}", plain)
        or _DATE_LINE.fullmatch(plain)
        or re.fullmatch(r"[\u4e00-\u9fff]{2,20}文件", plain)
        or re.fullmatch(r"\(.{1,30}\)|[\d\s:./-]+|附(?:件|表)?\s*\d*\s*:?", plain)
        or is_mark(plain)
    )


def is_mark(plain: str) -> bool:
    """Tell whether a line is a classification or handling mark."""
    return bool(re.fullmatch(r"\(?(?:绝密|机密|秘密|内部)\S{0,8}", plain))


def _labelled_titles(layout: Layout, lines: list[Line]) -> list[tuple[int, int]]:
    """Return the titles that a table of particulars above the notice names."""
    found = []
    for line, after in pairwise([*lines[:MAX_HEAD_LINES], Line(0, 0)]):
        label = _BEFORE_TITLE.match(layout.folded, line.start, line.end)
        start, end = (label.end() if label else 0), line.end
        if _TITLE_LABEL.fullmatch(layout.folded, line.start, line.end):
            start, end = after.start, after.end
        if start and looks_like_title(layout.folded[start:end]):
            found.append((start, end))
    return found


def _line_titles(layout: Layout, lines: list[Line]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    seen: set[str] = set()
    place = 0
    while place < min(len(lines), MAX_HEAD_LINES):
        span, used = _title_from(layout, lines, place, first=not found)
        if span is not None and found:
            span = _with_first_half(layout, lines, place, span, found[0])
        if span is not None:
            words = re.sub(r"\s", "", layout.folded[span[0] : span[1]])
            if words not in seen:
                found.append(span)
                seen.add(words)
        elif not found and _ADDRESSEE.fullmatch(layout.folded[lines[place].start : lines[place].end]):
            found.append((0, 0))  # a notice that begins with its addressee has no title
        place += max(1, used)
    return found


def _title_from(layout: Layout, lines: list[Line], place: int, *, first: bool) -> tuple[tuple[int, int] | None, int]:
    """Return the title that begins with a line, over up to four lines, and how many lines it takes."""
    start = lines[place].start
    before = _BEFORE_TITLE.match(layout.folded, start, lines[place].end)
    start = before.end() if before else start
    named = _NUMBERED_TITLE.fullmatch(layout.folded, start, lines[place].end)
    if named and looks_like_title(named["title"]):
        return named.span("title"), 1
    begin = layout.folded[start : min(lines[place].end, start + MAX_HEAD_LINE)]
    if (
        len(begin) == MAX_HEAD_LINE
        or _skipped(begin)
        or mark_at(begin, 0, len(begin))
        or re.search(r"[。;:!?,]\s*$", begin)
    ):
        return None, 1
    for used in range(1, 5):
        if place + used > len(lines):
            break
        last = lines[place + used - 1]
        here = layout.folded[last.start : last.end]
        if used > 1 and (_skipped(here) or here.rstrip().endswith((":", "。", ";"))):
            break
        whole = layout.folded[start : last.end].replace("\n", "")
        if looks_like_title(whole):
            (_, end), taken = _with_second_half(layout, lines, place, used)
            return (start, end), taken
        if not first and used == 1 and not re.search("关于|《", whole):
            break
    sole = (
        first
        and not re.search(r"[。;,]", begin)
        and MIN_TITLE <= len(begin) <= MAX_SOLE_TITLE
        and re.search(r"工作|任务|分解|清单|台账|方案|表", begin)
    )
    return ((start, lines[place].end), 1) if sole else (None, 1)


def _with_first_half(
    layout: Layout, lines: list[Line], place: int, span: tuple[int, int], notice: tuple[int, int]
) -> tuple[int, int]:
    """Return the title of a plan with the line above it where the notice's title names both as one."""
    if not place:
        return span
    words = re.sub(r"\s", "", layout.folded[lines[place - 1].start : span[1]])
    return (lines[place - 1].start, span[1]) if words in re.sub(r"\s", "", layout.folded[slice(*notice)]) else span


_TITLE_LABEL = re.compile(r"[\[【]?\s*(?:标\s*题|名\s*称)\s*(?::|[\]】]:?)")
_BEFORE_TITLE = re.compile(  # an annex's word run into the title, or a label before it
    r"附[件表]\d{0,2}(?=20\d\d年|[\u4e00-\u9fff]{2})|[\[【]?\s*(?:标\s*题|名\s*称)\s*(?::|[\]】]:?)[\s|]*(?=\S)"
)
_NUMBERED_TITLE = re.compile(rf"[\u4e00-\u9fff]{{1,12}}\s?{NUMBER_CORE}\s?《(?P<title>[^《》]+)》")
_NOTICE = re.compile(r"(?:通知|意见|决定|方案|报告|函|通报|公告|批复|办法|措施)$")
_HALF = re.compile(r"(?:工作|任务|行动|目标|重点|事项|改革|建设|政策|若干)$")


def _with_second_half(layout: Layout, lines: list[Line], place: int, used: int) -> tuple[tuple[int, int], int]:
    """Return the title in ``used`` lines, or in one more where it breaks off in the middle (…重点工作 / 任务分解表)."""
    start, end = lines[place].start, lines[place + used - 1].end
    whole = re.sub(r"\s", "", layout.folded[start:end])
    if place + used == len(lines):
        return (start, end), used
    after = lines[place + used]
    here = layout.folded[after.start : after.end]
    next_to_it = layout.text[end : after.start].count("\n") == 1 and len(whole) + len(here) <= MAX_TITLE
    unfinished = "关于" in whole and not _NOTICE.search(whole) and bool(_NOTICE.search(here.strip()))
    goes_on = looks_like_title(here) and not _skipped(here) and not re.match(r"\s*(?:关于|\d|附)", here)
    if next_to_it and (unfinished or (bool(_HALF.search(whole)) and goes_on)):
        return (start, after.end), used + 1
    return (start, end), used


def _own_number(layout: Layout, lines: list[Line]) -> str:
    lines = [Line(line.start, min(line.end, line.start + MAX_HEAD_LINE)) for line in lines[:MAX_HEAD_LINES]]
    for line in lines:
        labelled = LABELLED_NUMBER.search(layout.folded, line.start, line.end)
        if labelled:
            return _compact(layout.text, *labelled.span(1))
    for line in lines:
        folded = layout.folded[line.start : line.end]
        for match in CITED.finditer(folded):
            start = match.start() + word_offset(match[0])
            around = folded[max(0, start - 1) : start], folded[match.end() : match.end() + 1]
            alone = folded.strip(" ()") == folded[start : match.end()]
            alone = alone or _beside_title(folded, start, match.end())
            bracketed = around[0] in ("(", "》", "《") or around[1] == ")"
            if alone or (not bracketed and _at_line_edge(folded, start, match.end())):
                return _compact(layout.text, line.start + start, line.start + match.end())
        if CITED.fullmatch(re.sub(r"\s", "", folded)):
            return _compact(layout.text, line.start, line.end)
    for line in lines:
        if _ORDER_NUMBER.fullmatch(layout.folded[line.start : line.end].strip()):
            return _compact(layout.text, line.start, line.end).strip("()（）")
    return ""


def _beside_title(folded: str, start: int, end: int) -> bool:
    """Tell whether a number leads a title in 《》, or closes one in brackets (…工作要點（華政發〔2021〕2號）)."""
    before, after = folded[:start].strip(), folded[end:].strip()
    if not before:
        return after.startswith("《") and looks_like_title(after.strip("《》"))
    title = before.removesuffix("(")
    return (
        before.endswith("(") and after == ")" and looks_like_title(title) and not re.search("转发|贯彻|落实|《", title)
    )


def _at_line_edge(folded: str, start: int, end: int) -> bool:
    before, after = folded[:start].strip(), folded[end:].strip()
    return (
        (not before or bool(_TITLE_END.search(before)) or before.endswith("文件"))
        and len(after) < MAX_BEHIND_NUMBER
        and "。" not in after
    )


def _compact(text: str, start: int, end: int) -> str:
    return re.sub(r"\s", "", text[start:end])


def _read_dates(head: Head, layout: Layout, lines: list[Line], tail: int, *, flat: bool) -> None:
    for line in lines:
        folded = layout.folded[line.start : min(line.end, line.start + 400)]
        published, issued = _PUBLISHED.search(folded), _ISSUED.search(folded)
        if published and head.published_on is None:
            head.published_on = _numeric(published)
        if issued and head.issued_on is None:
            head.issued_on = _numeric(issued)
    ends = [line for line in layout.lines if line.start >= tail]
    for group in (lines, ends):
        if _signature(head, layout, group):
            return
    if flat or not head.issued_on:
        whole = layout.folded
        tail = min(tail, max(0, len(whole) - MAX_SIGNED))
        front = list(_SIGNED_FLAT.finditer(whole, 0, max([line.end for line in lines], default=0)))
        for match in [*front, *list(_SIGNED_FLAT.finditer(whole, max(0, tail - 1)))]:
            if is_unit(match["unit"]):
                head.issuer, head.issued_on = (
                    layout.text[match.start("unit") : match.end("unit")],
                    chinese_date(match["date"]),
                )
                return


def _signature(head: Head, layout: Layout, lines: list[Line]) -> bool:
    for place in range(len(lines) - 1, -1, -1):
        folded = layout.folded_line(lines[place])
        match = _DATE_LINE.fullmatch(folded.strip())
        if match is None or (match["unit"] and not is_unit(re.sub(r"\s", "", match["unit"]))):
            continue
        day = chinese_date(match["date"])
        if day is None:
            continue
        head.issued_on = day
        if match["unit"]:
            head.issuer = _compact(layout.text, lines[place].start, lines[place].start + len(match["unit"]))
        elif place:
            before = layout.folded_line(lines[place - 1])
            plain = re.sub(r"\s", "", before)
            if is_unit(plain) and not is_group(plain):
                head.issuer = _compact(layout.text, lines[place - 1].start, lines[place - 1].end)
        return True
    return False


def chinese_date(token: str) -> date | None:
    """Return the day that a folded 2022年4月12日 or 二零二二年四月十二日 names."""
    parts = re.findall(r"\d+|[零一二三四五六七八九十两]+", token)
    values = [int(part) if part.isdigit() else _value(part) for part in parts[:3]]
    try:
        return date(*values)
    except (TypeError, ValueError):
        return None


def _value(word: str) -> int:
    if "十" in word:
        tens, _, units = word.partition("十")
        return 10 * int(_CHINESE.get(tens, "1")) + int(_CHINESE.get(units, "0"))
    return int("".join(_CHINESE.get("二" if char == "两" else char, "0") for char in word))


def _numeric(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _issuer_of_title(title: str) -> str:
    folded = fold_in_place(title)
    about = folded.find("关于")
    if about > 1 and is_unit(re.sub(r"\s", "", folded[:about])):
        return title[:about].strip()
    unit = re.match(r"[\u4e00-\u9fff]{2,20}?(?:办公厅|办公室|委员会|人民政府|局|厅)(?=[\u4e00-\u9fff\d]{4,})", folded)
    return title[: unit.end()] if unit and about == -1 else ""


__all__ = ["CITED", "Head", "chinese_date", "looks_like_title", "read_head"]
