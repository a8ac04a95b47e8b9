"""Periods that subsidies are paid for (發放期): ``2022``, ``2022-06``, ``2022-Q1`` or ``2022-H1``."""

from __future__ import annotations

import re

from db.errors import Refused
from db.script import fold

_PERIOD = re.compile(r"20\d\d(?:-(?:0[1-9]|1[0-2]|Q[1-4]|H[12]))?")
_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_WRITTEN = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?:年度|年|-|/|\.)?"
    r"(?:第?(?P<quarter>[一二三四1-4])季度?|Q(?P<q>[1-4])|H(?P<h>[12])|(?P<half>[上下])半年"
    r"|(?P<month>1[0-2]|0?[1-9])(?:月份?|(?!\d))|(?!\d))",
    re.IGNORECASE,
)


_DAY = re.compile(r"20\d\d(?:年\d{1,2}月\d{1,2}日?|([./-])\d{1,2}\1\d{1,2})(?!\d)")
_MONTHS = re.compile(r"(20\d\d)年?(\d{1,2})月?(?:份)?[-—–~至到](\d{1,2})月")
_SPANS = {(1, 3): "-Q1", (4, 6): "-Q2", (7, 9): "-Q3", (10, 12): "-Q4", (1, 6): "-H1", (7, 12): "-H2", (1, 12): ""}


def period_in(text: str) -> str:
    """Return the one period that a text such as 「石橋村2022年第一季度發放表」 names, empty where none or several.

    A whole day (2022年6月30日) is when a list was made, no period.
    """
    written = _DAY.sub("", fold(text))
    span = _MONTHS.search(written)
    if span is not None:
        months = int(span[2]), int(span[3])
        return span[1] + _SPANS[months] if months in _SPANS else ""
    found = {_code(match) for match in _WRITTEN.finditer(written)}
    return found.pop() if len(found) == 1 else ""


def _code(match: re.Match[str]) -> str:
    year = match["year"]
    quarter = match["quarter"] or match["q"]
    if quarter:
        return f"{year}-Q{_NUMBERS.get(quarter, quarter)}"
    if match["h"] or match["half"]:
        return f"{year}-H{match['h'] or (1 if match['half'] == '上' else 2)}"
    return f"{year}-{int(match['month']):02}" if match["month"] else year


def settled(period: str) -> str:
    """Return a period as it is stored; raise :class:`Refused` where it is none."""
    tidy = period.strip().upper()
    written = _WRITTEN.fullmatch(fold(period))
    code = tidy if _PERIOD.fullmatch(tidy) else _code(written) if written is not None else ""
    if not _PERIOD.fullmatch(code):
        raise Refused("「{period}」不是發放期。請寫成 2022、2022-06、2022-Q1 或 2022-H1。", period=period)
    return code
