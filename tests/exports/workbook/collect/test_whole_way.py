"""Once round: what a unit writes comes into the ledger, goes out again as text, comes back unchanged, is printed."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook
from sqlalchemy import select

from db import collect, progress, undo
from db.database import open_database
from db.errors import Refused
from db.ledger import read as read_ledger
from db.models import Assignment, ProgressEntry, ReturnedFile
from db.sentrows import SentRow
from db.settings import office as office_settings
from db.terms import UnitRole, Verdict
from exports.dispatch import dispatch
from exports.workbook.collect.rows import nearest_text
from exports.workbook.ledger import write_ledger
from tests.exports.workbook.collect.support import PERIOD, Office, by_place

STARTS = ("=1+1", "+86-0700", "-5℃以下", "@甲", "\t=2+2", "\r=3+3")


@pytest.mark.parametrize("starts", [STARTS, STARTS[::-1]])
def test_a_text_that_looks_like_a_formula_stays_a_text_all_the_way(
    office: Office, tmp_path: Path, starts: tuple[str, ...]
) -> None:
    sheet = office.sheet_of("縣甲局")
    texts = dict(zip(sheet.codes, starts, strict=True))
    for code, text in texts.items():
        cell = sheet.cell(code, "text")
        cell.value, cell.data_type = text, "s"
    sheet.save(office.inbox / "回復.xlsx")
    collect.apply(office.database, plan=office.plan())
    meant = {code: text.replace("\r", "\n") for code, text in texts.items()}
    with office.database.reading() as session:
        query = select(Assignment.code, ProgressEntry.text).join(ProgressEntry).where(ProgressEntry.period == PERIOD)
        assert {code: text for code, text in session.execute(query)} == meant  # noqa: C416 - rows are no pairs

    again = Office(office.database, tmp_path / "再", tmp_path / "再收")
    dispatch(office.database, folder=again.out, due_on=date(2099, 12, 31), period="2023-01")
    sheet = again.sheet_of("縣甲局")
    for code, text in meant.items():
        cell = sheet.cell(code, "last_text")
        assert (cell.data_type, str(cell.value).strip()) == ("s", text.strip())
    plan = again.plan(sheet.save(again.inbox / "原樣.xlsx"))
    assert {cell.verdict for cell in plan.cells} == {Verdict.UNCHANGED}

    with office.database.reading() as session:
        target = tmp_path / "臺賬.xlsx"
        write_ledger(read_ledger(session), target, office=office_settings(session))
    cells = [cell for line in load_workbook(target).worksheets[0].iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    printed = {str(cell.value).strip() for cell in cells if cell.value is not None}
    led = list(meant.values())[:4]  # the ledger prints what the leading unit says
    assert {text.strip() for text in led} <= printed


KILLED = """
import os, sys
from pathlib import Path
from db import collect
from db.database import open_database
from exports.workbook.collect.files import plan_returns
database = open_database(Path(sys.argv[1]), operator="李")
with database.reading() as session:
    plan = plan_returns(session, [Path(sys.argv[2])])
assert plan.accepted
collect._Application._returned = lambda self: (self.change.session.flush(), os._exit(9))
collect.apply(database, plan=plan)
"""


def test_a_program_that_dies_while_it_applies_leaves_what_was(office: Office) -> None:
    sheet = office.sheet_of("縣甲局")
    code = next(iter(sheet.codes))
    path = sheet.write(code, percent=60, text="已辦結。").save(office.inbox / "回復.xlsx")
    before = standing(office)
    office.database.release()
    died = subprocess.run(
        [sys.executable, "-c", KILLED, str(office.database.path), str(path)], check=False, capture_output=True
    )
    assert died.returncode == 9, died.stderr.decode("utf-8", "replace")
    reopened = Office(open_database(office.database.path, operator="李"), office.out, office.inbox)
    assert standing(reopened) == before
    collect.apply(reopened.database, plan=reopened.plan())
    assert standing(reopened) != before
    reopened.database.release()


def test_a_failure_while_it_applies_leaves_what_was(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = office.sheet_of("縣甲局")
    sheet.write(next(iter(sheet.codes)), percent=60).save(office.inbox / "回復.xlsx")
    before = standing(office)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(collect._Application, "_returned", fail)
        with pytest.raises(Exception, match=r"No space|磁盤|空間"):
            collect.apply(office.database, plan=office.plan())
    assert standing(office) == before
    collect.apply(office.database, plan=office.plan())


def standing(office: Office) -> list[tuple[object, ...]]:
    """Return everything that collecting may change."""
    with office.database.reading() as session:
        entries = select(ProgressEntry.assignment_id, ProgressEntry.unit_id, ProgressEntry.percent, ProgressEntry.text)
        tasks = select(Assignment.id, Assignment.percent, Assignment.task_state, Assignment.report_state)
        files = select(ReturnedFile.name)
        return [tuple(row) for query in (entries, tasks, files) for row in session.execute(query)]


ANSWERS = some.dictionaries(
    some.integers(0, 5), some.tuples(some.integers(41, 100), some.text("已辦結清單=+-@ \n", max_size=12)), min_size=1
)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ANSWERS, second=ANSWERS, work=some.dictionaries(some.integers(0, 5), some.integers(41, 100), max_size=2))
def test_laws_of_applying_and_undoing(
    office: Office,
    first: dict[int, tuple[int, str]],
    second: dict[int, tuple[int, str]],
    work: dict[int, int],
) -> None:
    """What was shown is what is written; again changes nothing; undone, all is as it was but for later work."""
    start = standing(office)
    paths = [answered(office, f"{place}.xlsx", answers) for place, answers in enumerate((first, second))]
    plan = office.plan(paths[0])
    shown = {(cell.code, cell.field): cell.returned for cell in plan.accepted}
    one = collect.apply(office.database, plan=plan)
    written = by_place(office.plan(answered(office, "後.xlsx", {}, mark="再")))
    assert {place: written[place].ledger for place in shown} == shown
    again = office.plan(answered(office, "再.xlsx", first, mark="再"))
    assert again.accepted == []
    two = collect.apply(office.database, plan=office.plan(paths[1]))
    codes = list(office.sheet_of("縣甲局").codes)
    later = [
        progress.add(office.database, code=codes[place], report=progress.Report(PERIOD, text=f"{percent}項"))
        for place, percent in work.items()
    ]
    for change in (*reversed(later), two, one):
        if change.batch is not None:
            undo.undo(office.database, batch=change.batch)
    assert standing(office) == start


def answered(office: Office, name: str, answers: dict[int, tuple[int, str]], *, mark: str = "") -> Path:
    """Save answers by the place of their row; a mark makes another file of the same answers."""
    sheet = office.sheet_of("縣甲局")
    sheet.book.properties.keywords = mark
    codes = list(sheet.codes)
    for place, (percent, text) in answers.items():
        sheet.cell(codes[place], "percent").value = percent
        cell = sheet.cell(codes[place], "text")
        cell.value, cell.data_type = text or None, "s"
    return sheet.save(office.inbox / name)


def sent(place: int, task: str, measure: str = "") -> SentRow:
    return SentRow(place, 1, place, UnitRole.LEAD, f"22-政16-0{place}-1X", {"task": task, "measure": measure}, {})


QUARTERS = [sent(n, f"按時報送第{name}季度政務公開工作情況，並公布測評結果。") for n, name in enumerate("一二三四")]


def test_tasks_that_differ_in_one_character_are_never_taken_for_each_other() -> None:
    assert nearest_text(QUARTERS, {"task": QUARTERS[2].sent["task"]}).row is QUARTERS[2]
    changed = {"task": "按時報送季度政務公開工作情況，並公布測評結果。"}
    assert nearest_text(QUARTERS, changed).row is None
    typo = {"task": "按时报送第三季度政务公开工作情況，并公布测评的结果。"}
    found = nearest_text(QUARTERS, typo)
    assert found.row in (None, QUARTERS[2])


def test_a_row_whose_own_line_is_gone_is_not_given_to_its_neighbour() -> None:
    """The text of one quarter is left, that of another was deleted: only the first may take the answer."""
    left = [QUARTERS[0], QUARTERS[1]]
    assert nearest_text(left, {"task": QUARTERS[3].sent["task"]}).row is None


def test_measures_tell_tasks_of_one_text_apart() -> None:
    rows = [sent(1, "加強信息公開。", "每月更新目錄。"), sent(2, "加強信息公開。", "每季通報測評。")]
    assert nearest_text(rows, {"task": "加強信息公開。", "measure": "每季通報測評。"}).row is rows[1]
    assert nearest_text(rows, {"task": "加強信息公開。"}).row is None


def test_a_plan_of_yesterday_is_refused_as_a_whole(office: Office) -> None:
    first = office.sheet_of("縣甲局")
    codes = list(first.codes)
    first.write(codes[0], percent=60).write(codes[1], percent=70).save(office.inbox / "甲.xlsx")
    plan = office.plan()
    progress.add(office.database, code=codes[1], report=progress.Report(PERIOD, percent=65))
    before = standing(office)
    with pytest.raises(Refused, match=codes[1]):
        collect.apply(office.database, plan=plan)
    assert standing(office) == before
    assert os.listdir(office.inbox) == ["甲.xlsx"]  # noqa: PTH208
