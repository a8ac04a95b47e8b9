"""What LibreOffice keeps of what goes out: sheets are still checked, locked and known; forms still calculate."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from db.codes import find_codes, find_tokens
from db.outgoing import OutgoingRow, OutgoingSheet
from db.settings import Office
from db.terms import UnitRole
from exports.upward.fields import propose
from exports.upward.fill import write_upward
from exports.upward.form import read_form
from exports.upward.plan import plan
from exports.words import words_of
from exports.workbook import travel
from exports.workbook.travelwrite import workbook_bytes
from tests.exports.upward.forms import made
from tests.exports.workbook.samples import OFFICE, notice
from tests.exports.workbook.samples import row as ledger_row
from tests.exports.workbook.travel_samples import NOTHING, TOKEN, outgoing, row, sheet

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]


def converted(path: Path, kind: str, *, name: str = "back") -> Path:
    """Open a file in LibreOffice and save it as another kind, in a folder of its own."""
    out = path.parent / name
    profile = path.parent / "profile"
    command = ["soffice", "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=180)
    return out / path.with_suffix(f".{kind}").name


def sent(tmp_path: Path, unit: OutgoingSheet, office: Office = OFFICE) -> Path:
    path = tmp_path / travel.file_name(unit.unit, travel.SHEET, "2022-06", unit.token)
    path.write_bytes(workbook_bytes(outgoing(unit), unit, office=office))
    return path


@pytest.fixture(scope="module")
def back(tmp_path_factory: pytest.TempPathFactory) -> Any:  # noqa: ANN401 - a workbook with untyped properties
    """A sheet of two days and one without, once through LibreOffice."""
    unit = sheet(row(1), row(2, deadline="持續推進", deadline_on=""), row(3, UnitRole.CO, task="=不是公式"))
    path = sent(tmp_path_factory.mktemp("sent"), unit)
    return openpyxl.load_workbook(BytesIO(converted(path, "xlsx").read_bytes()))


def test_entries_are_still_checked(back: Any) -> None:  # noqa: ANN401
    checks = {check.type: check for check in back.worksheets[0].data_validations.dataValidation}
    assert set(checks) == {"list", "whole", "date"}
    assert travel.LISTS_SHEET in checks["list"].formula1
    assert [cell.value for cell in back[travel.LISTS_SHEET]["A"]][:3] == ["未开始", "进行中", "已完成"]


def test_only_inputs_are_free_and_the_filter_still_works(back: Any) -> None:  # noqa: ANN401
    page = back.worksheets[0]
    assert page.protection.sheet
    assert page.protection.autoFilter in (False, None)
    assert page.auto_filter.ref
    at = next(cell.row for cell in page["B"] if find_codes(str(cell.value)))
    heading = next(cell.row for cell in page["B"] if cell.value == "编号")
    inputs = {column.title for column in travel.COLUMNS if column.input}
    words = words_of(OFFICE)
    free = {
        str(title.value)
        for title, cell in zip(page[heading], page[at], strict=True)
        if title.value and not cell.protection.locked
    }
    assert free == {words.fixed(title) for title in inputs}


def test_it_is_still_known(back: Any) -> None:  # noqa: ANN401
    page, hidden = back.worksheets[0], back[travel.IDENTITY_SHEET]
    assert hidden.sheet_state != "visible"
    assert hidden["B1"].value == TOKEN
    assert find_tokens(page["A2"].value) == [TOKEN]
    assert len(find_codes(" ".join(str(cell.value) for cell in page["B"]))) == 3
    properties = {one.name: one.value for one in back.custom_doc_props.props}
    assert properties[f"{travel.PROPERTY}token"] == TOKEN


def test_texts_and_colours_are_still_there(back: Any) -> None:  # noqa: ANN401
    page = back.worksheets[0]
    assert "=不是公式" in [cell.value for cell in page["C"] if cell.data_type == "s"]
    rules = [rule for found in page.conditional_formatting for rule in found.rules]
    assert any("TODAY()" in str(rule.formula) for rule in rules)
    assert {cell.number_format for cell in page["B"] if find_codes(str(cell.value))} == {"@"}


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_older_and_other_kinds_keep_codes_and_token(tmp_path: Path, kind: str) -> None:
    path = converted(sent(tmp_path, sheet()), kind)
    book = CalamineWorkbook.from_path(path)
    texts = " ".join(
        str(value) for line in book.get_sheet_by_index(0).to_python() for value in line if value not in ("", None)
    )
    assert find_codes(texts) == [one.code for one in sheet().rows]
    assert TOKEN in find_tokens(texts)
    assert travel.IDENTITY_SHEET in book.sheet_names


def test_a_sheet_prints_whole_on_a4(tmp_path: Path) -> None:
    rows = tuple(
        OutgoingRow(
            one.id,
            UnitRole.LEAD if place % 3 else UnitRole.CO,
            one.code,
            {**row(1).sent, "code": one.code, "task": one.point_text},
            NOTHING,
        )
        for place, one in enumerate(notice().rows)
    )
    unit = replace(sheet(), rows=rows)
    reader = PdfReader(converted(sent(tmp_path, unit), "pdf"))
    printed = ["".join(page.extract_text().split()) for page in reader.pages]
    assert {(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in reader.pages} == {(842, 595)}
    for number, page in enumerate(printed, start=1):
        assert f"第{number}页" in page
    for page in printed[:-1]:
        assert "工作要点" in page
        assert "本期填报" in page
    whole = "".join(printed)
    for one in notice().rows:
        assert one.code in whole
        assert "".join(one.point_text.split())[-6:] in whole, one.code
    assert "填表说明" in printed[-1]


def test_a_filled_form_is_calculated_when_it_is_opened(tmp_path: Path) -> None:
    texts = ("規范政務公開標準化目錄，完善公開清單管理。", "優化政務服務大廳布局，推進無障礙環境建設。")
    form = read_form(made(tmp_path / "省表.xlsx", texts))
    rows = [ledger_row(n, point_text=text, percent=n * 20) for n, text in enumerate(texts, start=1)]
    filled = plan(form, propose(form.titles), rows, words_of(OFFICE))
    path = converted(write_upward(filled, tmp_path / "報出.xlsx"), "xlsx")
    assert openpyxl.load_workbook(path, data_only=True).worksheets[0]["E5"].value == 30
