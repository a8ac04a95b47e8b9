"""The superior's form: headings told, rows matched, cells filled, and nothing else in the file touched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from db.errors import Refused, UnreadableInput
from db.ledger import LedgerRow
from db.settings import Office
from db.terms import TaskState
from exports.upward.fields import propose
from exports.upward.fill import write_upward
from exports.upward.form import read_form
from exports.upward.match import How
from exports.upward.plan import UpwardPlan, plan
from exports.words import words_of
from tests.exports.upward.forms import TITLES, made, parts, sheet_of
from tests.exports.workbook.samples import row

WORDS = words_of(Office(output_script="zh_Hant"))
TEXTS = (
    "規范政務公開標準化目錄，完善公開清單管理，年內實現全覆蓋。",
    "優化政務服務大廳布局，推進無障礙環境建設和改造，方便老年人辦事。",
    "加強政府網站集約化建設，健全信息發布審核機制，定期開展檢查。",
)


def ledger() -> list[LedgerRow]:
    """Two points with an assignment each, one with two."""
    return [
        row(1, point_text=TEXTS[0], percent=60, progress="已印發目錄。", deadline_text="年底前", lead="縣政府辦"),
        row(2, point_text=TEXTS[1], percent=100, task_state=TaskState.DONE, progress="=已完成", lead="縣行政審批局"),
        row(3, point_text=TEXTS[2], percent=80, progress="檢查一次。", lead="縣網信辦"),
        row(
            4, point_id=3, point_text=TEXTS[2], point_number="(3)", percent=40, progress="已改版。", lead="縣融媒體中心"
        ),
    ]


def planned(path: Path, rows: Sequence[LedgerRow] = ()) -> UpwardPlan:
    form = read_form(path)
    return plan(form, propose(form.titles), rows or ledger(), WORDS)


def filled(path: Path, rows: Sequence[LedgerRow] = ()) -> dict[str, object]:
    written = write_upward(planned(path, rows), path.with_name("報出.xlsx"))
    return {cell.coordinate: cell.value for line in sheet_of(written).iter_rows() for cell in line if cell.value}


def test_values_stand_under_their_headings_beside_their_tasks(tmp_path: Path) -> None:
    found = filled(made(tmp_path / "表.xlsx", TEXTS))
    assert found["C3"] == "縣政府辦"
    assert (found["D3"], found["E3"], found["F3"]) == ("年底前", 60, "已印發目錄。")
    assert found["E4"] == 100


def test_several_units_of_a_point_speak_one_after_the_other_and_nothing_is_overstated(tmp_path: Path) -> None:
    found = filled(made(tmp_path / "表.xlsx", TEXTS))
    assert found["C5"] == "縣網信辦、縣融媒體中心"
    assert found["E5"] == 40
    assert found["F5"] == "縣網信辦：檢查一次。\n縣融媒體中心：已改版。"


def test_a_percent_that_one_of_several_units_owes_is_left_open(tmp_path: Path) -> None:
    rows = [*ledger()[:3], row(4, point_id=3, point_text=TEXTS[2], percent=None)]
    assert "E5" not in filled(made(tmp_path / "表.xlsx", TEXTS), rows=rows)


def test_only_the_sheet_and_the_wish_to_calculate_are_changed(tmp_path: Path) -> None:
    path = made(tmp_path / "表.xlsx", TEXTS)
    before, after = parts(path), parts(write_upward(planned(path), tmp_path / "報出.xlsx"))
    assert list(after) == list(before)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
    assert any("chart" in name for name in before)
    assert "xl/vbaProject.bin" in before


def test_formulas_stay_and_their_old_results_go(tmp_path: Path) -> None:
    path = made(tmp_path / "表.xlsx", TEXTS)
    assert b"<v>99</v>" in parts(path)["xl/worksheets/sheet1.xml"]
    written = write_upward(planned(path), tmp_path / "報出.xlsx")
    assert sheet_of(written)["E6"].value == "=AVERAGE(E3:E5)"
    assert b"<v>99</v>" not in parts(written)["xl/worksheets/sheet1.xml"]
    assert b'fullCalcOnLoad="1"' in parts(written)["xl/workbook.xml"]


def test_formats_stay_as_they_are(tmp_path: Path) -> None:
    path = made(tmp_path / "表.xlsx", TEXTS)
    written = sheet_of(write_upward(planned(path), tmp_path / "報出.xlsx"))
    assert written["F3"].fill.start_color.rgb == "FFFFFF00"
    assert written["F3"].font.name == "仿宋"
    assert written.column_dimensions["B"].width == 44.5
    assert "A1:G1" in [str(one) for one in written.merged_cells.ranges]


def test_what_begins_like_a_formula_is_written_as_text(tmp_path: Path) -> None:
    path = made(tmp_path / "表.xlsx", TEXTS)
    cell = sheet_of(write_upward(planned(path), tmp_path / "報出.xlsx"))["F4"]
    assert (cell.value, cell.data_type) == ("=已完成", "s")


def test_cells_that_hold_something_are_kept_and_named(tmp_path: Path) -> None:
    path = made(tmp_path / "表.xlsx", TEXTS)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["F3"] = "縣裏已自行填寫"
    book.worksheets[0]["E4"] = "=1+1"
    book.save(path)
    found = planned(path)
    assert set(found.kept) == {"F3", "E4"}
    assert not {"F3", "E4"} & {one.address for one in found.fills}


@pytest.mark.parametrize(
    ("number_format", "title", "expected"),
    [("0%", "完成進度", 0.6), ("General", "完成進度(%)", 60), ("General", "完成進度", "60%")],
)
def test_a_percent_is_written_as_its_cell_shows_it(
    tmp_path: Path, number_format: str, title: str, expected: object
) -> None:
    path = made(tmp_path / "表.xlsx", TEXTS, [title if one.startswith("完成進度") else one for one in TITLES])
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["E3"].number_format = number_format
    book.save(path)
    assert filled(path)["E3"] == expected


def test_rows_are_known_by_code_by_text_by_number_and_by_likeness(tmp_path: Path) -> None:
    code = ledger()[0].code
    tasks = (
        f"{code} 見臺賬",
        TEXTS[1].replace("大廳布局", "大厅的布局"),
        "3" + TEXTS[2][:18],
        "完全不相干的另一件事情",
    )
    found = planned(made(tmp_path / "表.xlsx", tasks))
    assert [one.how for one in found.matches][:2] == [How.CODE, How.TEXT]
    assert [one.rows[0].point_text for one in found.matches] == list(TEXTS)
    assert [row.texts[1] for row in found.lost] == [tasks[3]]


def test_a_rewritten_task_under_the_same_number_is_marked_for_a_look(tmp_path: Path) -> None:
    tasks = ("規范公開目錄和清單，年內全覆蓋。", *TEXTS[1:])
    match = planned(made(tmp_path / "表.xlsx", tasks)).matches[0]
    assert match.rows[0].point_text == TEXTS[0]
    assert not match.sure


def test_a_point_with_two_like_texts_is_not_guessed(tmp_path: Path) -> None:
    rows = [row(8, point_text=TEXTS[0] + "甲"), row(9, point_text=TEXTS[0] + "乙")]
    found = planned(made(tmp_path / "表.xlsx", ("規范政務公開標準化目錄，完善公開清單管理",)), rows=rows)
    assert found.matches == ()
    assert len(found.lost) == 1


def test_a_heading_of_two_rows_is_read(tmp_path: Path) -> None:
    path = made(tmp_path / "表.xlsx", TEXTS)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.insert_rows(2)
    sheet.append([])
    for place, title in enumerate(("序號", "工作任務", "責任單位", "完成時限", "推進情況", None, "備註"), start=1):
        sheet.cell(2, place).value = title
    for column in "ABCDG":
        sheet[f"{column}3"].value = None
        sheet.merge_cells(f"{column}2:{column}3")
    sheet.merge_cells("E2:F2")
    book.save(path)
    form = read_form(path)
    assert form.titles == TITLES
    assert form.heading == 2


@pytest.mark.parametrize(
    ("titles", "fields"),
    [
        (
            ("序號", "工作任務", "工作要求", "牽頭單位", "配合/責任單位"),
            ("sequence", "section", "text", "lead", "others"),
        ),
        (("序号", "工作任务", "责任单位", "目前进度", "状态"), ("sequence", "text", "lead", "progress", "task_state")),
        (("任務名稱", "責任單位", "完成時限", "進展情況", "扣分上限"), ("text", "lead", "deadline", "progress", None)),
        (
            ("重點任務", "牽頭單位", "存在的問題和困難", "下步打算", "備考"),
            ("text", "lead", "problem", "next_step", "note"),
        ),
    ],
)
def test_fields_are_proposed_from_headings(titles: tuple[str, ...], fields: tuple[str | None, ...]) -> None:
    found = propose(titles)
    assert tuple(found.get(place) for place in range(len(titles))) == fields


def test_only_a_workbook_with_headings_is_a_form(tmp_path: Path) -> None:
    old = tmp_path / "表.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0")
    empty = tmp_path / "空.xlsx"
    openpyxl.Workbook().save(empty)
    for path in (old, empty, tmp_path / "沒有.xlsx"):
        with pytest.raises(UnreadableInput):
            read_form(path)


def test_a_form_with_nothing_to_fill_is_not_written(tmp_path: Path) -> None:
    path = made(tmp_path / "表.xlsx", ("完全不相干的一件事情",))
    with pytest.raises(Refused):
        write_upward(planned(path), tmp_path / "報出.xlsx")
    with pytest.raises(Refused):
        write_upward(planned(made(path, TEXTS)), tmp_path / "報出.docx")
    assert not (tmp_path / "報出.xlsx").exists()


def test_the_same_plan_can_be_written_twice(tmp_path: Path) -> None:
    found = planned(made(tmp_path / "表.xlsx", TEXTS))
    first, second = (write_upward(found, tmp_path / f"{name}.xlsx") for name in "甲乙")
    assert parts(first) == parts(second)
