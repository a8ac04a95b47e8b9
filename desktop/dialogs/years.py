"""From year to year: unfinished tasks carried over, and the years beside each other (年度比較)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget

from db.changes import Changes
from db.database import Database
from desktop.desk import Desk
from desktop.dialogs.step import StepDialog
from desktop.widgets.readtable import ReadTable

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.course_year import YearLine

_TITLES = ("年度", "牽頭單位", "任務", "完成", "在辦", "撤銷", "結轉來", "平均進度", "完成率")
_FIRST, _LAST = 2000, 2099


@dataclass(frozen=True, slots=True)
class Years:
    """The years of the database, the latest first, and what is in each."""

    years: tuple[int, ...]
    lines: tuple[YearLine, ...]


def load(session: Session) -> Years:
    """Read the comparison of all years."""
    from db import course_year

    found = course_year.years(session)
    return Years(tuple(found), tuple(course_year.compare(session, found)))


class YearsDialog(StepDialog):
    """The comparison above, the step into a new year below it."""

    def __init__(self, parent: QWidget, desk: Desk, years: Years) -> None:
        super().__init__(parent, desk, "年度比較和結轉", "結轉未完成任務")
        latest = years.years[0] if years.years else _FIRST
        self._open = {line.year: line.running for line in years.lines if not line.unit}
        self.table = ReadTable(desk.words, "年度比較", _TITLES, wide=1)
        self.table.show_rows([_row(desk, line) for line in years.lines])
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, self.table, 10)
        self.from_year, self.to_year = QSpinBox(), QSpinBox()
        for box, value, name, row in ((self.from_year, latest, "從", 0), (self.to_year, latest + 1, "到", 1)):
            box.setRange(_FIRST, _LAST)
            box.setValue(value)
            box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
            self.form.put(box, name, row, 0)
            box.valueChanged.connect(self._say)
        self._say()
        high = self.fontMetrics().height()
        self.resize(min(1000, 44 * high), min(620, 26 * high))

    def _say(self) -> None:
        n, year = self._open.get(self.from_year.value(), 0), self.from_year.value()
        told = "{year} 年有 {n} 項任務沒有完成。結轉後，它們連同單位、時限和進度出現在新年度，原年度不變。"
        self.desk.words.put(self.head, told, year=year, n=n)
        self.ok_button.setEnabled(n > 0)

    def show_first(self) -> None:
        """Open with the cursor on the comparison."""
        self.begin(self.table)

    def operation(self) -> Callable[[Database], Changes]:
        """Return the operation that carries the tasks over."""
        before, after = self.from_year.value(), self.to_year.value()

        def work(database: Database) -> Changes:
            from db import course_year

            return course_year.new_year(database, from_year=before, to_year=after)

        return work


def _row(desk: Desk, line: YearLine) -> Sequence[str]:
    counts = (line.tasks, line.done, line.running, line.withdrawn, line.carried)
    shares = ("—" if value is None else f"{value}%" for value in (line.percent, line.finished))
    return (str(line.year), line.unit or desk.say("全部"), *map(str, counts), *shares)
