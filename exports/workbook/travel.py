"""The sheet that travels (分發表): its columns, names and marks of identity, declared once for writer and reader.

On the visible sheet, from above: the title; a line with unit, period, due day, dispatch and token; a heading in two
rows (groups merged above, every column's own heading in the lower one); a category row and the tasks the unit
leads, another one and those it co-operates in; a category row with blank rows for new matters; the filling-in note.
A workbook says what it is in five places: the code of each row, the line under the title, the hidden sheet
:data:`IDENTITY_SHEET`, the document's properties, and the name of the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from db.terms import TaskState, UnitRole
from exports.workbook.columns import COLUMNS as LEDGER_COLUMNS


class Kind(StrEnum):
    """What a column holds. ``CODE`` is a short code; ``PERCENT`` a plain number 0-100; ``STATUS`` of a list."""

    TEXT = "text"
    WHOLE = "whole"
    CODE = "code"
    PERCENT = "percent"
    STATUS = "status"
    DATE = "date"


class Group(StrEnum):
    """What the upper row of the heading says over columns; its value is that heading."""

    TASK = "任務（請勿改動）"
    LAST = "上期填報"
    INPUT = "本期填報"


@dataclass(frozen=True, slots=True)
class TravelColumn:
    """One column. ``width`` is the least, in half-width characters; ``grows`` columns share the rest of the page.

    ``input`` columns are for the unit to fill in, the others are locked. An ``optional`` one is left out where no
    row of the sheet has anything in it; a ``hidden`` one is there for the colouring of what is overdue.
    """

    key: str
    title: str
    width: int
    kind: Kind = Kind.TEXT
    group: Group = Group.TASK
    synonyms: tuple[str, ...] = ()
    centred: bool = False
    grows: bool = False
    optional: bool = False
    hidden: bool = False

    @property
    def input(self) -> bool:
        """Tell whether the unit fills the column in."""
        return self.group is Group.INPUT

    @property
    def names(self) -> tuple[str, ...]:
        """Return all headings the column is known by."""
        return (self.title, *self.synonyms)


def _of_ledger(key: str, more: str = "") -> tuple[str, ...]:
    """Return the headings a column of the ledger is known by, and ``more``."""
    column = next(one for one in LEDGER_COLUMNS if one.key == key)
    return tuple(dict.fromkeys((column.title, *column.synonyms, *more.split())))


COLUMNS = (
    TravelColumn("sequence", "序號", 4, Kind.WHOLE, centred=True, synonyms=_of_ledger("sequence")),
    TravelColumn("code", "編號", 13, Kind.CODE, centred=True, synonyms=_of_ledger("code")),
    TravelColumn("task", "工作要點", 24, grows=True, synonyms=_of_ledger("text")),
    TravelColumn("measure", "具體舉措", 14, grows=True, optional=True, synonyms=_of_ledger("measure")),
    TravelColumn("lead", "牽頭單位", 9, centred=True, synonyms=_of_ledger("lead")),
    TravelColumn("others", "責任單位", 10, grows=True, synonyms=_of_ledger("others")),
    TravelColumn("deadline", "完成時限", 8, centred=True, synonyms=_of_ledger("deadline")),
    TravelColumn(
        "last_percent", "上期進度(%)", 6, Kind.PERCENT, Group.LAST, ("上期進度", "上月進度", "上次進度"), centred=True
    ),
    TravelColumn(
        "last_text",
        "上期進展情況",
        14,
        group=Group.LAST,
        grows=True,
        synonyms=("上期進展", "上期情況", "上月進展", "上月進展情況", "上次進展", "上次填報"),
    ),
    TravelColumn(
        "percent", "進度(%)", 6, Kind.PERCENT, Group.INPUT, _of_ledger("percent", "本期進度 本月進度"), centred=True
    ),
    TravelColumn(
        "status",
        "狀態",
        7,
        Kind.STATUS,
        Group.INPUT,
        _of_ledger("task_state", "辦理狀態 工作狀態 進展狀態 本期狀態"),
        centred=True,
    ),
    TravelColumn(
        "text",
        "進展情況",
        22,
        group=Group.INPUT,
        grows=True,
        synonyms=_of_ledger("progress", "本期進展 本期進展情況 本月進展 本月進展情況"),
    ),
    TravelColumn("problem", "存在問題", 12, group=Group.INPUT, grows=True, synonyms=_of_ledger("problem")),
    TravelColumn("next_step", "下一步措施", 12, group=Group.INPUT, grows=True, synonyms=_of_ledger("next_step")),
    TravelColumn(
        "finished_on",
        "完成日期",
        10,
        Kind.DATE,
        Group.INPUT,
        ("實際完成時間", "實際完成日期", "辦結時間", "辦結日期", "銷號時間", "銷號日期"),
        centred=True,
    ),
    TravelColumn("deadline_on", "時限日期", 10, Kind.DATE, optional=True, hidden=True),
)
BY_KEY: Mapping[str, TravelColumn] = {column.key: column for column in COLUMNS}
INPUTS = tuple(column.key for column in COLUMNS if column.input)
"""The fields of a report in their order on the sheet: percent, status, text, problem, next_step, finished_on."""

STATES = (TaskState.NOT_STARTED, TaskState.IN_PROGRESS, TaskState.DONE)
"""What a unit may choose as 狀態, by label; a task is withdrawn by the county office only."""
ERASE = "清空"
"""What a unit writes into a cell to erase what the ledger has; a blank cell is no report."""

BANDS: Mapping[UnitRole, str] = {UnitRole.LEAD: "牽頭任務", UnitRole.CO: "配合任務"}
"""What a category row begins with, by the part the unit has in the rows under it."""
NEW_BAND = "新增事項"
NEW_ROWS = 3
NOTE_START = "填表說明"

REGISTER_FILE = "分發登記.xlsx"
"""The register beside the workbooks of a sending, in the office's script; no unit's return."""
DRAFT_KIND = ".eml"
"""What the names of mail drafts end with, which lie in a folder beside the workbooks."""

SHEET = "工作臺賬"
IDENTITY_SHEET = "taizhang"
"""The hidden sheet: a name of an :class:`Identity` and its value in each row, then ``row``, code and role of each."""
LISTS_SHEET = "taizhang_lists"
PROPERTY = "taizhang."
"""What the names of the document's own properties begin with; an :class:`Identity`'s names follow."""
FORMAT = "1"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a workbook says of itself. ``dispatch`` is period and number (``2022-06-1``); days are ISO."""

    token: str
    dispatch: str
    unit: str
    period: str
    year: str
    due: str
    format: str = FORMAT

    def pairs(self) -> list[tuple[str, str]]:
        """Return names and values as the hidden sheet and the properties hold them."""
        return [(name, getattr(self, name)) for name in self.__slots__]


_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\s]+')
_UNIT_LENGTH = 40


def safe_name(text: str) -> str:
    """Return a text as part of a file name on every system."""
    return _NOT_IN_NAMES.sub("", text).strip(".")


def file_name(unit: str, sheet: str, period: str, token: str) -> str:
    """Return the name of a unit's workbook: ``縣財政局_工作臺賬_2022-06_T2206-K7M3QX.xlsx``.

    ``db.codes.find_tokens`` finds the token in it again, whatever a unit has put around it.
    """
    return f"{safe_name(unit)[:_UNIT_LENGTH]}_{safe_name(sheet)}_{period}_{token}.xlsx"
