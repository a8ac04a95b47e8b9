"""Document numbers and hotlines in one cell: parted, kept as entered, looked at."""

from __future__ import annotations

from datetime import date

import pytest

from db import policydocuments, policyphones
from db.policydocuments import Paper
from db.policyphones import Phone

TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        ("清財農〔2022〕16號", [Paper("", "清財農〔2022〕16號")]),
        ("《補貼辦法》（清財農〔2022〕16號）", [Paper("《補貼辦法》", "清財農〔2022〕16號")]),
        (
            "《補貼辦法》清財農[2022]16號",
            [Paper("《補貼辦法》清財農[2022]16號", "清財農[2022]16號")],
        ),
        (
            "清財農〔2022〕16號、清農發[2023]8号 省民函（2021）3号",
            [Paper("", "清財農〔2022〕16號"), Paper("", "清農發[2023]8号"), Paper("", "省民函（2021）3号")],
        ),
        (
            "省財政廳、省農業農村廳關於印發《實施\n方案》的通知（清財農〔2022〕16號）；《條例》",
            [
                Paper("省財政廳、省農業農村廳關於印發《實施\n方案》的通知", "清財農〔2022〕16號"),
                Paper("《條例》", ""),
            ],
        ),
        ("關於做好補貼工作的通知\n（清財農〔2022〕16號）", [Paper("關於做好補貼工作的通知", "清財農〔2022〕16號")]),
        ("省人民政府令第282號", [Paper("", "省人民政府令第282號")]),
        ("農機〔2020〕1 號 清財農〔2022〕16 號", [Paper("", "農機〔2020〕1 號"), Paper("", "清財農〔2022〕16 號")]),
        ("見省級文件", [Paper("見省級文件", "")]),
        ("", []),
    ],
)
def test_papers_in_one_cell_are_parted(text: str, papers: list[Paper]) -> None:
    assert policydocuments.parted(text) == papers
    assert policydocuments.parted(policydocuments.joined(papers)) == papers


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("清財農〔2022〕16號", []),
        ("清财农〔2022〕16号", []),
        ("省人民政府令第282號", []),
        ("清財農[2022]16號", ["「清財農[2022]16號」的年份應放在六角括號〔〕裏，不帶「年」字。"]),
        ("清財農〔2022〕第16號", ["「清財農〔2022〕第16號」的序號前不用「第」。"]),
        ("清財農〔2022〕16", ["「清財農〔2022〕16」末尾缺「號」。"]),
        ("清財農〔2022〕016號", ["「清財農〔2022〕016號」的序號前不用補 0。"]),
        ("清財農〔2062〕16號", ["「清財農〔2062〕16號」的年份還沒有到，請核對。"]),
    ],
)
def test_a_number_in_another_form_is_told_and_kept(number: str, told: list[str]) -> None:
    (paper,) = policydocuments.parted(number)
    assert paper.doc_no == number
    assert policydocuments.doubts(paper, today=TODAY) == told


def test_a_paper_without_number_is_told() -> None:
    assert policydocuments.doubts(Paper("見省級文件", ""), today=TODAY) == ["「見省級文件」沒有文號，請核對。"]


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("0799-6220001", [Phone("", "0799-6220001")]),
        ("07996220001、6220002", [Phone("", "07996220001"), Phone("", "6220002")]),
        ("縣財政局：0799-6220001；縣民政局 0799-6220002轉8012", [
            Phone("縣財政局", "0799-6220001"), Phone("縣民政局", "0799-6220002轉8012")]),
        ("0799-6220001（縣財政局）", [Phone("縣財政局", "0799-6220001")]),
        ("(0799)6220001\n12345", [Phone("", "(0799)6220001"), Phone("", "12345")]),
        ("0799-62200010799-6220002", [Phone("", "0799-62200010799-6220002")]),
        ("見各鄉鎮便民服務中心", [Phone("見各鄉鎮便民服務中心", "")]),
    ],
)  # fmt: skip
def test_hotlines_in_one_cell_are_parted_and_stay_as_entered(text: str, phones: list[Phone]) -> None:
    assert policyphones.parted(text) == phones
    assert policyphones.parted(policyphones.joined(phones)) == phones


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("0799-62200010799-6220002", ("0799-6220001", "0799-6220002")),
        ("0799622000107996220002", ("07996220001", "07996220002")),
        ("62200016220002", ("6220001", "6220002")),
        ("8622000186220002", ("86220001", "86220002")),
        ("0799-622000112388", ("0799-6220001", "12388")),
        ("0799-6220001", ()),
        ("12345", ()),
        ("123", ()),
    ],
)
def test_glued_numbers_are_parted_on_proposal(number: str, parts: tuple[str, ...]) -> None:
    assert policyphones.split_proposed(number) == parts
    assert policyphones.with_splits(f"縣民政局 {number}") == "\n".join(
        f"縣民政局 {one}" for one in parts or (number,)
    ) or (len(number) < 5)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("0799-6220001", []),
        ("010-66220001-8012", []),
        ("12388", []),
        ("400-820-0001", []),
        ("6220001", ["「6220001」沒有區號，外地打不通。"]),
        ("13900000001", ["「13900000001」是手機號碼，屬個人信息，公開前請核實能不能公布。"]),
        ("0799-62200", ["「0799-62200」的位數不像電話號碼，請核對。"]),
        ("62200016220002", ["「62200016220002」像是2個號碼連在一起：6220001、6220002。"]),
    ],
)
def test_a_number_that_looks_wrong_is_told(number: str, told: list[str]) -> None:
    assert policyphones.doubts(Phone("", number)) == told
