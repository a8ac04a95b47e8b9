"""The filters above the ledger: a row of chips and the field for words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QWidget

from db.filters import LedgerFilter
from db.lights import SHAPES
from db.terms import DueWindow, Light, ReportState, TaskState, Term
from desktop import theme
from desktop.desk import Desk
from desktop.models.ledger_book import Book
from desktop.widgets.choice import Choice, ChoiceChip
from desktop.widgets.flow import FlowLayout

_TYPING_MS = 200  # the filter waits until typing pauses


class FilterChips(QWidget):
    """``changed`` says that another filter is wanted: see :meth:`wanted`. ``withdrawn`` is placed elsewhere."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        words = desk.words
        self._sections: tuple[str, ...] = ()
        self.units = ChoiceChip(words, "單位")
        self.leaders = ChoiceChip(words, "領導")
        self.states = ChoiceChip(words, "狀態")
        self.reports = ChoiceChip(words, "報送")
        self.window_ = ChoiceChip(words, "時限", single=True)
        self.plans = ChoiceChip(words, "計劃")
        self.sections = ChoiceChip(words, "章節")
        self.years = ChoiceChip(words, "年度")
        self.lights = ChoiceChip(words, "燈")
        self.lead_only = QCheckBox()
        words.put(self.lead_only, "只看牽頭")
        words.put(self.lead_only, "單位只按牽頭篩選，不含責任單位", setter="setToolTip")
        self.withdrawn = QCheckBox()
        words.put(self.withdrawn, "含已撤銷任務")
        self.text, self.clear_button = QLineEdit(), QPushButton()
        words.put(self.text, "文字、編號、首字母（Ctrl+F）", setter="setPlaceholderText")
        words.put(self.text, "篩選文字", setter="setAccessibleName")
        self.text.setClearButtonEnabled(True)
        words.put(self.clear_button, "清除篩選")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_MS)
        self._lay_out()
        self._offer_terms()
        self._connect()

    def _chips(self) -> tuple[ChoiceChip, ...]:
        return (
            *(self.units, self.leaders, self.states, self.reports, self.window_, self.lights),
            *(self.plans, self.sections, self.years),
        )

    def _lay_out(self) -> None:
        row = FlowLayout(theme.STEP)
        self.text.setMinimumWidth(60 * theme.STEP)
        row.addWidget(self.text)
        for chip in self._chips():
            row.addWidget(chip)
            if chip is self.units:
                row.addWidget(self.lead_only)
        row.addWidget(self.clear_button)
        self.setLayout(row)
        self.lead_only.hide()
        self.clear_button.hide()

    def _offer_terms(self) -> None:
        self.states.offer(_terms(TaskState))
        self.reports.offer(_terms(ReportState))
        self.window_.offer(_terms(DueWindow))
        self.lights.offer([Choice(light, f"{SHAPES[light]} {light.label}", ours=True) for light in Light])

    def _connect(self) -> None:
        for chip in self._chips():
            chip.changed.connect(self.apply)
        for box in (self.lead_only, self.withdrawn):
            box.toggled.connect(lambda _on: self.apply())
        self.text.textChanged.connect(lambda _text: self._pause.start())
        self._pause.timeout.connect(self.apply)
        self.clear_button.clicked.connect(lambda: self.set_wanted(LedgerFilter()))

    def offer(self, book: Book) -> None:
        """Offer the values that stand in the ledger."""
        self.units.offer([Choice(unit, name) for unit, name in book.units if unit in book.taking_part])
        self.leaders.offer([Choice(name, name) for name in book.leaders])
        self.plans.offer([Choice(plan, f"{title}") for plan, title, _ in book.plans])
        self.sections.offer([Choice(section, section) for section in book.sections])
        years = sorted({year for _, _, year in book.plans}, reverse=True)
        self.years.offer([Choice(year, str(year)) for year in years])
        self.plans.setVisible(len(book.plans) > 1)
        self.years.setVisible(len(years) > 1)

    def wanted(self) -> LedgerFilter:
        """Return the filter as it is set."""
        chosen = cast("Any", ChoiceChip.chosen)
        window = chosen(self.window_)
        return LedgerFilter(
            units=chosen(self.units),
            lead_only=self.lead_only.isChecked() and bool(chosen(self.units)),
            leaders=chosen(self.leaders),
            task_states=chosen(self.states),
            report_states=chosen(self.reports),
            window=window[0] if window else None,
            plans=chosen(self.plans),
            sections=chosen(self.sections),
            years=chosen(self.years),
            lights=chosen(self.lights),
            withdrawn=self.withdrawn.isChecked(),
            text=self.text.text().strip(),
        )

    def set_wanted(self, wanted: LedgerFilter) -> None:
        """Set the filter and say that it changed."""
        for chip, values in zip(self._chips(), _values(wanted), strict=True):
            chip.choose(tuple(values))
        parts = (self.text, self.lead_only, self.withdrawn)
        for part in parts:
            part.blockSignals(True)
        self.text.setText(wanted.text)
        self.lead_only.setChecked(wanted.lead_only)
        self.withdrawn.setChecked(wanted.withdrawn)
        for part in parts:
            part.blockSignals(False)
        self.apply()

    def apply(self) -> None:
        """Filter by what is chosen and typed, at once."""
        self._pause.stop()
        self.lead_only.setVisible(bool(self.units.chosen()))
        self.clear_button.setVisible(self.wanted().active())
        self.changed.emit()


def _terms(kind: type[Term]) -> list[Choice]:
    return [Choice(term, term.label, ours=True) for term in kind]


def _values(wanted: LedgerFilter) -> tuple[Iterable[Any], ...]:
    """Return the values of a filter in the order of the chips."""
    window = () if wanted.window is None else (wanted.window,)
    return (
        *(wanted.units, wanted.leaders, wanted.task_states, wanted.report_states, window, wanted.lights),
        *(wanted.plans, wanted.sections, wanted.years),
    )
