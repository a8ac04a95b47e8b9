"""Deadlines (完成時限): wordings found in running text, and what date and kind a wording means.

The last day of the month, quarter, half-year or year named is meant inclusively; a year that is not written
comes from the document's date; a frequency or 持續推進 is no date.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from db.drafts import DeadlineDraft
from db.terms import DeadlineKind
from exports.plandoc.fold import fold_in_place

_YEAR = r"(?:(?:20\d\d|[二两]零[零一二三四五六七八九]{2})年)"
_MONTH = r"(?:(?:1[0-2]|0?[1-9])月|(?:十[一二]?|[一二三四五六七八九])月)"
_DAY = r"(?:(?:3[01]|[12]\d|0?[1-9])[日号])"
_BEFORE = r"(?:之前|以前|前)"
_DOES = (
    "完成|实现|建成|出台|印发|启动|基本|全面|开工|开展|投产|投用|竣工|完工"
    "|交付|挂牌|上线|运行|组织|召开|举办|达到|建立|制定|编制|公布"
)
_IN_TEXT = re.compile(
    rf"""
    (?<!\d)(?P<phrase>
      {_YEAR}?{_MONTH}(?:份)?(?:底|末|{_DAY})?{_BEFORE}(?!后|[往来期述身景提瞻沿])
    | {_YEAR}?{_MONTH}(?:份)?(?:底|末)
    | {_YEAR}?{_MONTH}(?:上旬|中旬|下旬)(?:{_BEFORE}|(?=完成|底))
    | {_YEAR}(?:年)?(?:底|末){_BEFORE}?
    | {_YEAR}(?:{_BEFORE}|(?:以|之)?内)
    | (?:今年|本年度?|当年|明年)(?:{_MONTH})?(?:年)?(?:底|末){_BEFORE}?
    | (?:{_YEAR}|今年|明年)?(?:上半年|下半年|(?:第)?[一二三四1-4]季度)
      (?:(?:末|底){_BEFORE}?|{_BEFORE}|(?={_DOES}))
    | (?<![0-9一二三四五六七八九十每两几])年(?:底|末){_BEFORE}?
    | (?<![0-9一二三四五六七八九十两几数多前同近往周整历常])年内(?!部|外|容|涵)
    | (?:自)?(?:本[^,。;、]{{1,6}}?)?(?:印发|发布|公布|下发)之日起\d{{1,3}}(?:个工作)?(?:日|天|个月|年)(?:之|以)?内
    | {_YEAR}?{_MONTH}(?:份)?{_DAY}?(?=完成|建成|投入|实现|办结|整改到位|前完成)
    )""",
    re.VERBOSE,
)
_PAST_OR_START = re.compile(r"(?:截至|截止|自|从|早在|于20\d\d年以来)$")
_RANGE = re.compile(r"[\d年月日][-~至]$")
_FREQUENCY = re.compile(r"每(?:年度?|半年|季度?|两?个?月|月度?|两?周|日|天|旬)[^,,。;;!?、()]{0,16}")
_CONTINUOUS = re.compile(r"持续|长期|常态|常年|全年|贯穿|始终|即时|随时")
_EMPTY = frozenset({"", "无", "-", "--", "/", "\\"})
_CHINESE_DIGIT = {char: str(value) for value, char in enumerate("零一二三四五六七八九")}


SHORT_PHRASE = 3  # characters; 9月 alone does not read as a deadline
MAX_TIMING = 30  # characters of a piece that only says by when
_SPACE = re.compile(r"\s+")
_QUOTED = re.compile(r"《[^《》]{0,200}》")


def in_text(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of deadline phrases in running text; titles in 《》 and past or starting dates are none."""
    piece, places = _without_spaces(folded[start:end])
    quoted = [match.span() for match in _QUOTED.finditer(piece)]
    openings = [a for a, _ in quoted]
    found: list[tuple[int, int]] = []
    for match in _IN_TEXT.finditer(piece):
        a, b = match.span("phrase")
        if _PAST_OR_START.search(piece[max(0, a - 6) : a]) or piece[max(0, a - 3) : a].endswith(
            ("每", "每年", "每年度")
        ):
            continue
        if piece[b : b + 2] in ("以来", "起至") or piece[b : b + 1] in ("起", "至", "~"):
            continue
        if _RANGE.search(piece[max(0, a - 3) : a]):
            continue
        around = bisect_right(openings, a) - 1
        if around >= 0 and a < quoted[around][1]:
            continue
        found.append((start + places[a], start + places[b - 1] + 1))
    return found


def _without_spaces(piece: str) -> tuple[str, list[int] | range]:
    """Return a text without white space and where each of its characters stood."""
    if not _SPACE.search(piece):
        return piece, range(len(piece))
    places = [i for i, char in enumerate(piece) if not char.isspace()]
    return "".join(piece[i] for i in places), places


def frequencies(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of frequencies (每年1次以上, 每月28日) in running text: duties, not deadlines."""
    return [
        m.span()
        for m in _FREQUENCY.finditer(folded, start, end)
        if re.search(r"\d|[一二两三四五六]次|至少|[日号底末]", m[0][1:])
    ]


_AROUND_A_DATE = re.compile(
    r"(?:于|在|到|至|力争|确保|计划|拟|须|前|底|内|并|基本|全面|全部|持续|长期|推进|完成|办结|落实|实施|坚持|取得|阶段性|实效|成效|见效|到位|任务|整改|后|分别|[、和及])*"
)
_ONGOING = re.compile(
    r"(?:并|长期|持续|常态化?|全年|常年|贯穿全年|立行立改|立知立改|即知即改|即时|随时|分阶段|推进|开展|坚持|实施|落实|整改|进行|做好|抓好|推动)+"
)
_LASTING = re.compile("长期|持续|常态|全年|常年|立行|立知|即知")


@lru_cache(maxsize=4096)
def is_timing(text: str) -> bool:
    """Tell whether a piece of a clause says nothing but by when (6月底完成, 年内持续推进, 长期坚持)."""
    folded = re.sub(r"\s", "", fold_in_place(text)).strip("。;,")
    if not folded or len(folded) > MAX_TIMING:
        return False
    spans = in_text(folded, 0, len(folded))
    if not spans:
        return bool(_ONGOING.fullmatch(folded) and _LASTING.search(folded))
    rest = "".join(
        folded[a:b] for a, b in zip([0, *(b for _, b in spans)], [*(a for a, _ in spans), None], strict=True)
    )
    return bool(_AROUND_A_DATE.fullmatch(rest))


def goes_with(phrase: str, piece: str) -> bool:
    """Tell whether a date is only half of what its piece says: 年内 of 年内持续推进, 9月 of 9月完成."""
    return len(phrase) < SHORT_PHRASE or bool(_LASTING.search(fold_in_place(piece)))


@lru_cache(maxsize=4096)
def has_date(text: str) -> bool:
    """Tell whether a piece names a day by which something is due: then it is no name of a unit."""
    folded = fold_in_place(text)
    return any(char in folded for char in "月年季") and bool(in_text(folded, 0, len(folded)))


def read_deadline(text: str, *, base: date | None) -> DeadlineDraft:
    """Return the draft of one wording, typed or from a label or column. ``base`` is the document's date."""
    text = text.strip().rstrip("。；;")
    folded = re.sub(r"\s", "", fold_in_place(text))
    if folded in _EMPTY:
        return DeadlineDraft("", None, DeadlineKind.NONE)
    days = dates_in(folded, base=base)
    if days:
        return DeadlineDraft(text.strip(), max(days), DeadlineKind.FIXED)
    if folded.startswith("每") or re.search(r"每(?:年|月|季|周|日|半年)", folded):
        return DeadlineDraft(text.strip(), None, DeadlineKind.RECURRING)
    if _CONTINUOUS.search(folded):
        return DeadlineDraft(text.strip(), None, DeadlineKind.CONTINUOUS)
    if base is None and dates_in(folded, base=date(2000, 1, 1)):
        return DeadlineDraft(text.strip(), None, DeadlineKind.FIXED)  # a day, but of which year is not said
    return DeadlineDraft(text.strip(), None, DeadlineKind.NONE)


_BETWEEN = re.compile(r"[；;\n]")


def wordings(text: str) -> list[str]:
    """Return the wordings of a typed line, in order, each once."""
    return list(dict.fromkeys(part.strip() for part in _BETWEEN.split(text) if part.strip()))


def read_line(text: str, *, base: date | None) -> DeadlineDraft:
    """Return a typed line of one or several wordings as one deadline: the last day it names, by which all is due."""
    told = [read_deadline(one, base=base) for one in wordings(text)]
    told = [one for one in told if one.text]
    days = [one.date for one in told if one.date is not None]
    if not told:
        return DeadlineDraft("", None, DeadlineKind.NONE)
    return DeadlineDraft(text.strip(), max(days, default=None), DeadlineKind.FIXED if days else told[0].kind)


_PARTS = re.compile(
    rf"""(?P<year>{_YEAR}|今年|本年度?|当年|明年|20\d\d(?=[-./]))?[-./]?
    (?:(?P<month>(?<!\d){_MONTH}|(?<=[-./])(?:1[0-2]|0?[1-9])(?!\d))[-./]?(?:份)?
       (?:(?P<day>(?:3[01]|[12]\d|0?[1-9])(?:[日号]|(?![\d月])))|(?P<decade>[上中下])旬|(?P<monthend>底|末))?
      |(?P<half>[上下])半年[底末]?|第?(?P<quarter>[一二三四1-4])季度[底末]?
      |(?P<yearend>(?(year)年?[底末]|年[底末])|年内))""",
    re.VERBOSE,
)
_WITHIN = re.compile(r"印发之日起(\d{1,3})(个工作日|个月|日|天)内")
_RECURS = re.compile(r"每(?:年度?|半年|季度?|个?月|周)$")


def dates_in(folded: str, *, base: date | None) -> list[date]:
    """Return the dates that the wordings in a folded text mean, as far as the year can be told."""
    found = []
    within = _WITHIN.search(folded)
    if within and base and within[2] in ("日", "天"):
        found.append(base + timedelta(days=int(within[1])))
    year = base.year if base else None
    for match in _PARTS.finditer(folded):
        if _RECURS.search(folded[max(0, match.start() - 4) : match.start()]):
            continue
        named = _year(match["year"], base)
        year = named or year
        day = _day_of(match, year) if year else None
        if day is not None:
            found.append(day)
    if not found:
        bare = re.fullmatch(rf"(?:到|至|于)?({_YEAR}){_BEFORE}?(?:完成)?", folded)
        named = _year(bare[1], base) if bare else None
        if named:
            found.append(date(named, 12, 31))
    return found


def _year(word: str | None, base: date | None) -> int | None:
    if not word:
        return None
    if word in ("今年", "本年", "本年度", "当年"):
        return base.year if base else None
    if word == "明年":
        return base.year + 1 if base else None
    plain = "".join(_CHINESE_DIGIT.get("二" if char == "两" else char, char) for char in word.rstrip("年"))
    return int(plain) if plain.isdigit() else None


def _day_of(match: re.Match[str], year: int) -> date | None:
    if match["month"]:
        month = _number(match["month"].rstrip("月"))
        last = monthrange(year, month)[1]
        if match["day"]:
            day = int(re.sub(r"\D", "", match["day"]))
            return date(year, month, day) if 1 <= day <= last else None
        return date(year, month, {"上": 10, "中": 20}.get(match["decade"] or "", last))
    if match["half"]:
        return date(year, 6, 30) if match["half"] == "上" else date(year, 12, 31)
    if match["quarter"]:
        month = 3 * _number(match["quarter"])
        return date(year, month, monthrange(year, month)[1])
    return date(year, 12, 31)


def _number(token: str) -> int:
    if token.isdigit():
        return int(token)
    tens, ten, units = token.rpartition("十")
    return (int(_CHINESE_DIGIT.get(tens, "1")) * 10 if ten else 0) + int(_CHINESE_DIGIT.get(units, "0") or 0)


_WORDING = re.compile(
    r"持续|长期|常态|全年|贯穿|年底|月底|年内|季度|半年|每年|每月|每季|立即|即时|\d{1,2}月|20\d\d年|20\d\d\.\d"
)


def is_wording(folded: str) -> bool:
    """Tell whether a short cell reads as a deadline."""
    return len(folded) <= 40 and bool(_WORDING.search(folded))  # noqa: PLR2004 - longer ones are tasks
