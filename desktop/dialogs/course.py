"""Steps of the year's course on chosen tasks (年中變動): withdraw, resume, merge, hand over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.terms import CourseKind, UnitLevel
from desktop.desk import Desk
from desktop.dialogs.step import StepDialog, day_of
from desktop.widgets.picker import Picker

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_TOLD = 80  # characters of a single task above the form
_SHOWN = 24  # characters of a task in the list of those to go on
TITLES = {
    CourseKind.WITHDRAWN: ("撤銷任務", "撤銷任務"),
    CourseKind.RESUMED: ("恢復任務", "恢復任務"),
    CourseKind.MERGED: ("併入任務", "併入"),
    CourseKind.HANDED_OVER: ("移交任務", "移交"),
    CourseKind.SENT_BACK: ("退回補正", "退回"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The tasks a step is for, as (id, code, text), and the units that may take them over."""

    tasks: tuple[tuple[int, str, str], ...]
    units: tuple[tuple[str, int], ...]


def load(session: Session, ids: Sequence[int]) -> Chosen:
    """Read what the dialog shows."""
    from db import units
    from db.assignments import chosen

    tasks = chosen(session, ids)
    levels = (UnitLevel.COUNTY, UnitLevel.TOWN)
    return Chosen(
        tuple((task.id, task.code, task.point.text if task.point else task.measure) for task in tasks),
        tuple((unit.name, unit.id) for level in levels for unit in units.listed(session, level=level)),
    )


class CourseDialog(StepDialog):
    """One step for one or several tasks, with its reason and its day."""

    def __init__(self, parent: QWidget, desk: Desk, kind: CourseKind, chosen: Chosen) -> None:
        super().__init__(parent, desk, *TITLES[kind])
        self.kind, self._chosen = kind, chosen
        self.to, self.into = Picker(desk.words), QComboBox()
        self.stays = QCheckBox()
        self._say_tasks()
        if kind is CourseKind.HANDED_OVER:
            self.form.put(self.to, "接辦單位", 0, 0)
            self.to.offer(chosen.units)
        if kind is CourseKind.MERGED:
            self._offer_target()
        self.reason = self.form.line("原因", 1, 0)
        back = kind is CourseKind.SENT_BACK
        told = "哪裏要補正，單位按這句話改；重報後自動解除" if back else "必填，記入任務的經過"
        self.desk.words.put(self.reason, told, setter="setPlaceholderText")
        self.on = self.date_field("退回日期" if back else "從哪天起", 2)
        if kind is CourseKind.HANDED_OVER:
            desk.words.put(self.stays, "原牽頭單位留作責任單位")
            self.form.grid.addWidget(self.stays, 3, 1)

    def _say_tasks(self) -> None:
        tasks = self._chosen.tasks
        if len(tasks) == 1:
            _id, code, text = tasks[0]
            self.head.setText(f"{code}　{text if len(text) <= _TOLD else text[:_TOLD] + '…'}")
            self.head.setToolTip(text)
        else:
            codes = "、".join(code for _id, code, _text in tasks[:6]) + ("…" if len(tasks) > 6 else "")  # noqa: PLR2004
            self.desk.words.put(self.head, "{n} 項任務：{codes}", n=len(tasks), codes=codes)

    def _offer_target(self) -> None:
        self.into.setEditable(True)
        self.into.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.form.put(self.into, "併入哪一項", 0, 0)
        for number, code, text in self._chosen.tasks if len(self._chosen.tasks) > 1 else ():
            self.into.addItem(f"{code}　{text[:_SHOWN]}", number)
        line = self.into.lineEdit()
        assert line is not None
        self.desk.words.put(line, "選擇，或輸入別的任務編號", setter="setPlaceholderText")
        self.desk.words.put(line, "併入哪一項", setter="setAccessibleName")

    def show_first(self) -> None:
        """Open with the cursor in the first field."""
        first = {CourseKind.HANDED_OVER: self.to, CourseKind.MERGED: self.into}.get(self.kind, self.reason)
        self.begin(first)

    def operation(self) -> Callable[[Database], Changes]:
        """Return the step as an operation."""
        ids, reason, on = [task[0] for task in self._chosen.tasks], self.reason.text(), day_of(self.on)
        if self.kind is CourseKind.MERGED:
            return self._merging(ids, reason)
        to, stays = self.to.unit(), self.stays.isChecked()
        if self.kind is CourseKind.HANDED_OVER and to is None:
            self.to.setFocus()
            raise Refused("請選擇接辦單位。")

        def work(database: Database) -> Changes:
            from db import assignments, course, sendback

            if self.kind is CourseKind.WITHDRAWN:
                return assignments.withdraw(database, ids=ids, reason=reason, on=on)
            if self.kind is CourseKind.RESUMED:
                return course.resume(database, ids=ids, reason=reason, on=on)
            if self.kind is CourseKind.SENT_BACK:
                return sendback.send_back(database, ids=ids, reason=reason, on=on)
            assert to is not None
            return course.hand_over(database, ids=ids, to=to, reason=reason, on=on, stays=stays)

        return work

    def _merging(self, ids: list[int], reason: str) -> Callable[[Database], Changes]:
        on, typed = day_of(self.on), self.into.currentText().split("　")[0].strip()
        if not typed:
            self.into.setFocus()
            raise Refused("請選擇併入哪一項任務。")

        def work(database: Database) -> Changes:
            from db import course
            from db.assignments import by_code

            with database.reading() as session:
                into = by_code(session, typed).id
            return course.merge(database, ids=ids, into=into, reason=reason, on=on)

        return work
