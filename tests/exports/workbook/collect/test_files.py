"""What comes back, as a plan."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from typing import Any

import pytest

from db.terms import ReturnState, Verdict
from tests.exports.workbook.collect.support import Office

TEXT = "已召開推進會，清單上線運行。"


def test_what_was_filled_in_is_taken_and_nothing_else(office: Office) -> None:
    sheet = office.sheet()
    code = next(iter(sheet.codes))
    sheet.write(code, percent=100, status="已完成", text=TEXT, finished_on=date(2022, 12, 20))
    sheet.save(office.inbox / "最終版2.xlsx")
    plan = office.plan()
    assert [file.state for file in plan.files] == [ReturnState.RECOGNISED]
    taken = {(cell.code, cell.field): cell.returned for cell in plan.cells if cell.verdict is Verdict.TAKEN}
    assert taken == {
        (code, "percent"): 100,
        (code, "status"): "done",
        (code, "text"): TEXT,
        (code, "finished_on"): "2022-12-20",
    }
    assert not plan.missing
    assert {cell.verdict for cell in plan.cells} <= {Verdict.TAKEN, Verdict.UNCHANGED, Verdict.KEPT, Verdict.SAME}


def test_an_untouched_sheet_says_nothing(office: Office) -> None:
    shutil.copy(office.files[0], office.inbox)
    plan = office.plan()
    assert plan.accepted == []
    assert {cell.verdict for cell in plan.cells} == {Verdict.UNCHANGED}
    assert plan.files[0].unit in plan.not_returned


def test_the_same_file_twice_is_read_once(office: Office) -> None:
    shutil.copy(office.files[0], office.inbox / "a.xlsx")
    shutil.copy(office.files[0], office.inbox / "副本.xlsx")
    assert [file.state for file in office.plan().files] == [ReturnState.RECOGNISED, ReturnState.DUPLICATE]


def test_folders_and_archives_are_looked_through(office: Office) -> None:
    deep = office.inbox / "甲" / "乙"
    deep.mkdir(parents=True)
    shutil.copy(office.files[0], deep / "回復.xlsx")
    with zipfile.ZipFile(office.inbox / "打包.zip", "w") as archive:
        archive.write(office.files[1], "../../逃.xlsx")
        archive.write(office.files[2], "內/表.xlsx")
    plan = office.plan()
    assert [file.state for file in plan.files] == [ReturnState.RECOGNISED] * 3
    assert {file.name for file in plan.files} == {"回復.xlsx", "逃.xlsx", "表.xlsx"}


def test_a_file_of_another_kind_is_named(office: Office) -> None:
    (office.inbox / "說明.docx").write_bytes(b"no workbook")
    (office.inbox / "斷.xlsx").write_bytes(office.files[0].read_bytes()[:2000])
    (office.inbox / "空.xlsx").write_bytes(b"")
    (office.inbox / "~$回復.xlsx").write_bytes(b"lock")
    states = {file.name: file.state for file in office.plan().files}
    assert states == {
        "說明.docx": ReturnState.FOREIGN,
        "斷.xlsx": ReturnState.DAMAGED,
        "空.xlsx": ReturnState.DAMAGED,
    }
    assert all(file.detail for file in office.plan().files)


@pytest.mark.parametrize("lost", ["properties", "hidden", "line", "name"])
def test_any_one_mark_is_enough(office: Office, lost: str) -> None:
    """Marks and codes are taken away but for one."""
    sheet = office.sheet()
    unit = office.plan(sheet.path).files[0].unit
    marks = {"properties", "hidden", "line", "name"} - {lost}
    if "properties" in marks:
        properties: Any = sheet.book  # the stubs do not know them yet
        for known in list(properties.custom_doc_props.names):
            del properties.custom_doc_props[known]
    if "hidden" in marks:
        del sheet.book["taizhang"]
    if "line" in marks:
        sheet.page["A2"] = ""
    for row in sheet.codes.values():
        sheet.page.cell(row, sheet.column("code")).value = None
    name = sheet.path.name if "name" not in marks else "回復.xlsx"
    plan = office.plan(sheet.save(office.inbox / name))
    assert (plan.files[0].state, plan.files[0].unit) == (ReturnState.RECOGNISED, unit)
