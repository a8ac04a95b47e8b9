"""When units report (報送期), and the words of the mail that asks them to."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLabel, QSpinBox, QVBoxLayout

from db.settings import LABELS, LAST_DAY, Office
from desktop import theme
from desktop.desk import Desk
from desktop.pages.settings_form import SettingsForm, Values

_CYCLES = ((1, "每月"), (3, "每季度"), (6, "每半年"), (12, "每年"))


class ReportingPane(SettingsForm):
    """The tab 報送和郵件."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = desk.words
        self.months = self.choice("report_months", 0, _CYCLES)
        self.day = QSpinBox()
        self.day.setRange(1, LAST_DAY)
        self.day.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        words.put(self.day, " 日", setter="setSuffix")
        self.form.put(self.day, LABELS["report_day"], 1, 0)
        self.told = QLabel()
        self.told.setProperty("role", "faint")
        self.told.setWordWrap(True)
        self.form.grid.addWidget(self.told, 2, 1)
        self.subject = self.line("mail_subject", 3)
        self.body = self.lines("mail_body", 4, 9)
        self.hint(
            "留空則用程序自帶的寫法。可用 {unit} 單位、{period} 報送期、{due} 截止日、{rows} 項數、"
            "{office} 辦公室、{telephone} 電話等；沒有設置的內容，所在的一行會省去。",
            5,
        )
        self.day.valueChanged.connect(lambda _day: self.say_typed())
        self.day.editingFinished.connect(self.say_edited)
        for signal in (self.day.valueChanged, self.months.currentIndexChanged):
            signal.connect(lambda _value: self._tell())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 3 * theme.STEP, 0, 0)
        column.addWidget(self.scrolled())

    def _tell(self) -> None:
        """Say what the rule means today."""
        from db.periods import next_due, running

        if self.months.currentData() is None:
            return
        office, today = Office(report_months=self.months.currentData(), report_day=self.day.value()), date.today()
        template = "現在的報送期是 {period}，下一個截止日是 {due}；月份沒有這一天時，以月末為準。"
        self.desk.words.put(self.told, template, period=running(office, today), due=next_due(office, today))

    def fill(self, values: Values) -> None:
        """Show settings by name; the program's own mail stands in grey where the office has none."""
        from exports.mail.letter import template

        for field, own in zip((self.subject, self.body), template(), strict=True):
            self.desk.words.put(field, own, setter="setPlaceholderText")
        self.months.setCurrentIndex(self.months.findData(values["report_months"]))
        self.day.setValue(values["report_day"])
        self.form.fill(self.subject, values["mail_subject"])
        if self.body.toPlainText() != values["mail_body"]:
            self.body.setPlainText(values["mail_body"])
        self._tell()

    def values(self) -> Values:
        """Return the settings by name as they stand in the form."""
        return {
            "report_months": self.months.currentData(),
            "report_day": self.day.value(),
            "mail_subject": self.subject.text().strip(),
            "mail_body": self.body.toPlainText().strip(),
        }
