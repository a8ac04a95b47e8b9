"""Source text, tree and fields side by side: where a read notice is checked and corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from db.drafts import DocumentDraft, PointDraft, ReviewDraft
from db.errors import Refused
from desktop import drafting
from desktop.desk import Desk
from desktop.drafting import History, Spot
from desktop.pages.plans_doubts import Doubts
from desktop.pages.plans_heads import DocumentForm, PlanForm, SectionForm
from desktop.pages.plans_outline import Kind
from desktop.pages.plans_panes import Footer, Panes
from desktop.pages.plans_point import PointForm
from desktop.pages.plans_source import SourceView
from desktop.pages.plans_steps import Steps
from desktop.pages.plans_tree import TreePane
from desktop.theme import STEP
from desktop.widgets.scrolled import scrolled


class Bench(QWidget):
    """Shows a draft to correct, or a stored document, of whose points the fields can be corrected one by one.

    ``changed`` follows every edit of a draft. ``corrected`` carries the place of a stored point that was left with
    other words than before, ``ticked`` the place of one and the doubt that was checked.
    """

    changed = Signal()
    corrected = Signal(object)
    ticked = Signal(object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.steps = Steps(History())
        self.editable = False
        self.kind, self.spot = Kind.DOCUMENT, Spot(0)
        self._marked: DocumentDraft | None = None
        self.source = SourceView()
        desk.words.put(self.source, "原文", setter="setAccessibleName")
        self.tree = TreePane(desk.words)
        self.document_form = DocumentForm(desk.words)
        self.plan_form = PlanForm(desk.words)
        self.section_form = SectionForm(desk.words)
        self.point_form = PointForm(desk.words)
        self.forms = QStackedWidget()
        self.doubts = Doubts(desk.words)
        self.footer = Footer(desk.words)
        self.panes = Panes(self.source, self.tree, self._stack_forms(), self.doubts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        column.addWidget(scrolled(self.panes), 1)
        column.addWidget(self.footer)
        self._connect()
        self._bind_keys()

    def _stack_forms(self) -> QStackedWidget:
        for form in (self.document_form, self.plan_form, self.section_form, self.point_form):
            self.forms.addWidget(form)
        return self.forms

    def _connect(self) -> None:
        self.tree.chosen.connect(self.choose)
        self.tree.filtered.connect(self._say_footer)
        self.source.placed.connect(self._choose_in_source)
        self.doubts.settled.connect(self._settle)
        self.doubts.pointed.connect(self._point_at)
        self.document_form.edited.connect(self._edit_document)
        self.plan_form.edited.connect(self._edit_plan)
        self.section_form.edited.connect(lambda heading: self._edit(lambda: self._rename(heading)))
        self.point_form.edited.connect(self._edit_point)
        self.point_form.left.connect(self.finish)
        self.desk.words.changed.connect(self._say)
        self.desk.scaled.connect(lambda _scale: QTimer.singleShot(0, self, self._on_scale))
        acts: dict[str, Callable[[], object]] = {
            "split": self.split,
            "merge": lambda: self._edit(lambda: self.steps.merge(self._point_spot())),
            "drop": self.drop,
            "add": self.add,
            "next": self.next_doubt,
            "undo": self.undo,
        }
        for name, act in acts.items():
            self.footer.tools[name].clicked.connect(act)

    def _bind_keys(self) -> None:
        for name, key in self.footer.keys.items():
            if name != "undo":  # the window hands Ctrl+Z on
                QShortcut(QKeySequence(key), self, self.footer.tools[name].click)
        QShortcut(QKeySequence.StandardKey.Find, self, self.tree.find_row)
        QShortcut(
            QKeySequence("Delete"),
            self.tree.view,
            self.footer.tools["drop"].click,
            context=Qt.ShortcutContext.WidgetShortcut,
        )

    # showing

    def open(self, history: History, *, editable: bool, kind: Kind = Kind.DOCUMENT, spot: Spot | None = None) -> None:
        """Show a draft from the top or from a place in it."""
        self.steps, self.editable = Steps(history), editable
        self.footer.set_editable(editable)
        self.kind, self.spot = kind, spot or Spot(0)
        self._rebuild()

    def renew(self, history: History, typed: Mapping[str, object]) -> None:
        """Show the stored document as it is now; the place stays, and the fields of its point that are half typed."""
        before, self.steps = self.steps.now, Steps(history)
        now = self.steps.now
        if [spot for spot, _ in drafting.every_point(before)] != [spot for spot, _ in drafting.every_point(now)]:
            self.spot = drafting.nearest(now, self.spot)
            self.kind = kind_of(self.spot)
            self._rebuild()
            return
        for field, value in typed.items():
            self.steps.change_point(self.spot, field, value)
        now = self.steps.now
        for (spot, old), (_, new) in zip(drafting.every_point(before), drafting.every_point(now), strict=True):
            if old != new:
                self.tree.update_row(now, spot)
        self._fill(fresh=False)
        self._show_place(scroll=False)
        self._say_footer()

    def document(self) -> DocumentDraft:
        """Return the document of the chosen row."""
        return self.steps.document(self.spot)

    def _rebuild(self) -> None:
        """Show everything anew after the structure has changed."""
        draft = self.steps.now
        if not draft:
            return
        self.tree.show_draft(draft)
        self.tree.select(self.kind, self.spot)
        self.choose(self.kind, self.spot)
        self._say_footer()

    def choose(self, kind: Kind, spot: Spot, *, scroll: bool = True) -> None:
        """Show the fields, the span and the doubts of a row."""
        if (kind, spot) != (self.kind, self.spot):
            self.finish()
            self.steps.history.pause()
        self.kind, self.spot = kind, spot
        self._fill(fresh=True)
        self._show_place(scroll=scroll)

    def _show_place(self, *, scroll: bool) -> None:
        """Show where in the source the chosen row stands, and every doubt of the document."""
        document = self.document()
        self.source.show_text(document.text)
        if document is not self._marked:
            points = [one for plan in document.plans for point in plan.points for one in point.review]
            self.source.mark([(one.start, one.end) for one in (*document.review, *points) if one.end > one.start])
            self._marked = document
        point = self._first_point()
        self.source.choose(point.start if point else 0, point.end if point else 0, scroll=scroll)

    def _first_point(self) -> PointDraft | None:
        """Return the point whose span is shown: the chosen one, or the first below the chosen row."""
        if self.kind is Kind.DOCUMENT:
            return None
        points = self.steps.plan(self.spot).points
        return points[max(self.spot.point, 0)] if points else None

    def _fill(self, *, fresh: bool) -> None:
        spot, document, editable = self.spot, self.document(), self.editable
        review: list[ReviewDraft] = []
        if self.kind is Kind.POINT:
            plan, point = self.steps.plan(spot), self.steps.point(spot)
            base = document.issued_on or document.published_on
            self.point_form.show_point(
                point, sections=plan.sections, base=base, editable=True, placed=not editable, fresh=fresh
            )
            self.forms.setCurrentWidget(self.point_form)
            review = point.review
        elif self.kind is Kind.SECTION:
            self.section_form.show_section(self.steps.point(spot).section, editable=editable)
            self.forms.setCurrentWidget(self.section_form)
        elif self.kind is Kind.PLAN:
            self.plan_form.show_plan(self.steps.plan(spot), editable=editable)
            self.forms.setCurrentWidget(self.plan_form)
        else:
            self.document_form.show_entry(self.steps.now[spot.document], editable=editable)
            self.forms.setCurrentWidget(self.document_form)
            review = document.review
        self.doubts.show_doubts(review, editable=editable or self.kind is Kind.POINT)

    def _on_scale(self) -> None:
        self.panes.balance()
        if self.steps.now:
            self.tree.select(self.kind, self.spot)
            self._show_place(scroll=True)

    def _say(self) -> None:
        if self.steps.now:
            self.point_form.say_meaning()
            self._say_footer()

    def _say_footer(self) -> None:
        self.footer.say(drafting.totals(self.steps.now), self.tree.outline.shown)

    # choosing

    def _choose_in_source(self, offset: int) -> None:
        spot = drafting.point_at(self.steps.now, self.spot.document, offset)
        if spot is not None and (self.kind, self.spot) != (Kind.POINT, spot):
            self.tree.select(Kind.POINT, spot)
            self.choose(Kind.POINT, spot, scroll=False)

    def _point_at(self, doubt: ReviewDraft) -> None:
        if doubt.end > doubt.start:
            self.source.go_to(doubt.start, doubt.end)

    def next_doubt(self) -> None:
        """Go on to the next row with a doubt."""
        spot = drafting.next_doubt(self.steps.now, self.spot)
        if spot is None:
            self.desk.told.emit(self.desk.say("沒有待核事項了。"), None)
            return
        kind = Kind.POINT if spot.point >= 0 else Kind.DOCUMENT
        self.tree.select(kind, spot)
        self.choose(kind, spot)
        if self.doubts.list.count():
            self.doubts.list.setCurrentRow(0)

    # editing

    def finish(self) -> None:
        """Take over what is still being typed; to be called before the draft is used."""
        form = self.forms.currentWidget()
        if self.editable and isinstance(form, PointForm | SectionForm):
            form.finish()
        elif not self.editable and self.kind is Kind.POINT and self.steps.now:
            self.corrected.emit(self.spot)

    def undo(self) -> bool:
        """Take back the last edit of the draft; False where there is none."""
        if not self.editable or not self.steps.history.undo():
            return False
        if self.steps.now:
            self.spot = drafting.nearest(self.steps.now, self.spot)
            self.kind = kind_of(self.spot)
            self._rebuild()
        self.changed.emit()
        return True

    def split(self) -> None:
        """Split the chosen point at the cursor in its text."""
        self._edit(lambda: self.steps.split(self._point_spot(), self.point_form.cursor_offset()))

    def drop(self) -> None:
        """Take the chosen point, plan or document out of the draft."""
        if self.kind is Kind.SECTION:
            self.desk.troubled.emit(Refused("章節不能整個刪除。請逐條選擇要點後刪除。"))
        else:
            self._edit(lambda: self.steps.drop(self.spot))

    def add(self) -> None:
        """Add a point after the chosen one, with the words selected in the source where there are any."""
        start, end = self.source.selected()
        text = self.document().text[start:end].strip()
        self._edit(lambda: self.steps.add(self.spot, text=text, start=start, end=end))
        self.point_form.text_field.setFocus()

    def _point_spot(self) -> Spot:
        if self.kind is not Kind.POINT:
            raise Refused("請先在右邊選擇一條要點。")
        return self.spot

    def _edit(self, step: Callable[[], Spot | None]) -> None:
        """Do a step that changes the structure, and show what it led to."""
        if not self.editable:
            return
        self.finish()
        self.steps.history.pause()
        try:
            spot = step()
        except Refused as refused:
            self.desk.troubled.emit(refused)
            return
        if spot is not None:
            self.spot, self.kind = spot, kind_of(spot)
            self._rebuild()
        self.changed.emit()

    def _rename(self, heading: str) -> Spot:
        self.steps.rename_section(self.spot, heading)
        return self.spot

    def _settle(self, doubt: ReviewDraft) -> None:
        if not self.editable:
            self.ticked.emit(self.spot, doubt)
            return
        self.steps.history.pause()
        self.steps.settle(self.spot, doubt)
        self._after_words()
        self._show_place(scroll=False)

    def _edit_document(self, field: str, value: object) -> None:
        self.steps.change_document(self.spot, field, value)
        self._after_words()

    def _edit_plan(self, field: str, value: object) -> None:
        self.steps.change_plan(self.spot, field, value)
        self._after_words()

    def _edit_point(self, field: str, value: object) -> None:
        self.steps.change_point(self.spot, field, value)
        if field == "section":
            self._rebuild()
            self.changed.emit()
        else:
            self._after_words()

    def _after_words(self) -> None:
        """Show new words in an unchanged structure."""
        self.tree.update_row(self.steps.now, self.spot)
        self._fill(fresh=False)
        self._say_footer()
        if self.editable:
            self.changed.emit()


def kind_of(spot: Spot) -> Kind:
    """Return the kind of row a place stands for."""
    return Kind.POINT if spot.point >= 0 else Kind.PLAN if spot.plan >= 0 else Kind.DOCUMENT
