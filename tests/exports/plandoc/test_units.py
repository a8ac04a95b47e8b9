"""Names of units: what is parted, what belongs together, what is a collective."""

from __future__ import annotations

import pytest

from exports.plandoc.units import read_names, split_units


@pytest.mark.parametrize(
    ("text", "units", "groups"),
    [
        ("省政務局、省財政廳", ["省政務局", "省財政廳"], []),
        # 和 and 及 part only where both sides stand alone
        ("省直相關單位和長沙市人民政府", ["長沙市人民政府"], ["省直相關單位"]),
        ("省教育廳和省人社廳", ["省教育廳", "省人社廳"], []),
        ("文化和旅遊部、工業和信息化廳", ["文化和旅遊部", "工業和信息化廳"], []),
        ("有關部門和單位", [], ["有關部門和單位"]),
        ("國務院相關部門及各地區", [], ["國務院相關部門", "各地區"]),
        # brackets belong to the name
        ("省市場監管局（省知識產權局）、省公安廳", ["省市場監管局（省知識產權局）", "省公安廳"], []),
        ("市商務局（口岸辦和電商辦）", ["市商務局（口岸辦和電商辦）"], []),
        # a shared tail is spelled out, a shared prefix is kept as written
        ("長沙、岳陽、郴州市人民政府", ["長沙市人民政府", "岳陽市人民政府", "郴州市人民政府"], []),
        (
            "廣州、深圳、珠海出入境邊防檢查總站",
            ["廣州出入境邊防檢查總站", "深圳出入境邊防檢查總站", "珠海出入境邊防檢查總站"],
            [],
        ),
        ("省教育廳、人社廳", ["省教育廳", "人社廳"], []),
        # collectives
        ("各市州、縣市區人民政府", [], ["各市州、縣市區人民政府"]),
        ("各縣（市、區）人民政府", [], ["各縣（市、區）人民政府"]),
        ("區直有關單位，各片區管理局", [], ["區直有關單位", "各片區管理局"]),
        ("體育總局等國務院相關部門", ["體育總局"], ["國務院相關部門"]),
        ("縣公安局、縣稅務局等", ["縣公安局", "縣稅務局"], []),
        # glued, parted by spaces, mixed separators
        ("區經濟發展局區行政審批局", ["區經濟發展局", "區行政審批局"], []),
        ("區司法局  區應急局", ["區司法局", "區應急局"], []),
        ("縣 發 改 局", ["縣發改局"], []),
        (
            "縣教育局，縣財政局、縣人社局；縣民政局".replace("；", "，"),
            ["縣教育局", "縣財政局", "縣人社局", "縣民政局"],
            [],
        ),
        # names that only look like two
        ("市委市政府", ["市委市政府"], []),
        ("市市場監管局", ["市市場監管局"], []),
        ("新疆生產建設兵團", ["新疆生產建設兵團"], []),
        # empty
        ("無", [], []),
        ("/", [], []),
        ("單位", [], []),
    ],
)
def test_names(text: str, units: list[str], groups: list[str]) -> None:
    assert split_units(text) == (units, groups)


def test_a_mark_at_the_name_gives_it_its_role() -> None:
    names = read_names("*縣發改局、縣財政局（牽頭）、縣人社局（配合）、縣民政局")
    assert [(name.text, name.role and name.role.value) for name in names] == [
        ("縣發改局", "lead"),
        ("縣財政局", "lead"),
        ("縣人社局", "co"),
        ("縣民政局", None),
    ]


def test_a_name_is_listed_once() -> None:
    assert [name.text for name in read_names("縣發改局、县发改局、縣發改局")] == ["縣發改局"]
