"""Beside a returned cell: what was sent, what the ledger has, what came back; and the history of the task."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from db.returns import PlanCell, ReturnPlan, Target
from db.terms import Verdict
from desktop import theme
from desktop.desk import Desk
from desktop.models.returns import field_title, shown_value
from desktop.pages import entry_rows
from desktop.pages.entry_rows import Card, Told

_SIDES = ("發出時", "臺賬現在", "收回")
_GROUNDS = (theme.GROUND, theme.PAPER, theme.CHOSEN)


class SidePane(QWidget):
    """``decided`` is sent with True to take what came back, with False to keep the ledger's."""

    decided = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._plan: ReturnPlan | None = None
        self._cell: PlanCell | None = None
        self._target: Target | None = None  # what the row of the cell is on
        self.card: Card | None = None
        self.view = QTextBrowser()
        desk.words.put(self.view, "並排對照", setter="setAccessibleName")
        self.ours, self.theirs = QPushButton(), QPushButton()
        desk.words.put(self.ours, "用臺賬")
        desk.words.put(self.theirs, "用收回")
        self.head = QLabel()
        self.head.setProperty("role", "faint")
        self.head.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.ours)
        buttons.addWidget(self.theirs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)
        self.ours.clicked.connect(lambda: self.decided.emit(False))
        self.theirs.clicked.connect(lambda: self.decided.emit(True))
        desk.words.changed.connect(self._write)

    def show_cell(self, plan: ReturnPlan | None, cell: PlanCell | None, *, choice: bool) -> None:
        """Show another cell; its task's history is read where it is not the one shown already."""
        self._plan, self._cell = plan, cell
        may = choice and plan is not None and cell is not None and plan.may_choose(cell)
        self.ours.setEnabled(may and cell is not None and cell.accepted)
        self.theirs.setEnabled(may and cell is not None and not cell.accepted)
        new = cell is not None and cell.verdict is Verdict.PROPOSAL
        self._desk.words.put(self.ours, "不列為任務" if new else "用臺賬")
        self._desk.words.put(self.theirs, "列為任務" if new else "用收回")
        self._target = _target(plan, cell)
        task = self._target.assignment if self._target is not None else None
        if task is None:
            self.card = None
        elif self.card is None or self.card.id != task:
            self.card = None
            self._desk.ask(self, lambda session: entry_rows.card(session, task), self._take)
        self._write()

    def forget(self) -> None:
        """Read the history anew next time."""
        self.card = None

    def _take(self, card: Card | None) -> None:
        if card is not None and self._target is not None and self._target.assignment == card.id:
            self.card = card
            self._write()

    # writing

    def _write(self) -> None:
        cell, plan = self._cell, self._plan
        if cell is None or plan is None:
            self.view.setHtml(f'<p style="color:{theme.FAINT}">{escape(self._desk.say(_NOTHING))}</p>')
            return
        file = plan.files[cell.file]
        head = "　".join(part for part in (cell.code, self._desk.say(field_title(cell.field)), file.unit) if part)
        parts = [f"<b>{escape(head)}</b>", f'<p style="color:{theme.FAINT}">{escape(self._where(file.name, cell))}</p>']
        new = cell.verdict is Verdict.PROPOSAL
        parts += [self._matter(plan, cell)] if new else [self._sides(cell)]
        if cell.problem:
            parts.append(
                f'<p style="background-color:{theme.DAMAGE}">{escape(self._desk.words.say_stored(cell.problem))}</p>'
            )
        if self.card is not None:
            parts.append(f"<p>{escape(self.card.text)}</p>")
            parts += self._beside(plan)
            parts += self._history()
        self.view.setHtml("".join(parts))

    def _matter(self, plan: ReturnPlan, cell: PlanCell) -> str:
        """Return a new matter, field by field, as its unit wrote it, and what accepting it makes of it."""
        say, file = self._desk.say, plan.files[cell.file]
        lines = "".join(
            f'<tr><td width="25%" bgcolor="{theme.GROUND}">{escape(say(field_title(one.field)) or "—")}</td>'
            f'<td bgcolor="{theme.CHOSEN if one.accepted else theme.PAPER}">{_lines(one.found)}</td></tr>'
            for one in plan.row_of(cell)
        )
        told = say(_BECOMES if plan.may_choose(cell) else _STAYS, year=file.period[:4], unit=file.unit)
        return f'<table width="100%" cellpadding="4">{lines}</table><p>{escape(told)}</p>'

    def _where(self, name: str, cell: PlanCell) -> str:
        return f"{name}　{cell.sheet}!{cell.cell}"

    def _sides(self, cell: PlanCell) -> str:
        """Return the three values as the columns of a table."""
        words = self._desk.words
        came = cell.returned if cell.target is not None else None
        values = [shown_value(words, cell.field, value) for value in (cell.sent, cell.ledger, came)]
        if came is None:
            values[2] = cell.found or "—"
        heads = "".join(f'<th align="left" width="33%">{escape(words.say(side))}</th>' for side in _SIDES)
        cells = "".join(
            f'<td bgcolor="{ground}">{_lines(value)}</td>' for value, ground in zip(values, _GROUNDS, strict=True)
        )
        return f'<table width="100%" cellpadding="4"><tr>{heads}</tr><tr>{cells}</tr></table>'

    def _beside(self, plan: ReturnPlan) -> Iterable[str]:
        """Yield what each unit of the task says for this period: the ledger's report, or what has just come back."""
        assert self.card is not None
        assert self._target is not None
        say, period = self._desk.say, self._target.period
        lines, came = [], self._returned(plan, self._target.assignment)
        for party in self.card.parties:
            told = came.get(party.id, "")
            kept = next((one for one in self.card.entries if one.unit_id == party.id and one.period == period), None)
            text = told or (self._entry(kept) if kept else "—")
            mark = say("（這次收回）") if told else ""
            lines.append(
                f"<tr><td><b>{escape(party.name or '—')}</b><br>"
                f'<span style="color:{theme.FAINT}">{escape(say(party.role.label) + mark)}</span></td>'
                f"<td>{_lines(text)}</td></tr>"
            )
        if len(lines) > 1:
            yield f"<p><b>{escape(say('各單位本期填報'))}</b></p>"
            yield f'<table width="100%" cellpadding="4">{"".join(lines)}</table>'

    def _returned(self, plan: ReturnPlan, task: int) -> dict[int | None, str]:
        """Return what units have just reported on a task, by unit; one pass, for there are thousands of cells."""
        told: dict[int | None, list[str]] = {}
        for one in plan.cells:
            if one.target is not None and one.target.assignment == task and one.open_to_choice:
                value = shown_value(self._desk.words, one.field, one.returned)
                told.setdefault(one.target.unit, []).append(value + ("%" if one.field == "percent" else ""))
        return {unit: "　".join(values) for unit, values in told.items()}

    def _history(self) -> Iterable[str]:
        assert self.card is not None
        assert self._target is not None
        unit = self._target.unit
        earlier = [one for one in self.card.entries if one.unit_id == unit]
        if earlier:
            yield f"<p><b>{escape(self._desk.say('這個單位以前的填報'))}</b></p>"
        for one in earlier:
            yield f'<p><span style="color:{theme.FAINT}">{escape(one.period)}　</span>{_lines(self._entry(one))}</p>'

    def _entry(self, entry: Told) -> str:
        facts = [f"{entry.percent}%"] if entry.percent is not None else []
        facts += [self._desk.say(entry.state.label)] if entry.state is not None else []
        facts += [text for text in (entry.text, entry.problem, entry.next_step) if text]
        return "　".join(facts) or "—"


_NOTHING = "選擇一格，在這裏並排對照，並查看這項任務以前的填報。"


_BECOMES = "列為任務：歸入「臨時交辦 {year}」，由「{unit}」或它寫明的單位牽頭；所填的進展一併錄入。"
_STAYS = "這份文件認不出單位和報送期，新增的事項不能在這裏列為任務。"


def _target(plan: ReturnPlan | None, cell: PlanCell | None) -> Target | None:
    """Return what a cell's row is on; one that could not be read itself is told by another of its row."""
    if plan is None or cell is None or cell.target is not None or cell.row_id is None:
        return cell.target if cell is not None else None
    return next((one.target for one in plan.cells if one.row_id == cell.row_id and one.target is not None), None)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
