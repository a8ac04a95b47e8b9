"""The fields of what stands above the points: the document's head (文頭), a plan, a section."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from db.drafts import DocumentDraft, PlanDraft
from desktop.drafting import Entry
from desktop.pages.plans_form import Form
from desktop.pages.plans_values import read_date, read_names, shown_names
from desktop.words import Words

_YEAR = re.compile(r"20\d\d")


class DocumentForm(Form):
    """The head of a document; ``edited`` carries a field of :class:`DocumentDraft`, or ``year``, and its value."""

    edited = Signal(str, object)

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.title = self.line("標題", 0, 0, 5)
        self.doc_no = self.line("文號", 1, 0)
        self.issuer = self.line("發文機關", 1, 2, 3)
        self.issued_on = self.line("成文日期", 2, 0)
        self.year = self.line("計劃年度", 2, 2)
        self.note = QLabel()
        self.note.setProperty("role", "faint")
        self.grid.addWidget(self.note, 2, 4, 1, 2)
        self.grid.setColumnStretch(1, 2)
        self.grid.setColumnStretch(3, 1)
        self.grid.setColumnStretch(5, 2)
        self.grid.setRowStretch(3, 1)
        words.put(self.issued_on, "如 2022-04-12 或 2022年4月12日", setter="setToolTip")
        words.put(self.year, "空着時按標題中的年份，再按成文日期", setter="setToolTip")
        for name in ("title", "doc_no", "issuer"):
            field = getattr(self, name)
            field.textEdited.connect(lambda text, name=name: self.edited.emit(name, text.strip()))
        self.issued_on.textEdited.connect(self._on_date)
        self.year.textEdited.connect(self._on_year)

    def show_entry(self, entry: Entry, *, editable: bool) -> None:
        """Show a document's head; a year the titles state stands as a placeholder."""
        from db.planstore import plan_year

        document = entry.document
        for name in ("title", "doc_no", "issuer"):
            if getattr(self, name).text().strip() != getattr(document, name):
                self.fill(getattr(self, name), getattr(document, name))
        issued = document.issued_on
        try:
            same = read_date(self.issued_on.text()) == issued
        except ValueError:
            same = False
        if not same:
            self.fill(self.issued_on, issued.isoformat() if issued else "")
        self.fill(self.year, str(entry.year) if entry.year else "")
        told = {plan_year(plan, document) for plan in document.plans}
        self.year.setPlaceholderText("、".join(str(year) for year in sorted(year for year in told if year)))
        for field in (self.title, self.doc_no, self.issuer, self.issued_on, self.year):
            field.setReadOnly(not editable)
        self._say_note(document, missing=entry.year is None and (None in told or not told))

    def _say_note(self, document: DocumentDraft, *, missing: bool) -> None:
        if missing:
            self.words.put(self.note, "原文沒有寫明年份，請填寫計劃年度。")
        elif document.secrecy:
            self.words.put(self.note, "注意：文件標有「{mark}」", mark=document.secrecy)
        else:
            self.words.put(self.note, "來源：{name}", name=document.source_name or "—")

    def _on_date(self, text: str) -> None:
        try:
            found = read_date(text)
        except ValueError:
            self.words.put(self.note, "還讀不出日期：請寫成 2022-04-12。")
            return
        self.edited.emit("issued_on", found)

    def _on_year(self, text: str) -> None:
        if not text.strip():
            self.edited.emit("year", None)
        elif _YEAR.fullmatch(text.strip()):
            self.edited.emit("year", int(text))
        else:
            self.words.put(self.note, "還讀不出年份：請寫四位數字，如 2022。")


class PlanForm(Form):
    """A plan's title and its standing units (以下不再列出)."""

    edited = Signal(str, object)

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.title = self.line("計劃標題", 0, 0, 3)
        self.standing = self.line("以下不再列出", 1, 0, 3)
        self.grid.setColumnStretch(1, 1)
        self.grid.setRowStretch(2, 1)
        words.put(self.standing, "對每條要點都負責的單位；多個名稱用分號隔開", setter="setToolTip")
        self.title.textEdited.connect(lambda text: self.edited.emit("title", text.strip()))
        self.standing.textEdited.connect(lambda text: self.edited.emit("standing_units", read_names(text)))

    def show_plan(self, plan: PlanDraft, *, editable: bool) -> None:
        """Show a plan."""
        if self.title.text().strip() != plan.title:
            self.fill(self.title, plan.title)
        if read_names(self.standing.text()) != plan.standing_units:
            self.fill(self.standing, shown_names(plan.standing_units))
        for field in (self.title, self.standing):
            field.setReadOnly(not editable)


class SectionForm(Form):
    """A heading; ``edited`` carries its new words when they are complete."""

    edited = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.heading = self.line("章節", 0, 0)
        self.grid.setRowStretch(1, 1)
        self._shown = ""
        self.heading.editingFinished.connect(self.finish)

    def show_section(self, heading: str, *, editable: bool) -> None:
        """Show a heading."""
        self._shown = heading
        self.fill(self.heading, heading)
        self.heading.setReadOnly(not editable)

    def finish(self) -> None:
        """Take over words that are still being typed."""
        typed = self.heading.text().strip()
        if typed and typed != self._shown:
            self._shown = typed
            self.edited.emit(typed)
