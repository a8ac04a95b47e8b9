"""The items of one version of a policy: the seven first, each told whether it is stated; the further ones folded below.

Each change is an operation of its own as soon as the field is left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from db import policyphones
from db.changes import Changes
from db.database import Database
from db.subsidyitems import ENQUIRY, FURTHER, SEVEN, SUPERVISION, Item
from desktop import theme
from desktop.desk import Desk
from desktop.pages.plans_form import Form
from desktop.pages.subsidies_rows import EMPTY, FILLED
from desktop.pages.units_fields import NoteEdit

Operation = Callable[[Database], Changes]
_FEWEST, _MOST = 1, 6  # lines that a field of several lines shows


class ItemEdit(NoteEdit):
    """A text field as high as its text, within bounds."""

    def __init__(self) -> None:
        super().__init__(_FEWEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the height of the text as it is wrapped now."""
        lines = min(max(round(self.document().size().height()), _FEWEST), _MOST)
        return QSize(super().sizeHint().width(), self.fontMetrics().lineSpacing() * lines + 4 * theme.STEP)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more than the text needs."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the wrapping in another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class ItemField(QWidget):
    """One item: its label with a mark, the field, and below it what should be looked at."""

    left = Signal()
    split = Signal()  # glued telephone numbers are to be parted as proposed

    def __init__(self, desk: Desk, form: Form, item: Item, row: int) -> None:
        super().__init__()
        self.item, self._words = item, desk.words
        self.label, self.doubt, self.split_button = QLabel(), QLabel(), QPushButton()
        self.field: QLineEdit | QPlainTextEdit = ItemEdit() if item.long else QLineEdit()
        if isinstance(self.field, NoteEdit):
            self.field.left.connect(self.left)
        elif isinstance(self.field, QLineEdit):
            self.field.editingFinished.connect(self.left)
        form.adopt(self.field)
        self.label.setBuddy(self.field)
        self._words.put(self.field, item.label, setter="setAccessibleName")
        if item.hint:
            self._words.put(self.field, item.hint, setter="setPlaceholderText")
            self._words.put(self.label, item.hint, setter="setToolTip")
        self.doubt.setWordWrap(True)
        self.doubt.setProperty("role", "doubt")
        self._words.put(self.split_button, "按提議拆開")
        self.split_button.clicked.connect(self.split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP)
        column.addWidget(self.field)
        column.addWidget(self.doubt)
        column.addWidget(self.split_button, 0, Qt.AlignmentFlag.AlignLeft)
        height = Qt.AlignmentFlag.AlignTop if item.long else Qt.AlignmentFlag.AlignVCenter
        form.grid.addWidget(self.label, row, 0, Qt.AlignmentFlag.AlignRight | height)
        form.grid.addWidget(self, row, 1)
        self._doubts: tuple[str, ...] = ()
        self._words.changed.connect(self._say_doubts)
        self.mark("", ())

    def text(self) -> str:
        """Return what stands in the field."""
        field = self.field
        return (field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()).strip()

    def fill(self, text: str) -> None:
        """Put a text into the field without losing the cursor where it already says this."""
        if self.text() == text:
            return
        if isinstance(self.field, QPlainTextEdit):
            self.field.setPlainText(text)
        else:
            self.field.setText(text)
            self.field.setCursorPosition(0)

    def mark(self, stated: str, doubts: Sequence[str]) -> None:
        """Say whether the item is stated, and what should be looked at."""
        mark = (FILLED if stated else EMPTY) + " " if self.item.seven else ""
        self._words.put(self.label, mark + self.item.label)
        self._doubts = tuple(doubts)
        self._say_doubts()
        glued = self.item.key in (ENQUIRY, SUPERVISION) and policyphones.with_splits(stated) != stated
        self.split_button.setVisible(glued)

    def _say_doubts(self) -> None:
        self.doubt.setVisible(bool(self._doubts))
        self.doubt.setText("\n".join(map(self._words.say_stored, self._doubts)))


class PolicyFields(Form):
    """All items of a version. ``changed`` carries an operation to perform.

    A field that the database refused keeps what was typed until the stored value changes or another version is shown.
    """

    changed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.words)
        self._version: int | None = None
        self._filled: dict[str, str] = {}
        self._pending: dict[str, str] = {}
        self.fields: dict[str, ItemField] = {}
        self.more = QPushButton()
        self.more.setCheckable(True)
        self.more.setProperty("role", "chip")
        for row, item in enumerate(SEVEN):
            self._add(desk, item, row)
        self.grid.addWidget(self.more, len(SEVEN), 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        for row, item in enumerate(FURTHER, start=len(SEVEN) + 1):
            self._add(desk, item, row)
        self.grid.setColumnStretch(1, 1)
        self.more.toggled.connect(self._fold)
        self._fold(opened=False)
        desk.jobs.busy.connect(self._on_busy)

    def _add(self, desk: Desk, item: Item, row: int) -> None:
        made = self.fields[item.key] = ItemField(desk, self, item, row)
        made.left.connect(lambda key=item.key: self._commit(key))
        made.split.connect(lambda key=item.key: self._split(key))

    def _fold(self, opened: bool) -> None:  # noqa: FBT001 - a Qt signal's argument
        for item in FURTHER:
            self.fields[item.key].setVisible(opened)
            self.fields[item.key].label.setVisible(opened)
        self._say_more()

    def _say_more(self) -> None:
        stated = sum(bool(self._filled.get(item.key)) for item in FURTHER)
        told = "▾ 其他各項" if self.more.isChecked() else "▸ 其他各項（已填 {n} 項，共 {all} 項）"
        self.words.put(self.more, told, n=stated, all=len(FURTHER))

    def show_version(
        self, version: int, texts: Mapping[str, str], doubts: Sequence[tuple[str, str]], printed: Mapping[str, str]
    ) -> None:
        """Show a version; of the same one only what is stored otherwise than before, so that typing goes on.

        ``printed`` tells which items are stated in some way, such as a standard by level alone.
        """
        same = self._version == version
        if not same:
            self.finish()
            self._pending.clear()
        self._version = version
        for key, text in texts.items():
            if not same or self._filled.get(key) != text:
                self.fields[key].fill(text)
            self.fields[key].mark(printed[key], [told for one, told in doubts if one == key])
        self._filled = dict(texts)
        self._say_more()

    def focus(self, key: str) -> None:
        """Put the cursor into the field of an item."""
        self.fields[key].field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_busy(self, busy: bool) -> None:  # noqa: FBT001 - a Qt signal's argument
        if not busy:
            self._pending.clear()

    def finish(self) -> bool:
        """Commit what was typed and not yet left; tell whether there was anything."""
        return bool([key for key in self._filled if self._commit(key)])

    def restore(self) -> None:
        """Show what is stored again."""
        for key, text in self._filled.items():
            self.fields[key].fill(text)

    def _split(self, key: str) -> None:
        self.fields[key].fill(policyphones.with_splits(self.fields[key].text()))
        self._commit(key)

    def _commit(self, key: str) -> bool:
        version, text = self._version, self.fields[key].text()
        if version is None or text == self._filled.get(key) or self._pending.get(key) == text:
            return False
        self._pending[key] = text
        self.changed.emit(_edit(version, {key: text}))
        return True


def _edit(version: int, values: Mapping[str, str]) -> Operation:
    from db import subsidies

    return lambda database: subsidies.edit(database, version=version, values=values)
