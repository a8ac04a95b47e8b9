"""One more task of any point (添加任務): which point, who leads, what and by when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.script import fold
from db.terms import UnitLevel
from desktop.desk import Desk
from desktop.dialogs.step import StepDialog
from desktop.pages import entry_values
from desktop.pages.plans_values import read_names
from desktop.widgets.picker import Picker

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_SHOWN = 40  # characters of a point in the list


@dataclass(frozen=True, slots=True)
class Offer:
    """The points a task can be added to and the county's units, by name and id; ``years`` are those of the plans.

    ``point`` is the one that is chosen at first.
    """

    points: tuple[tuple[str, int], ...]
    years: dict[int, int]
    units: tuple[tuple[str, int], ...]
    leaders: dict[int, str]
    point: int | None


def load(session: Session, assignment: int | None) -> Offer:
    """Read what the dialog offers; the point of ``assignment`` is chosen at first."""
    from sqlalchemy import select
    from sqlalchemy.orm import joinedload

    from db import units
    from db.models import Assignment, Plan, WorkPoint
    from db.searchtext import point_code

    query = select(WorkPoint).join(Plan).where(~WorkPoint.dropped).options(joinedload(WorkPoint.plan))
    rows = session.scalars(query.order_by(Plan.year.desc(), Plan.position, Plan.id, WorkPoint.position)).all()
    levels = (UnitLevel.COUNTY, UnitLevel.TOWN)
    known = [unit for level in levels for unit in units.listed(session, level=level)]
    task = session.get(Assignment, assignment) if assignment is not None else None
    return Offer(
        tuple((f"{point_code(row)}　{' '.join(row.text.split())[:_SHOWN]}", row.id) for row in rows),
        {row.id: row.plan.year for row in rows},
        tuple((unit.name, unit.id) for unit in known),
        {unit.id: unit.leader for unit in known},
        task.point_id if task is not None else None,
    )


class TaskDialog(StepDialog):
    """Asks for the point and the facts of one more task."""

    def __init__(self, parent: QWidget, desk: Desk, offer: Offer) -> None:
        super().__init__(parent, desk, "添加任務", "添加任務")
        self._offer = offer
        desk.words.put(self.head, "給一條要點再添加一項任務。添加後和其他任務一樣填報、分發、打印。")
        self.point, self.lead = Picker(desk.words), Picker(desk.words)
        self.form.put(self.point, "要點", 0, 0)
        self.form.put(self.lead, "牽頭單位", 1, 0)
        self.others = self.form.line("責任單位", 2, 0)
        self.measure = self.form.text("具體舉措", 3, 0, lines=3)
        self.deadline = self.form.line("完成時限", 4, 0)
        self.due = self.form.line("截止日期", 5, 0)
        self.point.offer(offer.points)
        self.lead.offer(offer.units)
        chosen = next((place for place, (_, point) in enumerate(offer.points) if point == offer.point), -1)
        self.point.setCurrentIndex(chosen)
        line = self.point.lineEdit()
        assert line is not None
        line.setCursorPosition(0)
        desk.words.put(line, "輸入編號或文字的一部分，或從列表選擇", setter="setPlaceholderText")
        desk.words.put(line, "要點", setter="setAccessibleName")
        desk.words.put(self.others, "幾個單位用頓號分開", setter="setPlaceholderText")
        desk.words.put(self.measure, "本縣做什麼；不填就顯示要點的文字", setter="setPlaceholderText")
        desk.words.put(self.deadline, "原話，如：9月底前", setter="setPlaceholderText")
        desk.words.put(self.due, "如 6.30；不填就按原話推算", setter="setPlaceholderText")

    def show_first(self) -> None:
        """Open with the cursor in the first field that is empty."""
        self.begin(self.point if self.point.unit() is None else self.lead)

    def operation(self) -> Callable[[Database], Changes]:
        """Return the operation that adds the task."""
        from db.drafts import DeadlineDraft
        from exports.plandoc.deadlines import read_line

        point, lead, measure = self.point.unit(), self.lead.unit(), self.measure.toPlainText().strip()
        if point is None:
            self.point.setFocus()
            raise Refused("請選擇要點。")
        if lead is None:
            self.lead.setFocus()
            raise Refused("請選擇牽頭單位。")
        others, year = self._others(), self._offer.years[point]
        try:
            due = entry_values.day(self.due.text(), year=year)
        except entry_values.MistypedError as mistake:
            self.due.setFocus()
            raise Refused(str(mistake)) from mistake
        told = read_line(self.deadline.text(), base=date(year, 1, 1))
        deadline = DeadlineDraft(told.text, due or told.date, told.kind)
        leader = self._offer.leaders[lead]

        def work(database: Database) -> Changes:
            from db import assignments

            return assignments.add(
                database, point=point, measure=measure, lead=lead, others=others, leader=leader, deadline=deadline
            )

        return work

    def _others(self) -> list[int]:
        known = {fold(name): unit for name, unit in self._offer.units}
        names = read_names(self.others.text())
        unknown = [name for name in names if fold(name) not in known]
        if unknown:
            self.others.setFocus()
            raise Refused("單位表裏沒有縣級單位「{name}」。", name=unknown[0])
        return [known[fold(name)] for name in names]
