"""Answers that stand in each other's columns: a number under 進展情況 while the text stands under 進度."""

from __future__ import annotations

import re
from collections.abc import Sequence

from db.returns import FoundCell, Rule
from db.terms import Verdict
from exports.workbook import travel
from exports.workbook.collect.cells import Cell
from exports.workbook.collect.values import Setting, read

_NUMBER = re.compile(r"[\d０-９]{1,3}(?:[.．][\d０-９]+)?\s*[%％]?")
_LONGEST = 20
"""Characters of a number, a state or a day; a longer text is a report, whatever begins it."""


def ask_about_swapped(cells: Sequence[FoundCell], setting: Setting) -> None:
    """Make a text of one row a question where it reads as what another column of the row wants and has not.

    A text column takes anything, so what was typed into it by mistake would be taken without a word. A bare number
    is no report on a task, whatever stands beside it.
    """
    wanting = [cell for cell in cells if cell.answer is None and cell.found and _kind(cell) is not travel.Kind.TEXT]
    for cell in cells:
        if _kind(cell) is not travel.Kind.TEXT or cell.answer is None or not 0 < len(cell.found) <= _LONGEST:
            continue
        meant = next((one.field for one in wanting if _reads(cell.found, _kind(one), setting)), None)
        if meant is None and cell.field == "text" and _NUMBER.fullmatch(cell.found):
            meant = "percent"
        if meant is not None:
            cell.verdict, cell.rules = Verdict.CONFLICT, (*cell.rules, Rule.ASSUMED)
            problem = f"像是「{travel.BY_KEY[meant].title}」的內容，是否填錯了列？請核對"
            cell.problem = "；".join(part for part in (cell.problem, problem) if part)


def _kind(cell: FoundCell) -> travel.Kind:
    return travel.BY_KEY[cell.field].kind


def _reads(text: str, kind: travel.Kind, setting: Setting) -> bool:
    answer = read(Cell(text), kind, setting).answer
    return answer is not None and answer.given and answer.value is not None
