"""Before a draft of the page 要點 is stored: what is still missing, and what to do when the window closes."""

from __future__ import annotations

from enum import Enum

from PySide6.QtWidgets import QMessageBox, QWidget

from db.errors import Refused
from desktop.desk import Desk
from desktop.drafting import Draft, Spot, every_point, totals
from desktop.pages.plans_outline import Kind


class Answer(Enum):
    """What is to become of a draft."""

    STORE = "store"
    DROP = "drop"
    STAY = "stay"


def name_of(draft: Draft) -> str:
    """Return the name of the first document of a draft."""
    document = draft[0].document
    return document.title or document.source_name


def first_gap(draft: Draft) -> tuple[Kind, Spot, Refused] | None:
    """Return the first place where something is missing, with the sentence about it."""
    from db.planstore import plan_year

    for spot, point in every_point(draft):
        if not point.text.strip():
            return Kind.POINT, spot, Refused("有一條要點沒有文字，沒有存入。請填寫或刪除這一條。")
    for place, entry in enumerate(draft):
        document = entry.document
        if entry.year is None and any(plan_year(plan, document) is None for plan in document.plans):
            name = document.title or document.source_name
            refused = Refused("「{name}」沒有寫明年份，沒有存入。請填寫「計劃年度」。", name=name)
            return Kind.DOCUMENT, Spot(place), refused
    return None


def ask(parent: QWidget, desk: Desk, draft: Draft) -> Answer:
    """Ask what is to become of a draft when the window closes."""
    say = desk.say
    question = say("「{name}」的 {n} 條要點還沒有存入。", name=name_of(draft), n=totals(draft).points)
    box = QMessageBox(QMessageBox.Icon.Question, say("政務臺賬"), question, parent=parent)
    store = box.addButton(say("存入"), QMessageBox.ButtonRole.AcceptRole)
    drop = box.addButton(say("放棄"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(say("取消"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(store)
    box.setEscapeButton(stay)
    box.exec()
    return {store: Answer.STORE, drop: Answer.DROP}.get(box.clickedButton(), Answer.STAY)  # type: ignore[call-overload,no-any-return]
