"""Tables of plans: headings by their words, merged cells, section rows, notes, and tables that lost their grid."""

from __future__ import annotations

import pytest

from db.drafts import PointDraft
from exports.plandoc.columns import Column, column_of
from tests.exports.plandoc.samples import pasted, points


def _points(*rows: str) -> list[PointDraft]:
    return points(pasted("\n".join(row.replace("；", "\t") for row in rows) + "\n"))


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("序号", Column.NUMBER),
        ("工 作 任 务", Column.TEXT),
        ("牵头单位", Column.LEAD),
        ("牵头责任单位", Column.LEAD),
        ("主要责任单位", Column.LEAD),
        ("主办单位", Column.LEAD),
        ("工作目标牵头单位", Column.LEAD),
        ("owner", Column.LEAD),
        ("责任单位", Column.CO),
        ("配合/责任单位", Column.CO),
        ("协同配合单位", Column.CO),
        ("考核配合单位", Column.CO),
        ("责任科室", Column.CO),
        ("责任主体", Column.CO),
        ("责任分工", Column.CO),
        ("co", Column.CO),
        ("完成时限", Column.DEADLINE),
        ("时间节点", Column.DEADLINE),
        ("整改时限", Column.DEADLINE),
        ("time", Column.DEADLINE),
        ("一级指标", Column.SECTION),
        ("类别", Column.SECTION),
        ("责任领导", Column.OTHER),
        ("责任人", Column.OTHER),
        ("启动时间", Column.OTHER),
        ("备注", Column.OTHER),
        ("目前进度", Column.OTHER),
        ("扣分上限", Column.OTHER),
        ("年度投资(元)", Column.OTHER),
        ("对全县经济社会发展具有重要意义的文字", None),
    ],
)
def test_column(heading: str, column: Column | None) -> None:
    assert column_of(heading) == column


def test_rows_sections_and_notes() -> None:
    found = _points(
        "某县任务分解表",
        "工作任务；工作要求；牵头单位；配合/责任单位；完成时限",
        "一、深化公开；；；；",
        "（一）规划；1.公开规划。；县发改局；县直有关部门；年底前",
        "；2.归集数据。；；县住建局县交通局；每月28日",
        "二、强化基础；；；；",
        "（二）培训；3.组织培训。；无；各科室；持续推进",
        "备注：每月5日前报送。；；；；",
    )
    assert [(point.number, point.lead, point.co, point.groups) for point in found] == [
        ("1.", ["县发改局"], [], ["县直有关部门"]),
        ("2.", [], ["县住建局", "县交通局"], []),
        ("3.", [], [], ["各科室"]),
    ]
    assert [point.deadlines[0].text for point in found] == ["年底前", "每月28日", "持续推进"]
    assert [point.section for point in found] == ["（一）规划", "（一）规划", "（二）培训"]


def test_a_heading_in_two_rows() -> None:
    found = _points(
        "序号；工作目标；时间节点；；责任主体",
        "；；启动时间；完成时间；",
        "1；建公园；2019年3月；2019年10月；牵头单位：区住建局 责任单位：区城管局　区园林中心",
    )
    (point,) = found
    assert (point.lead, point.co) == (["区住建局"], ["区城管局", "区园林中心"])
    assert [deadline.text for deadline in point.deadlines] == ["2019年10月"]


def test_a_heading_repeated_at_a_page_break_is_no_row() -> None:
    found = _points("序号；任务；牵头单位", "1；甲事；县发改局", "序号；任务；牵头单位", "2；乙事；县财政局")
    assert [point.text for point in found] == ["甲事", "乙事"]


def test_a_cell_may_hold_a_whole_clause() -> None:
    found = _points(
        "序号；任务；责任分工；完成时限",
        "1；甲事；县发改局牵头，县财政局、各乡镇按职责分工负责；2022年底",
        "2；乙事；县财政局；长期",
    )
    assert [(p.lead, p.co, p.groups, p.by_duty) for p in found] == [
        (["县发改局"], ["县财政局"], ["各乡镇"], True),
        ([], ["县财政局"], [], False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        # one cell a line
        "序号\n任务\n牵头单位\n责任单位\n完成时限\n1\n甲事要办好。\n县发改局\n各乡镇\n6月底前\n2\n乙事要办好。\n县财政局\n县人社局\n持续推进\n",
        # bars
        "|序号|任务|牵头单位|责任单位|完成时限|\n|---|---|---|---|---|\n|1|甲事要办好。|县发改局|各乡镇|6月底前|\n|2|乙事要办好。|县财政局|县人社局|持续推进|\n",
        # records
        (
            '[{"序号":1,"任务":"甲事要办好。","牵头单位":"县发改局","责任单位":"各乡镇","完成时限":"6月底前"},'
            '{"序号":2,"任务":"乙事要办好。","牵头单位":"县财政局","责任单位":["县人社局"],"完成时限":"持续推进"}]'
        ),
        # blank lines between the rows
        "序号\t任务\t牵头单位\t责任单位\t完成时限\n\n1\t甲事要办好。\t县发改局\t各乡镇\t6月底前\n\n2\t乙事要办好。\t县财政局\t县人社局\t持续推进\n",
        # cells that a spreadsheet quotes
        '序号\t任务\t牵头单位\t责任单位\t完成时限\n1\t"甲事\n要办好。"\t县发改局\t各乡镇\t6月底前\n2\t乙事要办好。\t县财政局\t县人社局\t持续推进\n',
    ],
    ids=["lines", "bars", "records", "spaced", "quoted"],
)
def test_forms_of_one_table(text: str) -> None:
    found = points(pasted(text))
    assert [point.text.replace(" ", "") for point in found] == ["甲事要办好。", "乙事要办好。"]
    assert [(point.number, point.lead, point.co, point.groups) for point in found] == [
        ("1", ["县发改局"], [], ["各乡镇"]),
        ("2", ["县财政局"], ["县人社局"], []),
    ]
    assert [point.deadlines[0].text for point in found] == ["6月底前", "持续推进"]


def test_a_table_without_headings_is_told_by_its_content_and_doubted() -> None:
    document = pasted(
        "1\t推进改革工作\t县发改局\t年底前\n2\t优化服务工作\t县财政局\t6月底\n3\t加强队伍建设\t县人社局\t持续推进\n"
    )
    assert [point.co for point in points(document)] == [["县发改局"], ["县财政局"], ["县人社局"]]
    assert any("表頭" in doubt.text for doubt in document.review)


def test_a_table_that_lost_its_separators_asks_to_be_checked() -> None:
    rows = [
        f"{n}推进第{'一二三'[n - 1]}项工作，健全机制打通堵点，加强衔接便利群众。县发改局县财政局、各乡镇"
        for n in (1, 2, 3)
    ]
    text = "岚海县重点工作分解表序号工作任务牵头单位配合单位" + "".join(rows)
    document = pasted(text)
    assert [point.lead for plan in document.plans for point in plan.points] == [["县发改局"]] * 3
    assert any("分隔已丟失" in doubt.text for doubt in document.review)
