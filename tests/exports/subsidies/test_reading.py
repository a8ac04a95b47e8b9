"""Real shapes of lists of policies: headings of two rows, merged cells, two levels of names, blocks, running text."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from db.errors import UnreadableInput
from exports.subsidies.found import Found
from exports.subsidies.headings import find, meaning
from exports.subsidies.reading import read_policies
from tests.db.villages import identity
from tests.exports.subsidies import samples


def read(path: Path) -> Found:
    (found,) = read_policies(path)
    return found


def named(found: Found) -> dict[str, dict[str, str]]:
    return {one.values["name"]: dict(one.values) for one in found.policies}


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (("補貼項目",), "name"),
        (("补贴政策名称*",), "name"),
        (("政策依据文件及文号",), "documents"),
        (("主 管 部 門",), "department"),
        (("補助標準", "合計"), "standard"),
        (("补贴标准（元/亩）", "中央"), "standard_national"),
        (("補貼標準", "省級標準"), "standard_province"),
        (("市級標準",), "standard_city"),
        (("補助標準", "縣級"), "standard_county"),
        (("合計",), ""),
        (("中央",), ""),
        (("諮詢電話",), "enquiry_phones"),
        (("监督电话",), "supervision_phones"),
        (("項目名稱", "一級"), "category"),
        (("四字简称",), "short_name"),
        (("聯繫人職務",), ""),
    ],
)
def test_headings_are_known_in_either_script(path: tuple[str, ...], key: str) -> None:
    assert meaning(path) == key


def test_a_list_with_standards_by_level(tmp_path: Path) -> None:
    found = read(samples.county(tmp_path))
    assert found.problems == []
    assert list(named(found)) == ["耕地地力保護補貼", "種糧大戶補貼", "高齡老人生活補貼"]
    land = named(found)["耕地地力保護補貼"]
    assert land["standard"] == "124.9788302元/畝"
    assert (land["standard_national"], land["standard_county"]) == ("100元/畝", "0元/畝")
    assert "purpose" not in land
    assert [what for _where, what in found.passed] == ["合計", "註：標準如有調整，以最新文件為準。"]


def test_merged_cells_are_inherited_and_their_rows_are_one_policy(tmp_path: Path) -> None:
    found = named(read(samples.county(tmp_path)))
    assert found["種糧大戶補貼"]["department"] == "縣農業農村局"
    assert found["高齡老人生活補貼"]["recipients"] == "80—89周歲\n90周歲以上"
    assert found["高齡老人生活補貼"]["standard"] == "50元/月\n100元/月"


def test_two_levels_of_names_a_unit_in_the_heading_and_an_unknown_column(tmp_path: Path) -> None:
    found = read(samples.province(tmp_path))
    policies = named(found)
    assert {name: one.get("category", "") for name, one in policies.items()} == {
        "耕地地力保护": "农业生产发展",
        "耕地轮作": "农业生产发展",
        "困难群众救助": "",
    }
    assert [one["standard"] for one in policies.values()] == ["67元/亩", "据实测算", "见文件"]
    assert policies["耕地轮作"]["short_name"] == "轮作补贴"
    assert [(column.title, column.sample) for column in found.unknown()] == [("联系人职务", "科长")]
    assert [(one.cell, one.expected) for one in found.problems] == [("B5", "這一行沒有補貼政策名稱，沒有採用")]


def test_an_unknown_column_can_be_settled(tmp_path: Path) -> None:
    (found,) = read_policies(samples.province(tmp_path), lambda titles: {titles.index("联系人职务"): "note"})
    assert named(found)["耕地地力保护"]["note"] == "科长"
    assert found.unknown() == []


def test_a_block_for_each_policy() -> None:
    found = read(samples.DATA / "gongkai.txt")
    land, machines = found.policies
    assert land.values == {
        "name": "耕地地力保护补贴",
        "documents": "《关于做好2026年耕地地力保护补贴工作的通知》（清财农〔2026〕3号）、清农发[2026]12号",
        "recipients": "拥有耕地承包权的种地农民。",
        "purpose": "对实际种植的耕地给予补贴，用于耕地地力保护。",
        "standard": "67元/亩",
        "procedure": "1.村组登记；\n2.乡镇核实并公示；\n3.县级审核，通过“一卡通”发放。",
        "enquiry_phones": "0799-6220001、0799-6220002",
        "supervision_phones": "12388",
    }
    assert machines.values["standard"] == "购机价的30%，单台最高不超过5万元"
    assert "办理地点" not in "".join(machines.values.values())
    assert [what for _where, what in found.passed] == ["五、办理地点：县政务服务中心三楼"]


def test_the_same_blocks_in_a_sheet_and_in_a_word_document(tmp_path: Path) -> None:
    lines = (samples.DATA / "gongkai.txt").read_text(encoding="utf-8").splitlines()
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(tmp_path / "公開.docx"))
    sheet = samples.workbook(tmp_path / "公開.xlsx", [(line,) for line in lines])
    plain = [one.values for one in read(samples.DATA / "gongkai.txt").policies]
    assert [one.values for one in read(tmp_path / "公開.docx").policies] == plain
    in_sheet = read(sheet)
    assert [one.values for one in in_sheet.policies] == plain
    assert in_sheet.policies[1].place == "表「目錄」A17"


def test_labels_beside_their_texts_in_a_sheet(tmp_path: Path) -> None:
    rows = [("農機購置補貼",), ("1", "文件依據", "清農機〔2025〕7號"), ("2", "補貼對象", "農戶"),
            ("公益林補償",), ("1", "文件依據", "清林發〔2024〕9號"), ("2", "補貼對象", "權利人")]  # fmt: skip
    found = named(read(samples.workbook(tmp_path / "表.xlsx", rows)))
    assert {name: one["documents"] for name, one in found.items()} == {
        "農機購置補貼": "清農機〔2025〕7號",
        "公益林補償": "清林發〔2024〕9號",
    }


def test_heads_in_brackets() -> None:
    found = named(read(samples.DATA / "biaoti.txt"))
    assert found["公益林生態效益補償"]["standard"] == "每畝16元，其中權利人8元"
    assert found["高齡老人生活補貼"]["standard"] == "80—89周歲 50元/月\n90周歲以上 100元/月"
    assert found["高齡老人生活補貼"]["enquiry_phones"] == "0799-6220012"


def test_running_text_with_labels() -> None:
    found = named(read(samples.DATA / "xuwen.txt"))
    assert found["種糧大戶補貼"]["recipients"] == "種植水稻50畝以上的農戶。"
    assert found["農村危房改造補助"]["standard"] == "資金總量÷面積測算"
    assert found["農村危房改造補助"]["supervision_phones"] == "12345。"


def test_marks_in_brackets_stay_with_their_labels(tmp_path: Path) -> None:
    path = tmp_path / "公開.txt"
    lines = (
        "一、漁船報廢補助政策公開",
        "（一）文件依據：閩海漁〔2025〕1 號",
        "（二）補助對象：漁民。（三）補助標準：80元/戶（另有1. 油補）",
        "4. 諮詢電話：0591-23163311",
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    (policy,) = read(path).policies
    assert policy.values == {
        "name": "漁船報廢補助",
        "documents": "閩海漁〔2025〕1 號",
        "recipients": "漁民。",
        "standard": "80元/戶（另有1. 油補）",
        "enquiry_phones": "0591-23163311",
    }


def test_a_page_with_a_table() -> None:
    found = named(read(samples.DATA / "mulu.html"))
    assert found["农村居民最低生活保障"]["standard_county"] == "70元/人·月"
    assert found["特困人员救助供养"]["department"] == "县民政局"
    assert "standard_national" not in found["特困人员救助供养"]


def test_a_broken_formula_is_told_by_its_cell(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = samples.county(tmp_path)
    book = load_workbook(path)
    cell = book.worksheets[0]["O6"]
    cell.value, cell.data_type = "#REF!", "e"
    book.save(path)
    found = read(path)
    assert [(one.cell, one.found) for one in found.problems] == [("O6", "#REF!")]
    assert "enquiry_phones" not in named(found)["種糧大戶補貼"]


def test_a_file_without_policies_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("關於召開會議的通知\n請準時參加。", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="沒有找到補貼政策"):
        read_policies(path)


def test_an_ordinary_table_is_no_list_of_policies() -> None:
    assert find([["序號", "姓名", "金額", "備註"], ["1", "張三", "100", ""]]) is None


def test_a_register_of_persons_is_never_taken_for_policies(tmp_path: Path) -> None:
    head = ("序號", "姓名", "身份證號", "銀行賬號", "補貼面積(畝)", "補貼標準(元/畝)", "補貼金額(元)", "備注")
    row = (1, "王建國", identity(1), "6228480000000000001", 2, 67, 134, None)
    path = samples.workbook(tmp_path / "發放表.xlsx", [("石橋村2022年發放表",), head, row, row])
    found = read(path)
    assert found.policies == []
    assert [problem.found for problem in found.problems] == [f"43*************{identity(1)[-3:]}"]
