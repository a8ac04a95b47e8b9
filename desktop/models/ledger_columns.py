"""The columns of the ledger on screen: those of its sheets, with shorter titles, and the task as one column.

What a cell holds comes from ``exports.workbook.columns``; only what is different on screen stands here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from db.ledger import LedgerRow
from exports.words import Words
from exports.workbook.columns import COLUMNS, Column

TASK = "task"


@dataclass(frozen=True, slots=True)
class ScreenColumn:
    """``width`` is in characters; ``on_paper`` are the columns of the sheet that stand for it there."""

    key: str
    title: str
    width: int
    text: Callable[[LedgerRow, Words], str]
    shown: bool = False
    centred: bool = False
    on_paper: tuple[str, ...] = ()


_SCREEN = {
    "light": ("燈", 4),
    "code": ("編號", 7),
    TASK: ("任務", 15),
    "lead": ("牽頭", 8),
    "deadline": ("時限", 5),
    "percent": ("進度", 3),
    "task_state": ("狀態", 3),
    "report_state": ("報送", 4),
    "others": ("責任", 8),
    "leader": ("分管領導", 4),
    "progress": ("最近進展", 18),
}
"""Shown unless the clerk chooses others: key, title on screen, width in characters."""
_WIDTH = 10


def _task(row: LedgerRow, words: Words) -> str:
    return words.data(row.measure or row.point_text)


def _latest(row: LedgerRow, words: Words) -> str:
    """Return the last report with the month it speaks of."""
    told = row.progress or row.problem or row.next_step
    month = f"{int(row.period[5:])}" if row.period else ""
    return words.fixed(f"{month}月：") + words.data(told) if month else words.data(told)


def _percent(row: LedgerRow, _words: Words) -> str:
    return "" if row.percent is None else f"{row.percent}%"


def _lead(row: LedgerRow, words: Words) -> str:
    """Return the lead unit; where none is named, that it is to be named."""
    return words.data(row.lead) if row.lead else words.fixed("待定")


_OWN: dict[str, Callable[[LedgerRow, Words], str]] = {
    "progress": _latest,
    "percent": _percent,
    "lead": _lead,
    "note": lambda row, words: words.data(row.note),
}


def _of_sheet(column: Column) -> Callable[[LedgerRow, Words], str]:
    def text(row: LedgerRow, words: Words) -> str:
        value = column.value(row, words)
        if value is None:
            return ""
        return value.isoformat() if isinstance(value, date) else str(value)

    return text


def _made() -> tuple[ScreenColumn, ...]:
    made = {
        column.key: ScreenColumn(
            column.key,
            _SCREEN.get(column.key, (column.title, 0))[0],
            _SCREEN.get(column.key, ("", _WIDTH))[1],
            _OWN.get(column.key, _of_sheet(column)),
            column.key in _SCREEN,
            column.centred and column.key not in {"lead", "code", "light"},
            (column.key,),
        )
        for column in COLUMNS
        if column.key != "sequence"
    }
    made[TASK] = ScreenColumn(TASK, *_SCREEN[TASK], _task, shown=True, on_paper=("text", "measure"))
    return tuple(made[key] for key in [*_SCREEN, *(key for key in made if key not in _SCREEN)])


SCREEN_COLUMNS = _made()
KEYS = tuple(column.key for column in SCREEN_COLUMNS)
USUAL = tuple(column.key for column in SCREEN_COLUMNS if column.shown)


def on_paper(keys: tuple[str, ...]) -> list[str]:
    """Return the columns of a sheet that show what these columns show, the counting column first."""
    known = {column.key: column.on_paper for column in SCREEN_COLUMNS}
    return ["sequence", *dict.fromkeys(paper for key in keys or USUAL for paper in known.get(key, ()))]
