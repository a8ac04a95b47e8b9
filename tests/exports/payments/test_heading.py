"""Headings of real payment sheets: in one row or two, in either script, with more columns than are taken."""

from __future__ import annotations

from collections.abc import Sequence

from exports.payments.cells import Row
from exports.payments.heading import Heading, find


def heading(*rows: Sequence[object]) -> Heading:
    found = find([(at, {c: v for c, v in enumerate(row) if v is not None}) for at, row in enumerate(rows, 1)])  # type: ignore[misc]
    assert found is not None
    return found


def taken(found: Heading) -> dict[str, str]:
    return {key: found.columns[place].heading for key, place in found.places.items()}


def test_two_rows_under_titles_with_parts_of_the_area() -> None:
    found = heading(
        ("附件1",),
        ("2022年度耕地地力保护补贴发放公示表",),
        ("序号", "村组", "户主姓名", "补贴面积", None, None, "补贴标准", "补贴金额", "开户银行", "账号", "联系电话"),
        (None, None, None, "小计", "确权面积", "二轮承包面积"),
        (1, "一组", "甲", 5, 5, None, 105, 525, "农商行", "6217", "138"),
    )
    assert found.row == 4
    assert taken(found) == {
        "group": "村组",
        "name": "户主姓名",
        "quantity": "补贴面积小计",
        "standard": "补贴标准",
        "amount": "补贴金额",
        "bank": "开户银行",
        "account": "账号",
        "telephone": "联系电话",
    }
    assert [one.heading for one in found.unknown] == ["补贴面积确权面积", "补贴面积二轮承包面积"]
    rivals = [(other.heading, kept.heading) for other, kept in found.rivals]
    assert rivals[0] == ("补贴面积确权面积", "补贴面积小计")


def test_of_two_sums_what_was_paid_is_taken_with_its_unit() -> None:
    found = heading(
        ("姓名", "证件号码", "一卡通卡号", "头数", "标准(元/头)", "应发金额(万元)", "实发金额(万元)", "项目名称"),
        ("甲", "43", "62", 2, 3, 4, 5, "能繁母豬補貼"),
    )
    assert found.money == "萬元"
    assert taken(found)["amount"] == "实发金额(万元)"
    assert found.unit_of("standard") == "元/头"


def test_the_unit_of_sums_may_stand_above_the_table() -> None:
    assert heading(("單位：萬元",), ("姓名", "補貼資金"), ("甲", 1)).money == "萬元"
    assert heading(("單位：元",), ("姓名", "補貼資金"), ("甲", 1)).money == "元"
    assert heading(("發放表",), ("姓名", "補貼資金"), ("甲", 1)).money == ""


def test_what_is_no_payment_sheet_has_no_heading() -> None:
    rows: list[tuple[int, Row]] = [(1, {0: "會議通知"}), (2, {0: "時間", 1: "地點"}), (3, {0: "姓名"})]
    assert find(rows) is None
    assert find([]) is None


def test_what_the_clerk_settled_goes_before_the_headings() -> None:
    rows: list[tuple[int, Row]] = [(1, {0: "姓名", 1: "到手", 2: "金額"}), (2, {0: "甲", 1: 8.0, 2: 10.0})]
    found = find(rows, {0: "name", 1: "amount", 2: ""})
    assert found is not None
    assert found.places == {"name": 0, "amount": 1}
