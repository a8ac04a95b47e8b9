"""Units: names told apart, dated renames and mergers, private numbers, the dictionary's rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from sqlalchemy import select

from db import assignments, dictionary, units
from db.database import Database
from db.dictionary import CounterpartRow, UnitRow
from db.errors import Refused
from db.models import Unit, UnitReform
from db.names import directory
from db.terms import ReformKind, UnitLevel
from tests.db import worlds

DAY = date(2022, 9, 1)


def unit_id(database: Database, name: str) -> int:
    with database.reading() as session:
        found = directory(session).find(name)
    assert found is not None, name
    return found.id


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("省市場監管局", "省市場監管局"),
        ("省市場監督管理局", "省市場監管局"),
        ("省市场监督管理局", "省市場監管局"),
        ("湖南省政務局", "省政務局"),
        (" 省 政務局 ", "省政務局"),
        ("平江縣財政局", "縣財政局"),
    ],
)
def test_a_unit_is_found_by_every_way_of_writing_it(database: Database, written: str, name: str) -> None:
    with database.reading() as session:
        found = directory(session).find(written)
    assert found is not None
    assert found.name == name


def test_a_rename_is_dated_and_the_old_name_stays_findable(database: Database) -> None:
    unit = unit_id(database, "縣鄉村振興局")
    units.rename(database, unit=unit, name="縣農村發展局", on=DAY, basis="清編〔2022〕9號")
    assert unit_id(database, "縣農村發展局") == unit_id(database, "縣鄉村振興局") == unit
    with database.reading() as session:
        row = session.get_one(Unit, unit)
        (old,) = [alias for alias in row.aliases if alias.name == "縣鄉村振興局"]
        assert old.until == DAY
        (step,) = session.scalars(select(UnitReform)).all()
        assert (step.kind, step.on, step.old_name, step.new_name) == (
            *(ReformKind.RENAME, DAY, "縣鄉村振興局", "縣農村發展局"),
        )
    units.set_aliases(database, unit=unit, aliases=[])
    assert unit_id(database, "縣鄉村振興局") == unit  # a former name is no alias to be taken away


def test_a_merger_ends_the_unit_and_hands_on_tasks_and_counterparts(database: Database) -> None:
    tasks = worlds.divided(database)
    one, other = unit_id(database, "縣行政審批服務局"), unit_id(database, "縣司法局")
    assignments.set_others(database, ids=tasks[:1], units=[other])
    units.merge_into(database, unit=one, into=other, on=DAY)
    state = worlds.state(database)
    first = state["assignment"][tasks[0]]
    assert first["lead_id"] == other
    assert not [row for row in state["assignment_unit"].values() if row["assignment_id"] == tasks[0]]  # named once
    assert state["unit"][one]["ended_on"] == DAY.isoformat()
    assert one not in {row["county_id"] for row in state["counterpart"].values()}
    with database.reading() as session:
        row = session.get_one(Unit, one)
        assert units.successor(session, row, on=DAY).id == other
        assert units.successor(session, row, on=date(2022, 8, 31)).id == one
        assert row not in units.listed(session, level=UnitLevel.COUNTY)
    with pytest.raises(Refused, match="已於 2022-09-01 撤銷"):
        units.merge_into(database, unit=one, into=other, on=DAY)


def test_two_units_never_share_a_name(database: Database) -> None:
    before = worlds.state(database)
    with pytest.raises(Refused, match="「县财政局」已是「縣財政局」"):
        units.add(database, name="县财政局", level=UnitLevel.COUNTY)
    with pytest.raises(Refused, match="不能為空"):
        units.add(database, name="  ", level=UnitLevel.COUNTY)
    with pytest.raises(Refused, match="「縣司法局」"):
        units.rename(database, unit=unit_id(database, "縣財政局"), name="縣司法局", on=DAY)
    with pytest.raises(Refused, match="不能併入自己"):
        units.merge_into(database, unit=1, into=1, on=DAY)
    assert worlds.state(database) == before


def test_a_mobile_number_is_kept_masked_and_an_offices_whole(database: Database) -> None:
    unit = unit_id(database, "縣財政局")
    people: list[Mapping[str, str]] = [
        {"name": "張三", "telephone": "139 0000 1234"},
        {"name": "李四", "telephone": "0730-6223344"},
    ]
    changes = units.set_contacts(database, unit=unit, contacts=people)
    kept = [row["telephone"] for row in worlds.state(database)["unit_contact"].values()]
    assert kept == ["139****1234", "0730-6223344"]
    assert any("掩碼" in note for note in changes.notes)


def test_the_order_is_the_offices(database: Database) -> None:
    with database.reading() as session:
        first, second, *_ = units.listed(session, level=UnitLevel.COUNTY)
    units.move(database, unit=second.id, before=first.id)
    with database.reading() as session:
        assert [one.id for one in units.listed(session, level=UnitLevel.COUNTY)][:2] == [second.id, first.id]


def test_no_counterpart_needs_a_reason(database: Database) -> None:
    superior = unit_id(database, "省財政廳")
    with pytest.raises(Refused, match="請寫明原因"):
        units.set_counterparts(database, superior=superior, counties=[])
    units.set_counterparts(database, superior=superior, counties=[], note="職能已上收")


def test_merging_a_dictionary_adds_and_changes_but_never_removes(database: Database) -> None:
    before = worlds.state(database)["unit"]
    rows = [UnitRow("縣低空經濟局", UnitLevel.COUNTY, aliases=["縣低空辦"]), UnitRow("省新設廳", UnitLevel.PROVINCE)]
    pairs = [CounterpartRow("省新設廳", "縣低空辦", 1)]
    dictionary.bring_in(database, units=rows, counterparts=pairs, source="單位.xlsx")
    after = worlds.state(database)["unit"]
    assert set(before) < set(after)
    assert len(after) == len(before) + 2
    again = dictionary.bring_in(database, units=rows, counterparts=pairs, source="單位.xlsx")
    assert again.batch is None
    with pytest.raises(Refused, match="「縣沒有的局」不在單位表裏"):
        dictionary.bring_in(
            database, units=[], counterparts=[CounterpartRow("省新設廳", "縣沒有的局", 1)], source="單位.xlsx"
        )


def test_the_shipped_dictionary_is_consistent() -> None:
    rows, pairs = dictionary.shipped_rows()
    names = {row.name for row in rows}
    assert len(names) == len(rows)
    for pair in pairs:
        assert pair.superior in names
        assert pair.county in names or (pair.county == "" and pair.note)
    levels = {row.name: row.level for row in rows}
    assert all(levels[pair.county] is UnitLevel.COUNTY for pair in pairs if pair.county)
