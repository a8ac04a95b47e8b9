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


def period_in(text: str) -> str:
    """Return the one period that a text such as 「石橋村2022年第一季度發放表」 names, empty where none or several."""
    found = {_code(match) for match in _WRITTEN.finditer(fold(text))}
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
