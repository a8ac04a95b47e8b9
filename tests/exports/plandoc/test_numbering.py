"""Numbers of headings and points, and which level holds the points."""

from __future__ import annotations

import pytest

from exports.plandoc.fold import fold_in_place
from exports.plandoc.numbering import hidden_marks, mark_at, value_of
from tests.exports.plandoc.samples import pasted, points


@pytest.mark.parametrize(
    ("line", "level", "value"),
    [
        ("第三章 總則", 0, 3),
        ("第二节 范围", 1, 2),
        ("十二、推進改革", 2, 12),
        ("第五條 本辦法", 3, 5),
        ("（二十一）優化", 4, 21),
        ("（ 一 ）優化", 4, 1),
        ("3.推進", 5, 3),
        ("３．推進", 5, 3),
        ("4、推進", 5, 4),
        ("5.2022年底前建成", 5, 5),
        ("4.6月底前開工", 5, 4),
        ("(2)梳理", 6, 2),
        ("1）梳理", 7, 1),
        ("③梳理", 8, 3),
    ],
)
def test_number(line: str, level: int, value: int) -> None:
    folded = fold_in_place(line)
    mark = mark_at(folded, 0, len(folded))
    assert mark is not None
    assert (mark.level, mark.value) == (level, value)


@pytest.mark.parametrize(
    "line", ["一公開監管", "3.5億元", "一件事一次辦", "2022年底前", "三農工作", "十分重要", "多報合一、信息共享"]
)
def test_no_number(line: str) -> None:
    folded = fold_in_place(line)
    assert mark_at(folded, 0, len(folded)) is None


def test_value_of_a_token() -> None:
    assert [value_of(token) for token in ("(十)", "二十", "一百零五", "12.", "⒊", "㈢")] == [10, 20, 105, 12, 3, 3]


def test_hidden_numbers_count_on_and_false_friends_do_not() -> None:
    flat = (
        "總體要求一、推行“雙隨機、一公開”監管，多報合一、信息共享。（一）梳理。（二）公布。"
        "二、優化服務。（三）統一、規範。三、保障。"
    )
    folded = fold_in_place(flat)
    assert [flat[mark.start : mark.end] for mark in hidden_marks(folded, 0, len(folded))] == [
        *("一、", "（一）", "（二）", "二、", "（三）", "三、"),
    ]


def test_numbers_with_gaps_are_kept_and_doubted() -> None:
    document = pasted("某縣任務分工表\n1.甲事。（縣發改局牽頭）\n2.乙事。（縣發改局牽頭）\n5.丙事。（縣發改局牽頭）\n")
    assert [point.number for point in points(document)] == ["1.", "2.", "5."]
    (doubt,) = [doubt for doubt in document.review if "編號" in doubt.text]
    assert document.text[doubt.start : doubt.end] == "5."


@pytest.mark.parametrize(
    ("text", "numbers", "sections"),
    [
        # level 1 only
        ("一、甲。（縣發改局）\n二、乙。（縣財政局）\n", ["一、", "二、"], []),
        # the level that carries the clauses, at varying depth
        (
            "一、總\n（一）甲。（縣發改局）\n（二）乙\n1.丙。（縣財政局）\n2.丁。（縣人社局）\n",
            ["（一）", "1.", "2."],
            ["一、總", "（二）乙"],
        ),
        # below the points: steps, no points
        (
            "一、總\n（一）甲。\n1.步一。\n2.步二。\n（縣發改局牽頭）\n（二）乙。（縣財政局牽頭）\n",
            ["（一）", "（二）"],
            ["一、總"],
        ),
        # a clause in the heading for all that stands below it
        ("一、甲（牽頭單位：縣發改局）\n1.步一。\n2.步二。\n二、乙（牽頭單位：縣財政局）\n", ["一、", "二、"], []),
        # frames are no points
        (
            "一、總體要求\n高舉旗幟。\n二、任務\n（一）甲。（縣發改局）\n三、保障措施\n（一）加強領導。\n",
            ["（一）"],
            ["二、任務"],
        ),
        # ... unless the count of the points runs through them
        (
            "一、任務\n（一）甲。（縣發改局）\n（二）乙。（縣發改局）\n二、保障措施\n（三）加強領導。\n",
            ["（一）", "（二）", "（三）"],
            ["一、任務", "二、保障措施"],
        ),
        # no clauses at all
        ("一、甲。做好工作。\n二、乙。做好工作。\n三、丙。做好工作。\n", ["一、", "二、", "三、"], []),
        ("一、總\n（一）甲。\n（二）乙。\n二、分\n（三）丙。\n", ["（一）", "（二）", "（三）"], ["一、總", "二、分"]),
        # 一是…二是… inside a point
        ("一、甲。一是梳理；二是公布。（縣發改局）\n二、乙。（縣財政局）\n", ["一、", "二、"], []),
    ],
)
def test_which_level_holds_the_points(text: str, numbers: list[str], sections: list[str]) -> None:
    document = pasted("某縣工作方案\n" + text)
    assert [point.number for point in points(document)] == numbers
    assert [section for plan in document.plans for section in plan.sections] == sections


def test_numbered_sentences_of_a_covering_notice_are_no_points() -> None:
    document = pasted(
        "某縣關於印發分工方案的通知\n各單位：\n一、各牽頭單位要制定方案。\n二、各責任單位要積極配合。\n某縣人民政府\n2022年4月1日\n"
        "某縣分工方案\n一、甲。（縣發改局牽頭）\n二、乙。（縣財政局牽頭）\n"
    )
    assert [point.text for point in points(document)] == ["甲。", "乙。"]
    assert [plan.title for plan in document.plans] == ["某縣分工方案"]
    assert document.issued_on is not None
    assert any("未列入" in doubt.text for doubt in document.review)


def test_points_without_numbers_stand_between_their_labels() -> None:
    block = "{0}要辦好。\n牽頭單位：縣{0}局\n責任單位：各鄉鎮\n"
    document = pasted("某縣任務分解表\n" + "".join(block.format(name) for name in ("發改", "財政", "人社")))
    assert [(point.number, point.text, point.lead) for point in points(document)] == [
        ("", "發改要辦好。", ["縣發改局"]),
        ("", "財政要辦好。", ["縣財政局"]),
        ("", "人社要辦好。", ["縣人社局"]),
    ]
