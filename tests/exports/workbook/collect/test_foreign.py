"""Tables with strange headings: proposed, corrected, remembered."""

from __future__ import annotations

from openpyxl import Workbook

from db import mappings
from db.returns import Rule
from db.terms import Verdict
from exports.workbook.collect.foreign import PURPOSE, proposals
from exports.workbook.collect.opening import sources
from tests.exports.workbook.collect.support import POINTS, Office

HEADINGS = ("序號", "幹什麼", "幹到哪了", "完成率")


def own_table(office: Office) -> None:
    """A unit's own table without any code, under headings nobody else uses."""
    book = Workbook()
    page = book.worksheets[0]
    page.append(["縣甲局工作匯總"])
    page.append(HEADINGS)
    for number, text in enumerate(POINTS[:4], start=1):
        page.append([number, text, f"第{number}項已落實到位。", 50 + number])
    book.save(office.inbox / "匯總.xlsx")


def test_columns_are_proposed_from_their_headings(office: Office) -> None:
    own_table(office)
    (source,) = sources([office.inbox])
    (found,) = proposals(source)
    assert (found.row, found.headings) == (1, HEADINGS)
    assert found.fields == {0: "sequence", 3: "percent"}


def test_what_the_clerk_settled_is_used_when_the_table_comes_again(office: Office) -> None:
    own_table(office)
    assert not any(cell.field == "text" for cell in office.plan().accepted)
    fields = {0: "sequence", 1: "task", 2: "text", 3: "percent"}
    mappings.remember(office.database, purpose=PURPOSE, name="甲局匯總", headings=HEADINGS, fields=fields)
    plan = office.plan()
    assert plan.files[0].unit == "縣甲局"
    taken = {(cell.field, cell.returned) for cell in plan.accepted}
    assert taken == {
        (key, value) for n in range(1, 5) for key, value in (("percent", 50 + n), ("text", f"第{n}項已落實到位。"))
    }
    assert all(Rule.BY_TEXT in cell.rules and cell.verdict is Verdict.TAKEN for cell in plan.accepted)
