"""What is entered in the register of postings by hand: hung up, taken down, an objection, its handling."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from db import postings
from db.changes import Changes
from db.database import Database
from db.errors import Trouble
from desktop.desk import Desk
from desktop.dialogs.step import StepDialog, day_of


class PostDialog(StepDialog):
    """Postings were hung up (登記張貼)."""

    def __init__(self, parent: QWidget, desk: Desk, ids: Sequence[int], title: str) -> None:
        super().__init__(parent, desk, "登記張貼", "登記")
        self._ids = list(ids)
        desk.words.put(self.head, "{title}", title=title)
        self.on, self.spot = self.date_field("張貼日期", 0), QLineEdit()
        self.form.put(self.spot, "張貼地點", 1, 0)
        desk.words.put(self.spot, "如：村務公開欄", setter="setPlaceholderText")

    def operation(self) -> Callable[[Database], Changes]:
        """Return the operation for what stands in the fields."""
        ids, on, spot = self._ids, day_of(self.on), self.spot.text()
        return lambda database: postings.post(database, postings=ids, on=on, spot=spot)


class DownDialog(StepDialog):
    """Postings were taken down (登記撤下); before their time only with a tick."""

    def __init__(self, parent: QWidget, desk: Desk, ids: Sequence[int], title: str) -> None:
        super().__init__(parent, desk, "登記撤下", "登記")
        self._ids = list(ids)
        desk.words.put(self.head, "{title}", title=title)
        self.on, self.early = self.date_field("撤下日期", 0), QCheckBox()
        desk.words.put(self.early, "確認提前撤下")
        self.form.grid.addWidget(self.early, 1, 1)
        self.early.hide()

    def operation(self) -> Callable[[Database], Changes]:
        """Return the operation for what stands in the fields."""
        ids, on, early = self._ids, day_of(self.on), self.early.isChecked()
        return lambda database: postings.take_down(database, postings=ids, on=on, early=early)

    def say_trouble(self, trouble: Trouble) -> None:
        """Say what is wrong; where it is only too early, let it be agreed."""
        self.early.setVisible(isinstance(trouble, postings.TooEarly) or self.early.isVisible())
        super().say_trouble(trouble)


class ObjectionDialog(StepDialog):
    """An objection was raised (登記異議)."""

    def __init__(self, parent: QWidget, desk: Desk, posting: int, title: str) -> None:
        super().__init__(parent, desk, "登記異議", "登記")
        self._posting = posting
        desk.words.put(self.head, "{title}", title=title)
        self.on, self.by, self.text = self.date_field("提出日期", 0), QLineEdit(), QPlainTextEdit()
        self.form.put(self.by, "提出人", 1, 0)
        self.form.put(self.text, "異議內容", 2, 0)
        desk.words.put(self.text, "寫事由即可；身份證號、賬號、電話和住址不要寫。", setter="setPlaceholderText")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(5 * self.fontMetrics().height())

    def operation(self) -> Callable[[Database], Changes]:
        """Return the operation for what stands in the fields."""
        posting, on, by, text = self._posting, day_of(self.on), self.by.text(), self.text.toPlainText()
        return lambda database: postings.object_to(database, posting=posting, text=text, on=on, by=by)


class HandlingDialog(StepDialog):
    """An objection was handled (登記處理情況)."""

    def __init__(self, parent: QWidget, desk: Desk, objection: int, told: str) -> None:
        super().__init__(parent, desk, "登記處理情況", "登記")
        self._objection = objection
        desk.words.put(self.head, "{told}", told=told)
        self.on, self.text = self.date_field("處理日期", 0), QPlainTextEdit()
        self.form.put(self.text, "處理情況", 1, 0)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(5 * self.fontMetrics().height())

    def operation(self) -> Callable[[Database], Changes]:
        """Return the operation for what stands in the fields."""
        objection, on, text = self._objection, day_of(self.on), self.text.toPlainText()
        return lambda database: postings.handle(database, objection=objection, handling=text, on=on)
