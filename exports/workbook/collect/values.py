"""What a returned cell says: percentages, states, days and texts as units write them, or why it cannot be taken."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.merge import ERASED, NOTHING, Answer, Value
from db.script import fold
from db.terms import TaskState
from exports.plandoc.deadlines import dates_in
from exports.workbook.collect.cells import LONGEST_NUMBER, Cell, number_text
from exports.workbook.travel import ERASE, STATES, Kind

_FULL = 100
_LONGEST_TEXT = 40_000
_LONGEST_WORD = 12
_NOTHING_SAID = frozenset({"无", "/", "\\", "-", "--", "—", "——", "无。"})
"""What units put into a cell that needs no number, state or day."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell as understood: its answer, or None with what was expected; ``assumed`` says what was read into it."""

    answer: Answer | None
    expected: str = ""
    assumed: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a value is read against: the year that a day without one belongs to, and the book's count of days."""

    year: int
    mac_dates: bool = False


def read(cell: Cell | None, kind: Kind, setting: Setting) -> Reading:
    """Return what a cell of one kind says. A formula counts with the result its program left, and is marked."""
    if cell is None or (cell.text == "" and not cell.formula):
        return Reading(NOTHING)
    refused = _refused(cell)
    if refused:
        return Reading(None, refused)
    if isinstance(cell.value, str) and len(cell.value) < _LONGEST_WORD and fold(cell.value) == fold(ERASE):
        return Reading(ERASED)
    reading = _READERS[kind](cell, setting)
    if cell.formula and reading.answer is not None and not reading.assumed:
        return Reading(reading.answer, assumed="是公式，按顯示的結果讀取")
    return reading


def _refused(cell: Cell) -> str:
    """Return why no kind of column can take a cell, empty where one may."""
    if cell.text == "":
        return "是公式，而且沒有算出的結果；請直接填寫內容"
    if cell.error:
        return "是公式的錯誤值，請直接填寫內容"
    if isinstance(cell.value, str):
        return "文字太長，超過一個單元格的容量" if len(cell.value) > _LONGEST_TEXT else ""
    if isinstance(cell.value, float | int) and not isinstance(cell.value, bool) and abs(cell.value) >= LONGEST_NUMBER:
        return "數字超過 15 位，末尾的數字已經丟失；請設為文本格式重新填寫"
    return ""


def _text(cell: Cell, _: Setting) -> Reading:
    """Return a text without blanks around it; a tab or a line break that begins it stays, as it was meant or not."""
    text = cell.value if isinstance(cell.value, str) else cell.text
    text = re.sub(r"\r\n?|_x000D_\n?", "\n", text)
    return Reading(Answer(re.sub(r"\A[^\S\t\n]+", "", text).rstrip()))


_PERCENT = re.compile(r"(约|大约|大概)?(\d{1,9}(?:\.\d{1,9})?)(%)?(左右)?")
_TENTHS = re.compile(r"([一二三四五六七八九十两]|10|[1-9])成([一二三四五六七八九半]|[1-9])?")
_HUNDREDTHS = re.compile(r"百分之([零一二三四五六七八九十百两\d]{1,5})")
_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_NOT_PERCENT = "應是 0 到 100 的整數，例如 80"


def _percent(cell: Cell, _: Setting) -> Reading:
    value = cell.value
    if isinstance(value, bool | date):
        return Reading(None, _NOT_PERCENT)
    if isinstance(value, str):
        return _percent_text(fold(value))
    return _percent_number(value * _FULL) if cell.percent else _bare_number(value)


def _bare_number(value: float) -> Reading:
    """Return a number that no format and no sign explains."""
    if value == 1:
        return Reading(None, "是 1，不知是 1% 還是 100%；請填 1 到 100 的整數並註明")
    if 0 < value < 1:
        read = _percent_number(value * _FULL)
        return read if read.answer is None else Reading(read.answer, assumed=f"按 {number_text(_value(read))}% 讀取")
    return _percent_number(value)


def _value(reading: Reading) -> int:
    assert reading.answer is not None
    assert isinstance(reading.answer.value, int)
    return reading.answer.value


def _percent_number(value: float) -> Reading:
    whole = round(value)
    if abs(value - whole) > 1e-6 or not 0 <= whole <= _FULL:  # noqa: PLR2004 - what binary fractions leave over
        return Reading(None, _NOT_PERCENT)
    return Reading(Answer(whole))


def _percent_text(text: str) -> Reading:
    if text in _NOTHING_SAID:
        return Reading(NOTHING, assumed="按未填讀取")
    if plain := _PERCENT.fullmatch(text):
        number = float(plain[2])
        read = _percent_number(number) if plain[3] else _bare_number(number)
        about = (plain[1] or plain[4]) and read.answer is not None
        return Reading(read.answer, assumed=f"按 {_value(read)}% 讀取") if about else read
    if tenths := _TENTHS.fullmatch(text):
        parts = {"十": 10, "半": 5} | _DIGIT
        first, second = (parts.get(part, int(part) if part.isdigit() else 0) for part in (tenths[1], tenths[2] or "零"))
        return _percent_number(first * 10 + second)
    if hundredths := _HUNDREDTHS.fullmatch(text):
        return _percent_number(_numeral(hundredths[1]))
    if text == "一半":
        return Reading(Answer(50), assumed="按 50% 讀取")
    return Reading(None, _NOT_PERCENT)


def _numeral(text: str) -> float:
    """Return the value of a numeral up to a hundred; one that is none gives a number out of reach."""
    if text.isdigit():
        return int(text)
    if text in {"百", "一百"}:
        return _FULL
    tens, ten, units = text.rpartition("十")
    if any(part and part not in _DIGIT for part in (tens, units)):
        return -1
    return (_DIGIT.get(tens, 1) * 10 if ten else 0) + _DIGIT.get(units, 0)


_STATE_WORDS = {
    TaskState.DONE: "完成 已完成 全部完成 办结 已办结 完结 已完结 销号 已销号 已落实 完成销号",
    TaskState.IN_PROGRESS: "进行中 推进中 正在推进 正在进行 正在办理 办理中 实施中 在办 已开工 已启动 正常推进 未完成",
    TaskState.NOT_STARTED: "未开始 尚未开始 未启动 尚未启动 未开工",
}
_STATE = {word: state for state, words in _STATE_WORDS.items() for word in words.split()}
_STATE |= {fold(state.label): state for state in STATES}
_NOT_STATE = f"應是{'、'.join(state.label for state in STATES)}之一"


def _status(cell: Cell, _: Setting) -> Reading:
    text = fold(cell.text).strip("。.")
    if text in _NOTHING_SAID:
        return Reading(NOTHING, assumed="按未填讀取")
    state = _STATE.get(text)
    if state is None:
        return Reading(None, _NOT_STATE)
    return Reading(Answer(state), assumed="" if text == fold(state.label) else f"按「{state.label}」讀取")


_DAY = re.compile(r"(\d{4}|\d{2})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?(?:[T ]?0?0:00(?::00)?)?")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_MONTH_DAY = re.compile(r"(\d{1,2})[-./月](\d{1,2})[日号]?")
_NOT_DAY = "應是日期，例如 2022-06-30"
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_MAC_SHIFT = 1462
_SERIAL_DIGITS = 5
_EPOCH = date(1899, 12, 30)


def _date(cell: Cell, setting: Setting) -> Reading:
    value = cell.value
    if isinstance(value, bool):
        return Reading(None, _NOT_DAY)
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _sensible(value)
    if isinstance(value, str):
        return _date_text(fold(value), setting)
    return _serial(value, setting)


def _serial(value: float, setting: Setting) -> Reading:
    if not value.is_integer():
        return Reading(None, _NOT_DAY)
    if compact := _COMPACT.fullmatch(str(int(value))):
        return _day_of(compact[1], compact[2], compact[3])
    days = int(value) + (_MAC_SHIFT if setting.mac_dates else 0)
    if not 0 < days < 100_000:  # noqa: PLR2004 - what a date can hold
        return Reading(None, _NOT_DAY)
    read = _sensible(_EPOCH + timedelta(days=days))
    return read if read.answer is None else _assumed(read.answer.value)


def _date_text(text: str, setting: Setting) -> Reading:
    if text in _NOTHING_SAID:
        return Reading(NOTHING, assumed="按未填讀取")
    text = text.rstrip("。.前")
    for form in (_COMPACT, _DAY):
        if whole := form.fullmatch(text):
            return _day_of(whole[1], whole[2], whole[3])
    if text.isdigit() and len(text) == _SERIAL_DIGITS:
        return _serial(float(text), setting)
    return _worded_day(text, setting)


def _worded_day(text: str, setting: Setting) -> Reading:
    """Return a day without a year, or one that a wording such as 4月底 means."""
    if short := _MONTH_DAY.fullmatch(text):
        read = _day_of(str(setting.year), short[1], short[2])
        return read if read.answer is None else _assumed(read.answer.value)
    meant = dates_in(text, base=date(setting.year, 12, 31))
    if len(meant) == 1:
        return _assumed(meant[0])
    return Reading(None, _NOT_DAY)


def _day_of(year: str, month: str, day: str) -> Reading:
    number = int(year) + (2000 if len(year) < 4 else 0)  # noqa: PLR2004
    try:
        return _sensible(date(number, int(month), int(day)))
    except ValueError:
        return Reading(None, "沒有這一天，請核對日期")


def _sensible(day: date) -> Reading:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return Reading(None, f"年份不對，{_NOT_DAY}")
    return Reading(Answer(day))


def _assumed(day: Value) -> Reading:
    return Reading(Answer(day), assumed=f"按 {day} 讀取")


_READERS: dict[Kind, Callable[[Cell, Setting], Reading]] = {
    Kind.TEXT: _text,
    Kind.PERCENT: _percent,
    Kind.STATUS: _status,
    Kind.DATE: _date,
}
