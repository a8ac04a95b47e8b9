"""The settings of the office as a form: a draft until it is saved."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from db.settings import LABELS
from desktop import theme
from desktop.desk import Desk
from desktop.pages.plans_form import Form
from desktop.pages.settings_columns import ColumnList
from desktop.pages.units_fields import NoteEdit
from desktop.script import Script

_SCRIPTS = ((Script.SIMPLIFIED.value, "簡體"), (Script.TRADITIONAL.value, "繁體"))
_PAPERS = (("A3", "A3"), ("A4", "A4"))


class OfficePane(QWidget):
    """``typed`` follows every change, ``edited`` those that are a step of their own."""

    typed = Signal()
    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._filling = False
        self.form = Form(desk.words)
        self.columns = ColumnList(desk.words)
        self._fields()
        self._arrange()
        for field in (self.county, self.office_name, self.folder):
            field.textChanged.connect(lambda _text: self._said(self.typed))
            field.editingFinished.connect(lambda: self._said(self.edited))
        self.operators.textChanged.connect(lambda: self._said(self.typed))
        self.operators.left.connect(lambda: self._said(self.edited))
        for choice in (self.script, self.paper):
            choice.currentIndexChanged.connect(lambda _row: self._said(self.edited))
        self.convert.toggled.connect(lambda _on: self._said(self.edited))
        self.columns.edited.connect(lambda: self._said(self.edited))
        self.script.currentIndexChanged.connect(lambda _row: self._show_what_fits())

    def _fields(self) -> None:
        words, form = self._desk.words, self.form
        self.county = form.line(LABELS["county"], 0, 0)
        self.office_name = form.line(LABELS["office_name"], 1, 0)
        words.put(self.county, "如 平江縣", setter="setPlaceholderText")
        self.operators = NoteEdit(3)
        form.put(self.operators, LABELS["operators"], 2, 0)
        words.put(self.operators, "每行一個姓名；在窗口右下角選擇由誰操作", setter="setPlaceholderText")
        self.script, self.paper = QComboBox(), QComboBox()
        for box, choices, name, row in (
            (self.script, _SCRIPTS, "output_script", 3),
            (self.paper, _PAPERS, "paper", 5),
        ):
            form.put(box, LABELS[name], row, 0)
            for value, label in choices:
                box.addItem("", value)
                words.put(box, label, setter="setItemText", before=(box.count() - 1,))
        self.convert = QCheckBox()
        words.put(self.convert, LABELS["convert_output"])
        words.put(self.convert, LABELS["convert_output"], setter="setAccessibleName")
        form.grid.addWidget(self.convert, 4, 1)
        self.folder = form.line(LABELS["backup_folder"], 6, 0)
        words.put(self.folder, "默認在數據庫旁邊", setter="setPlaceholderText")
        self.folder_button = QPushButton()
        words.put(self.folder_button, "選擇…")
        words.put(self.folder_button, "選擇備份文件夾", setter="setAccessibleName")
        self.folder_button.clicked.connect(self._choose_folder)
        form.grid.addWidget(self.folder_button, 7, 1)
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "faint")
        words.put(self.hint, "輸出字形用於臺賬、方案等文件裏的固定文字；正文默認保持錄入時的字形。")
        form.grid.addWidget(self.hint, 8, 0, 1, 2)
        form.grid.setColumnStretch(1, 1)
        form.grid.setVerticalSpacing(2 * theme.STEP)

    def _arrange(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 2 * theme.STEP, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        for part in (inside, scroll.viewport()):
            part.setAutoFillBackground(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3 * theme.STEP, 0, 0)
        row.setSpacing(6 * theme.STEP)
        row.addWidget(scroll, 3)
        row.addWidget(self.columns, 2)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._desk.say("選擇備份文件夾"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)
            self._said(self.edited)

    def _said(self, signal: Any) -> None:  # noqa: ANN401 - a bound signal
        if not self._filling:
            signal.emit()

    def _show_what_fits(self) -> None:
        """Offer the conversion of the data only where output is in simplified characters."""
        self.convert.setEnabled(self.script.currentData() == Script.SIMPLIFIED.value)

    def show_values(self, values: dict[str, Any]) -> None:
        """Show settings by name."""
        self._filling = True
        self.form.fill(self.county, values["county"])
        self.form.fill(self.office_name, values["office_name"])
        self.form.fill(self.folder, values["backup_folder"])
        if self._names() != values["operators"]:
            self.operators.setPlainText("\n".join(values["operators"]))
        self.script.setCurrentIndex(self.script.findData(values["output_script"]))
        self.paper.setCurrentIndex(self.paper.findData(values["paper"]))
        self.convert.setChecked(values["convert_output"])
        if not self.columns.list.count() or self.columns.keys() != values["ledger_columns"]:
            self.columns.set_keys(values["ledger_columns"])
        self._show_what_fits()
        self._filling = False

    def _names(self) -> list[str]:
        lines = (line.strip() for line in self.operators.toPlainText().splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def values(self) -> dict[str, Any]:
        """Return the settings by name as they stand in the form."""
        return {
            "county": self.county.text().strip(),
            "office_name": self.office_name.text().strip(),
            "operators": self._names(),
            "output_script": self.script.currentData(),
            "convert_output": self.convert.isChecked(),
            "paper": self.paper.currentData(),
            "ledger_columns": self.columns.keys(),
            "backup_folder": self.folder.text().strip(),
        }
