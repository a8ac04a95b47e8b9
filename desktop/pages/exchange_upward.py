"""The superior's form on the page 收發: what each column is taken for, which rows were known, what will be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.desk import Desk
from desktop.widgets.readtable import ReadTable

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from exports.upward.form import Form
    from exports.upward.plan import UpwardPlan

_COLUMNS = ("列", "表頭", "填入")
_ROWS = ("行", "表裏的任務", "臺賬編號", "依據")
_FIELD = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """A form with what would be written; ``name`` is the remembered mapping's, empty where it is a proposal."""

    plan: UpwardPlan
    name: str


class UpwardPane(QWidget):
    """``ready`` says that a form was read, ``left`` that the clerk goes back to the dispatches."""

    ready = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.shown: Shown | None = None
        self._path = Path()
        self.head, self.count = QLabel(), QLabel()
        self.head.setProperty("role", "head")
        self.count.setWordWrap(True)
        self.columns = ReadTable(desk.words, "列的對應", _COLUMNS, wide=1)
        self.rows = ReadTable(desk.words, "認出的行", _ROWS, wide=1)
        self.name = QLineEdit()
        self.back_button, self.keep_button, self.write_button = QPushButton(), QPushButton(), QPushButton()
        self._build()
        self.back_button.clicked.connect(self.left)
        self.keep_button.clicked.connect(self.keep)
        self.write_button.clicked.connect(self._choose_target)
        self.name.textChanged.connect(lambda text: self.keep_button.setEnabled(bool(text.strip())))
        desk.words.changed.connect(self._show)
        for table in (self.columns, self.rows):
            desk.scaled.connect(lambda _scale, table=table: table.fit())

    def _build(self) -> None:
        words = self._desk.words
        words.put(self.back_button, "返回")
        words.put(self.keep_button, "記住列的對應")
        words.put(self.write_button, "寫出…")
        words.put(self.write_button, "另存為一份填好的表，原表不動", setter="setToolTip")
        words.put(self.name, "名稱，如 省表；下次同樣的表頭自動採用", setter="setPlaceholderText")
        words.put(self.name, "列對應的名稱", setter="setAccessibleName")
        top = QHBoxLayout()
        top.addWidget(self.head, 1)
        top.addWidget(self.back_button)
        top.addWidget(self.write_button)
        keep = QHBoxLayout()
        keep.addWidget(self.name, 1)
        keep.addWidget(self.keep_button)
        left, right = QWidget(), QWidget()
        for side, parts in ((left, (self.columns,)), (right, (self.rows, self.count))):
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(2 * theme.STEP)
            for part in parts:
                column.addWidget(part)
            if side is left:
                column.addLayout(keep)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes([480, 700])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.STEP)
        column.addLayout(top)
        column.addWidget(splitter, 1)

    def read(self, path: Path) -> None:
        """Read a form and show what would be written into it."""
        self._path = path

        def work(session: Session) -> Shown:
            from exports.upward.fill import fields_for, prepare
            from exports.upward.form import read_form

            form = read_form(path)
            fields, settled = fields_for(session, form)
            return Shown(prepare(session, form, fields), settled.name if settled else "")

        self._desk.ask(self, work, self._take)

    def _take(self, shown: Shown) -> None:
        self.shown = shown
        self.name.setText(shown.name)
        self.keep_button.setEnabled(bool(shown.name))
        self._show()
        self.ready.emit()

    def _replan(self, form: Form, fields: Mapping[int, str]) -> None:
        name = self.name.text()

        def work(session: Session) -> Shown:
            from exports.upward.fill import prepare

            return Shown(prepare(session, form, fields), name)

        self._desk.ask(self, work, self._take)

    def _show(self) -> None:
        if self.shown is None:
            return
        plan, words = self.shown.plan, self._desk.words
        form = plan.form
        words.put(self.head, "上報表「{name}」　表「{sheet}」", name=form.name, sheet=form.sheet.name)
        self._show_columns(form, plan.fields)
        known = [
            (
                str(one.row.at + 1),
                max(one.row.texts.values(), key=len),
                "、".join(row.code for row in one.rows),
                words.say(one.how if one.sure else one.how + "（請核對）"),
            )
            for one in plan.matches
        ]
        lost = [(str(r.at + 1), max(r.texts.values(), key=len), "—", words.say("沒有找到")) for r in plan.lost]
        self.rows.show_rows(sorted([*known, *lost], key=lambda one: int(one[0])))
        words.put(
            self.count,
            "認出 {known} 行，沒有找到 {lost} 行；將填 {cells} 格，{kept} 格已有內容、保持不動。",
            known=len(plan.matches),
            lost=len(plan.lost),
            cells=len(plan.fills),
            kept=len(plan.kept),
        )
        self.write_button.setEnabled(bool(plan.fills))

    def _show_columns(self, form: Form, fields: Mapping[int, str]) -> None:
        from exports.upward.fields import FIELDS
        from exports.workbook.grid import address

        say = self._desk.say
        letters = [address(0, place).rstrip("1") for place in range(len(form.titles))]
        self.columns.show_rows([(letter, title, "") for letter, title in zip(letters, form.titles, strict=True)])
        for place, letter in enumerate(letters):
            box = QComboBox()
            box.setAccessibleName(f"{letter} {form.titles[place]}")
            box.addItem(say("（不用這一列）"), "")
            for key, field in FIELDS.items():
                box.addItem(say(field.title) if field.fills else say("{title}（認行用）", title=say(field.title)), key)
            box.setCurrentIndex(box.findData(fields.get(place, "")))
            box.activated.connect(lambda _row, place=place, box=box: self.choose(place, box.currentData()))
            self.columns.setItem(place, _FIELD, QTableWidgetItem(""))
            self.columns.setCellWidget(place, _FIELD, box)
        self.columns.setColumnWidth(_FIELD, 12 * self.fontMetrics().horizontalAdvance("字"))

    def choose(self, place: int, key: str) -> None:
        """Take a column for a field, which another column then no longer is; for none where ``key`` is empty."""
        if self.shown is None:
            return
        plan = self.shown.plan
        fields = {at: old for at, old in plan.fields.items() if at != place and old != key}
        self._replan(plan.form, dict(sorted((fields | {place: key} if key else fields).items())))

    def keep(self) -> None:
        """Remember what the columns are taken for."""
        if self.shown is None or not self.name.text().strip():
            return
        from db import mappings
        from exports.upward.fill import PURPOSE

        plan, name = self.shown.plan, self.name.text()
        self._desk.perform(
            self,
            lambda: mappings.remember(
                self._desk.database, purpose=PURPOSE, name=name, headings=plan.form.titles, fields=plan.fields
            ),
        )

    def _choose_target(self) -> None:
        proposed = self._path.with_name(f"{self._path.stem}_{self._desk.say('填好')}{self._path.suffix}")
        kinds = f"{self._desk.say('Excel 工作簿')} (*{self._path.suffix})"
        name, _ = QFileDialog.getSaveFileName(self, self._desk.say("寫出上報表"), str(proposed), kinds)
        if name:
            self.write(Path(name))

    def write(self, target: Path) -> None:
        """Write the filled form under a new name."""
        if self.shown is None:
            return
        from db.errors import Refused

        if target.absolute() == self._path.absolute():
            self._desk.troubled.emit(Refused("請另取一個文件名，原表保持不動。"))
            return
        plan = self.shown.plan

        def work(_session: Session) -> Path:
            from exports.upward.fill import write_upward

            return write_upward(plan, target)

        self._desk.ask(
            self, work, lambda path: self._desk.told.emit(self._desk.say("上報表已寫入：{path}", path=path), None)
        )
