"""A chip that filters by one column: its button says what is chosen, its menu offers the values to tick."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from db.script import fold
from desktop import theme
from desktop.widgets.ticks import TickRoom
from desktop.words import Words

_VALUE = Qt.ItemDataRole.UserRole
_MANY = 12  # values from which the menu has a field to look for one
_LONG = 9  # characters of a value that the chip says


@dataclass(frozen=True, slots=True)
class Choice:
    """A value with its label; ``ours`` is one of our words, which follow the script, else data."""

    value: Hashable
    label: str
    ours: bool = False


class ChoiceChip(QPushButton):
    """``changed`` follows every choice by hand. ``single`` allows one value at a time."""

    changed = Signal()

    def __init__(self, words: Words, title: str, *, single: bool = False) -> None:
        super().__init__()
        self._words, self._title, self._single = words, title, single
        self._choices: tuple[Choice, ...] = ()
        self._chosen: tuple[Hashable, ...] = ()
        self.setProperty("role", "chip")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.search, self.list = QLineEdit(), QListWidget()
        self.list.setItemDelegate(TickRoom(self.list))
        self._build()
        words.changed.connect(self._refill)
        self._say()

    def _build(self) -> None:
        menu, holder, panel = QMenu(self), QWidgetAction(self), QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(*[theme.STEP] * 4)
        column.setSpacing(theme.STEP)
        column.addWidget(self.search)
        column.addWidget(self.list)
        self._words.put(self.search, "輸入幾個字查找", setter="setPlaceholderText")
        self._words.put(self.list, self._title, setter="setAccessibleName")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._look)
        self.search.returnPressed.connect(self._take_first)
        self.list.itemChanged.connect(self._on_tick)
        self.list.itemActivated.connect(self._flip)
        holder.setDefaultWidget(panel)
        menu.addAction(holder)
        menu.aboutToShow.connect(self._open)
        self.setMenu(menu)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer these values; chosen ones that are not among them stay chosen."""
        if tuple(choices) != self._choices:
            self._choices = tuple(choices)
            self._refill()

    def chosen(self) -> tuple[Hashable, ...]:
        """Return the chosen values in the order offered."""
        return self._chosen

    def choose(self, values: Sequence[Hashable]) -> None:
        """Choose exactly these values, silently."""
        self._chosen = tuple(values)
        self._refill()

    def _refill(self) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for choice in self._choices:
            item = QListWidgetItem(self._label(choice))
            item.setData(_VALUE, choice.value)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if choice.value in self._chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._look(self.search.text())
        self._say()

    def _label(self, choice: Choice) -> str:
        return self._words.say(choice.label) if choice.ours else choice.label

    def _say(self) -> None:
        labels = [self._label(choice) for choice in self._choices if choice.value in self._chosen]
        text = self._words.say(self._title)
        if labels:
            more = f" +{len(labels) - 1}" if len(labels) > 1 else ""
            text = f"{text}：{labels[0] if len(labels[0]) <= _LONG else labels[0][:_LONG] + '…'}{more}"
        self.setText(text.replace("&", "&&"))
        self.setToolTip("、".join(labels))
        self.setProperty("active", bool(labels))
        self.style().unpolish(self)
        self.style().polish(self)

    def _open(self) -> None:
        """Make the list as large as its values need and put the cursor where typing or arrows help at once."""
        many = len(self._choices) > _MANY
        self.search.setVisible(many)
        self.search.clear()
        metrics = self.list.fontMetrics()
        rows = min(max(len(self._choices), 1), _MANY)
        wide = max((metrics.horizontalAdvance(self._label(choice)) for choice in self._choices), default=0)
        self.list.setFixedHeight(rows * (metrics.height() + theme.STEP) + 2 * theme.STEP)
        self.list.setMinimumWidth(min(wide + 9 * theme.STEP + 2 * metrics.height(), 110 * theme.STEP))
        (self.search if many else self.list).setFocus()
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def _look(self, text: str) -> None:
        wanted = fold(text).lower()
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(wanted not in fold(item.text()).lower())

    def _take_first(self) -> None:
        """Tick the first value that was found."""
        items = [self.list.item(row) for row in range(self.list.count())]
        found = next((item for item in items if not item.isHidden()), None)
        if found is not None and self.search.text():
            self._flip(found)
            self.menu().close()

    def _flip(self, item: QListWidgetItem) -> None:
        ticked = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    def _on_tick(self, item: QListWidgetItem) -> None:
        items = [self.list.item(row) for row in range(self.list.count())]
        ticked = [one.data(_VALUE) for one in items if one.checkState() is Qt.CheckState.Checked]
        if self._single:
            ticked = [value for value in ticked if value == item.data(_VALUE)]
        # Qt may hand a value back as a plain string: the choice itself is what was offered.
        self._chosen = tuple(choice.value for choice in self._choices if choice.value in ticked)
        if self._single:
            self._refill()
        self._say()
        self.changed.emit()
