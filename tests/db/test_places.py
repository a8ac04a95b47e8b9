"""Towns and villages: operations, the tree, and what a written name means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from db import places, placetree
from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.places import PlaceRow
from db.undo import undo

COUNTY = (
    PlaceRow("石橋鎮", telephone="0730-6230001"),
    PlaceRow("石橋鎮", "石橋村", code="430626101201"),
    PlaceRow("石橋鎮", "新華村"),
    PlaceRow("石橋鎮", "大石橋村"),
    PlaceRow("安定鎮", "新華村"),
    PlaceRow("安定鎮", "河東社區"),
    PlaceRow("安定鎮", "河東村"),
)


@pytest.fixture
def county(database: Database) -> placetree.Gazetteer:
    """A county of two towns, one of whose village names stands twice."""
    places.bring_in(database, rows=COUNTY, source="區劃.xlsx")
    with database.reading() as session:
        return placetree.gazetteer(session)


@pytest.mark.parametrize(
    "written",
    [
        "石橋村",
        "石桥村",
        "石橋",
        "石橋鎮石橋村",
        "平江縣石橋鎮石橋村",
        "石橋村村民委員會",
        "石桥村委会",
        " 石 橋 村 ",
        "430626101201",
    ],
)
def test_a_village_is_known_by_every_way_to_write_it(county: placetree.Gazetteer, written: str) -> None:
    found = county.find(written)
    assert found.village is not None
    assert found.village.called == "石橋鎮石橋村"


def test_a_name_that_two_towns_have_is_asked_and_told_by_the_town(county: placetree.Gazetteer) -> None:
    assert county.find("新華村").village is None
    assert [one.town_name for one in county.find("新華村").candidates] == ["石橋鎮", "安定鎮"]
    for town in ("安定鎮", "安定", "平江縣安定鎮", "安定鎮人民政府"):
        found = county.find("新華", town=town).village
        assert found is not None
        assert found.town_name == "安定鎮"


def test_a_short_name_for_two_villages_is_asked(county: placetree.Gazetteer) -> None:
    assert len(county.find("河東").candidates) == 2
    exact = county.find("河東社區").village
    assert exact is not None
    assert exact.name == "河東社區"


def test_an_unknown_name_is_not_guessed(county: placetree.Gazetteer) -> None:
    assert county.find("小石橋村") == placetree.Found()
    assert county.find("石橋村", town="無此鎮").village is None


def test_a_title_names_its_village(county: placetree.Gazetteer) -> None:
    found = county.mentioned("石橋鎮大石橋村2022年耕地地力保護補貼發放清冊").village
    assert found is not None
    assert found.name == "大石橋村"
    assert county.mentioned("石橋鎮2022年發放清冊").village is None
    assert county.mentioned("新華村發放清冊").village is None


def test_bringing_in_again_changes_nothing_and_undo_takes_all_back(database: Database) -> None:
    first = places.bring_in(database, rows=COUNTY, source="區劃.xlsx")
    assert places.bring_in(database, rows=COUNTY, source="區劃.xlsx").batch is None
    undo(database, batch=first.batch or 0)
    with database.reading() as session:
        assert placetree.tree(session) == []


def test_operations_on_a_place(database: Database, county: placetree.Gazetteer) -> None:
    village = county.find("石橋村").village
    other = county.find_towns("安定鎮")[0]
    assert village is not None
    places.rename(database, place=village.id, name="新石橋村")
    places.edit(database, place=village.id, values={"committee": "新石橋村民委員會", "telephone": "0730-6230002"})
    places.transfer(database, villages=[village.id], town=other.id)
    places.move(database, place=village.id, before=other.villages[0].id)
    with database.reading() as session:
        found = placetree.tree(session)[1].villages[0]
    assert (found.called, found.committee, found.telephone) == ("安定鎮新石橋村", "新石橋村民委員會", "0730-6230002")
    places.end(database, places=[other.id], on=date(2022, 6, 1))
    with database.reading() as session:
        assert [town.name for town in placetree.tree(session)] == ["石橋鎮"]
        assert len(placetree.tree(session, with_ended=True)) == 2


def test_what_breaks_a_rule_is_refused(database: Database, county: placetree.Gazetteer) -> None:
    village = county.find("石橋村").village
    assert village is not None
    assert village.town is not None
    town = village.town
    wrongs: list[Callable[[], Changes]] = [
        lambda: places.add(database, name="石桥村", town=town),
        lambda: places.add(database, name=" "),
        lambda: places.add(database, name="東村", town=village.id),
        lambda: places.edit(database, place=village.id, values={"code": "43062"}),
        lambda: places.remove(database, places=[town]),
        lambda: places.transfer(database, villages=[town], town=town),
    ]
    for wrong in wrongs:
        with pytest.raises(Refused):
            wrong()
