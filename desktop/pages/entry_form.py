"""The form of one report: its fields, what is wrong beside each, and its content as a draft or a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QSizePolicy

from db.progress import SOURCES, Report
from db.terms import TaskState, UnitRole
from desktop.desk import Desk
from desktop.pages import entry_values
from desktop.pages.entry_files import FilesPane, Pending
from desktop.pages.entry_rows import Card, Told
from desktop.pages.entry_values import MistypedError
from desktop.pages.plans_form import Form
from desktop.widgets.elided import ElidedBox

STATES = (TaskState.NOT_STARTED, TaskState.IN_PROGRESS, TaskState.DONE)
TEXTS = ("text", "problem", "next_step")
T = TypeVar("T")


class EntryForm(Form):
    """``edited`` is sent at every change by the clerk, ``author_changed`` when another unit is chosen."""

    edited = Signal()
    author_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.words)
        self._blank: dict[str, Any] = {}
        self._year = 0
        self.errors: dict[str, QLabel] = {}
        self.unit, self.state, self.source = ElidedBox(), QComboBox(), QComboBox()
        for box in (self.unit, self.state, self.source):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(4)
        self.put(self.unit, "單位", 0, 0)
        self.period = self.line("報送期", 0, 2)
        self.percent = self.line("進度（%）", 2, 0)
        self.put(self.state, "狀態", 2, 2)
        self.finished_on = self.line("完成日期", 4, 0)
        self.put(self.source, "來源", 4, 2)
        self.texts = {
            "text": self.text("進展情況", 6, 0, 3, lines=3),
            "problem": self.text("存在問題", 8, 0, 3, lines=2),
            "next_step": self.text("下一步", 9, 0, 3, lines=2),
        }
        for field in self.texts.values():  # no more than there is room for
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.files = FilesPane(desk)
        self.put(self.files, "佐證材料", 10, 0, 3)
        self.files.setAcceptDrops(True)
        self.grid.setColumnStretch(1, 3)
        self.grid.setColumnStretch(3, 2)
        for row, weight in ((6, 3), (8, 2), (9, 2)):
            self.grid.setRowStretch(row, weight)
        for row, pair in ((1, ("unit", "period")), (3, ("percent", "state")), (5, ("finished_on", "source"))):
            for column, key in zip((1, 3), pair, strict=True):
                self._error_line(key, row, column)
        self._error_line("text", 7, 1, 3)
        self._fill_boxes()
        self._connect()

    def _error_line(self, key: str, row: int, column: int, span: int = 1) -> None:
        label = QLabel()
        label.setProperty("role", "error")
        label.setWordWrap(True)
        label.hide()
        self.errors[key] = label
        self.grid.addWidget(label, row, column, 1, span)

    def _fill_boxes(self) -> None:
        self.state.addItem("", "")
        self.words.put(self.state, "（不變）", setter="setItemText", before=(0,))
        for state in STATES:
            self.state.addItem("", state.value)
            self.words.put(self.state, state.label, setter="setItemText", before=(self.state.count() - 1,))
        for source in SOURCES:
            self.source.addItem("", source)
            self.words.put(self.source, source, setter="setItemText", before=(self.source.count() - 1,))
        self.words.put(self.finished_on, "如 6.30；填「已完成」時必填", setter="setPlaceholderText")

    def _connect(self) -> None:
        for key, line in self._lines().items():
            line.textEdited.connect(lambda _text, key=key: self._on_edit(key))
        for key, box in (("unit", self.unit), ("state", self.state), ("source", self.source)):
            box.activated.connect(lambda _row, key=key: self._on_edit(key))
        for key, field in self.texts.items():
            field.textChanged.connect(lambda key=key: self._on_edit(key))
        self.files.changed.connect(lambda: self._on_edit("files"))

    def _lines(self) -> dict[str, QLineEdit]:
        return {"period": self.period, "percent": self.percent, "finished_on": self.finished_on}

    def _on_edit(self, key: str) -> None:
        if self.filling:
            return
        self.tell(key, "")
        if key == "unit":
            self.author_changed.emit()
        if key == "state" and self.state.currentData() == TaskState.DONE.value:
            self._complete()
        if key == "state":
            self.tell("finished_on", "")
        self.edited.emit()

    def _complete(self) -> None:
        """A task that is done is done to the full; the day has to be given by the clerk."""
        if not self.percent.text().strip():
            self.percent.setText("100")
        if not self.finished_on.text().strip():
            self.finished_on.setFocus(Qt.FocusReason.OtherFocusReason)

    # filling

    def begin(self, card: Card, period: str) -> None:
        """Begin a report on a task: empty but for unit and period, or with the draft kept of it."""
        self.filling = True
        self._year = int(period[:4])
        self.unit.clear()
        for row, party in enumerate(card.parties):
            self.unit.addItem("", party.id)
            told = "{name}（牽頭）" if party.role is UnitRole.LEAD else "{name}（配合）"
            told = told if party.name else "（未定牽頭單位）"
            self.words.put(self.unit, told, setter="setItemText", before=(row,), name=party.name)
        self._write({"period": period})
        self._blank = self.content()
        if card.draft is not None:
            self._write(card.draft)
        for key in self.errors:
            self.tell(key, "")
        self.filling = False

    def clear(self) -> None:
        """Throw away what was typed."""
        self.filling = True
        self._write(self._blank)
        for key in self.errors:
            self.tell(key, "")
        self.filling = False

    def _write(self, content: Mapping[str, Any]) -> None:
        """Show a content as :meth:`content` gives it; what is missing or no longer offered is left empty."""
        for key, line in self._lines().items():
            line.setText(str(content.get(key) or ""))
        for key, box in (("unit", self.unit), ("state", self.state), ("source", self.source)):
            box.setCurrentIndex(max(0, box.findData(content.get(key))))
        for key, field in self.texts.items():
            field.setPlainText(str(content.get(key) or ""))
        kept = [
            one for one in content.get("files") or () if isinstance(one, dict) and set(one) <= {"name", "path", "text"}
        ]
        self.files.show_files([Pending(**{key: str(value) for key, value in one.items()}) for one in kept])

    def copy(self, last: Told) -> None:
        """Take over what an earlier entry says; days and evidence belong to that one alone."""
        if last.percent is not None:
            self.percent.setText(str(last.percent))
        if last.state in STATES and last.state is not TaskState.DONE:
            self.state.setCurrentIndex(self.state.findData(last.state.value))
        for key in TEXTS:
            self.texts[key].setPlainText(getattr(last, key))
        self._on_edit("percent")

    def take_message(self, message: str, name: str) -> None:
        """Put a pasted message under the fields it labels, where these are empty, and keep it as evidence."""
        from exports.reporttext import read

        found = read(message)
        if found.percent is not None and not self.percent.text().strip():
            self.percent.setText(str(found.percent))
        for key in TEXTS:
            if getattr(found, key) and not self.texts[key].toPlainText().strip():
                self.texts[key].setPlainText(getattr(found, key))
        if self.source.currentData() == SOURCES[0]:
            self.source.setCurrentIndex(self.source.findData("微信"))
        self.files.add([Pending(name, text=message)])
        self._on_edit("text")

    # reading

    def author(self) -> int | None:
        """Return the unit that reports."""
        unit: int | None = self.unit.currentData()
        return unit

    def content(self) -> dict[str, Any]:
        """Return everything as it stands in the fields, as a draft keeps it."""
        return {
            **{key: line.text() for key, line in self._lines().items()},
            "unit": self.author(),
            "state": self.state.currentData(),
            "source": self.source.currentData(),
            **{key: field.toPlainText() for key, field in self.texts.items()},
            "files": [file.to_json() for file in self.files.files],
        }

    def dirty(self) -> bool:
        """Tell whether anything was typed that is not saved."""
        return bool(self._blank) and self.content() != self._blank

    def report(self) -> Report | None:
        """Return the report, or None after telling beside each field what is wrong with it."""
        wrong: dict[str, str] = {}
        period = self._read("period", entry_values.period, wrong)
        percent = self._read("percent", entry_values.percent, wrong)
        finished_on = self._read("finished_on", lambda text: entry_values.day(text, year=self._year), wrong)
        state = TaskState(self.state.currentData()) if self.state.currentData() else None
        if state is TaskState.DONE and finished_on is None:
            wrong.setdefault("finished_on", "填報完成時要寫完成日期。")
        text, problem, next_step = (self.texts[key].toPlainText().strip() for key in TEXTS)
        said = any(one is not None for one in (percent, state, finished_on)) or text + problem + next_step
        if not wrong and not said and not self.files.files:
            wrong["text"] = "還沒有填寫任何內容。請至少填進度、狀態、進展情況中的一項。"
        for key in self.errors:
            self.tell(key, wrong.get(key, ""))
        if wrong or period is None:
            self._field(next(iter(wrong))).setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        source = str(self.source.currentData())
        return Report(period, percent, state, text, problem, next_step, finished_on, source)

    def _read(self, key: str, reader: Callable[[str], T], wrong: dict[str, str]) -> T | None:
        try:
            return reader(self._lines()[key].text())
        except MistypedError as mistake:
            wrong[key] = str(mistake)
            return None

    def _field(self, key: str) -> QLineEdit | QPlainTextEdit:
        return self._lines().get(key) or self.texts[key]

    def tell(self, key: str, sentence: str, **facts: Any) -> None:  # noqa: ANN401 - any facts of a sentence
        """Say beside a field what is wrong with it; an empty sentence takes that back."""
        label = self.errors.get(key)
        if label is not None:
            self.words.put(label, sentence, **facts)
            label.setVisible(bool(sentence))
