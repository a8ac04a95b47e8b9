"""Unit clauses: who leads and who co-operates, in each of the notations."""

from __future__ import annotations

import pytest

from exports.plandoc.clauses import first_rule, read_clause
from exports.plandoc.fold import fold_in_place
from tests.exports.plandoc.samples import one, pasted, points


@pytest.mark.parametrize(
    ("clause", "lead", "co", "groups"),
    [
        ("省政務局牽頭,省直相關單位按職責分工負責", ["省政務局"], [], ["省直相關單位"]),
        ("省政務局、省發改委牽頭，省財政廳配合", ["省政務局", "省發改委"], ["省財政廳"], []),
        ("省公安廳、省民政廳等省直相關單位按職責分工負責", [], ["省公安廳", "省民政廳"], ["省直相關單位"]),
        ("縣發改局負責", [], ["縣發改局"], []),
        ("縣發改局、縣財政局", [], ["縣發改局", "縣財政局"], []),
        ("縣發改局牽頭；縣財政局、各鄉鎮配合；2021年10月底前完成", ["縣發改局"], ["縣財政局"], ["各鄉鎮"]),
        ("牽頭單位：縣發改局；責任單位：縣財政局；完成時限：12月底", ["縣發改局"], ["縣財政局"], []),
        ("牽頭領導：張某某；牽頭單位：縣發改局，責任單位：各鄉鎮", ["縣發改局"], [], ["各鄉鎮"]),
        ("責任單位：縣發改局（牽頭）、縣財政局", ["縣發改局"], ["縣財政局"], []),
        ("部門分工：縣發改局牽頭，縣財政局配合", ["縣發改局"], ["縣財政局"], []),
        ("縣紀委監委按職責牽頭負責", ["縣紀委監委"], [], []),
        ("縣發改局會同縣財政局負責", [], ["縣發改局", "縣財政局"], []),
    ],
)
def test_bracket(clause: str, lead: list[str], co: list[str], groups: list[str]) -> None:
    point = one(f"推進改革。（{clause}）")
    assert (point.lead, point.co, point.groups) == (lead, co, groups)
    assert point.text == "推進改革。"
    assert point.clauses == [clause]


@pytest.mark.parametrize("word", ["按職責分工負責", "按照職責分工落實", "按照各自職責負責", "按職責牽頭負責"])
def test_by_duty_is_said_by_the_clause(word: str) -> None:
    assert one(f"推進改革。（縣發改局、縣財政局{word}）").by_duty
    assert not one("按職責分工負責推進改革。（縣發改局牽頭）").by_duty


@pytest.mark.parametrize(
    "rule",
    [
        "列第一位者为牵头单位，下同",
        "排在第一位的为牵头单位",
        "排名第一的单位为牵头单位",
        "列首位的为牵头部门",
        "第一个单位为牵头单位",
        "责任单位中列第一位的为牵头单位",
        "各项任务责任单位排第一的为牵头单位",
        "列在首位的单位为牵头单位",
        "位列第一的为牵头单位",
        "排首位的为主办单位",
    ],
)
def test_the_first_leads_where_a_rule_says_so(rule: str) -> None:
    assert first_rule(fold_in_place(rule)) is not None
    document = pasted(
        f"某县工作方案\n一、任务\n（一）推进改革。（县发改局、县财政局负责。{rule}）\n（二）优化服务。（县人社局、县民政局负责）\n（三）加强培训。（各乡镇负责）\n"
    )
    assert [(point.lead, point.co, point.groups) for point in points(document)] == [
        (["县发改局"], ["县财政局"], []),
        (["县人社局"], ["县民政局"], []),
        ([], [], ["各乡镇"]),  # a collective leads nothing
    ]


def test_a_rule_for_all_later_points_is_kept_once_with_the_plan() -> None:
    document = pasted(
        "某縣工作要點\n一、任務\n（一）推進改革。（縣政務局牽頭，縣直相關單位按職責分工負責。各鄉鎮人民政府均為責任單位，以下不再列出）\n"
        "（二）優化服務。（縣政務局牽頭）\n"
    )
    (plan,) = document.plans
    assert plan.standing_units == ["各鄉鎮人民政府"]
    assert [point.groups for point in plan.points] == [["縣直相關單位"], []]


def test_several_clauses_of_one_paragraph_are_united() -> None:
    point = one("推進改革。（縣發改局牽頭，縣財政局配合）優化服務。（縣政務局牽頭，縣財政局負責）")
    assert (point.lead, point.co) == (["縣發改局", "縣政務局"], ["縣財政局"])
    assert point.text == "推進改革。優化服務。"


def test_labels_on_lines_of_their_own() -> None:
    point = one("推進改革。\n牽頭單位：縣發改局、縣財政局\n責 任 單 位：各鄉鎮\n責任人：張某某\n完成時限：持續推進")
    assert (point.lead, point.co, point.groups) == (["縣發改局", "縣財政局"], [], ["各鄉鎮"])
    assert [deadline.text for deadline in point.deadlines] == ["持續推進"]
    assert point.text == "推進改革。"


@pytest.mark.parametrize(
    "text",
    [
        "推行「雙隨機、一公開」監管。",
        "按照《意見》（國辦發〔2022〕8號）辦理。",
        "整合平臺（含縣級平臺），優化流程（試行）。",
        "落實縣委（縣政府）部署，抓好培訓（每年1次）工作。",
        "省市場監管局（省知識產權局）要加強指導，切實履行職責。",
    ],
)
def test_no_clause_is_made_up(text: str) -> None:
    point = one(text)
    assert (point.lead, point.co, point.groups, point.clauses) == ([], [], [], [])
    assert point.text == text
    assert [doubt.text for doubt in point.review] == ["沒有寫明責任單位。"]


@pytest.mark.parametrize(
    ("text", "lead", "co"),
    [
        (
            "關於補貼的問題，由縣財政局會同縣農業農村局、縣水利局等部門研究提出意見。",
            [],
            ["縣財政局", "縣農業農村局", "縣水利局"],
        ),
        ("關於機制的問題，由縣財政局牽頭，會同縣發改局提出意見。", ["縣財政局"], ["縣發改局"]),
        ("關於用地的問題，由縣自然資源局、縣住建局負責落實。", [], ["縣自然資源局", "縣住建局"]),
        ("推進改革。由縣政務局牽頭，縣財政局配合。", ["縣政務局"], ["縣財政局"]),
    ],
)
def test_a_clause_may_be_spoken(text: str, lead: list[str], co: list[str]) -> None:
    document = pasted(f"某縣任務分工\n一、{text}\n二、{text}\n")
    assert {(tuple(point.lead), tuple(point.co)) for point in points(document)} == {(tuple(lead), tuple(co))}


def test_a_bracket_left_open_closes_with_its_paragraph() -> None:
    point = one("推進改革。（縣發改局牽頭，縣財政局配合")
    assert (point.lead, point.co, point.text) == (["縣發改局"], ["縣財政局"], "推進改革。")


def test_prose_is_no_clause() -> None:
    assert read_clause("要積極配合、密切協作") is None
    assert read_clause("含新建、改建") is None
