"""Arranged rows and the views that are saved of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db import arranging, views
from db.arranging import Arrangement, arranged
from db.database import Database, open_database
from db.errors import Refused
from db.filters import LedgerFilter
from db.ledger import LedgerRow
from db.models import Setting
from db.terms import DueWindow, Grouping, Light
from db.undo import undo
from db.views import READY, View
from tests.exports.workbook.samples import row

ON = date(2022, 6, 29)
NAMES = ("縣財政局", "縣教育局", "", "縣公安局", "縣財政局", "縣行政審批服務局")
ROWS = [
    row(place, lead=name, lead_id=NAMES.index(name) if name else None, percent=place * 10 if place % 2 else None)
    for place, name in enumerate(NAMES, start=1)
]
VIEW = View(Arrangement(LedgerFilter(units=(3,), window=DueWindow.LATE), "lead", True, Grouping.LEADER), ("code",))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = open_database(tmp_path / "臺賬.db", operator="測試員")
    yield made
    made.release()


def order(how: Arrangement) -> list[int]:
    return [one.sequence for group in arranged(ROWS, how, on=ON) for one in group.rows]


def test_names_are_sorted_by_pinyin_and_empty_ones_come_last() -> None:
    assert order(Arrangement(sort="lead")) == [1, 5, 4, 2, 6, 3]
    assert order(Arrangement(sort="lead", descending=True)) == [6, 2, 4, 1, 5, 3]


def test_numbers_are_sorted_by_size() -> None:
    assert order(Arrangement(sort="percent", descending=True)) == [5, 3, 1, 2, 4, 6]


def test_many_parts_are_sorted_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [order(Arrangement(sort=key, descending=down)) for key in ("lead", "percent") for down in (True, False)]
    monkeypatch.setattr(arranging, "STRIDE", 2)
    assert whole == [
        order(Arrangement(sort=key, descending=down)) for key in ("lead", "percent") for down in (True, False)
    ]


def test_groups_are_in_order_with_their_rows() -> None:
    groups = arranged(ROWS, Arrangement(grouping=Grouping.UNIT), on=ON)
    assert [(group.label, [one.sequence for one in group.rows]) for group in groups] == [
        ("縣財政局", [1, 5]),
        ("縣公安局", [4]),
        ("縣教育局", [2]),
        ("縣行政審批服務局", [6]),
        ("", [3]),
    ]


def test_sections_stay_in_the_order_of_the_notice() -> None:
    rows: list[LedgerRow] = [
        row(1, section="二、乙", section_id=2),
        row(2, section="一、甲", section_id=1),
        row(3, section="", section_id=None),
    ]
    groups = arranged(rows, Arrangement(grouping=Grouping.SECTION, sort="code"), on=ON)
    assert [group.label for group in groups] == ["一、甲", "二、乙", ""]


def test_late_rows_of_a_group_are_counted() -> None:
    (group,) = arranged([row(1, light=Light.LATE), row(2)], Arrangement(grouping=Grouping.LEADER), on=ON)
    assert group.late == 1


def test_giving_up_in_the_middle() -> None:
    def stop() -> None:
        raise Refused("停")

    with pytest.raises(Refused):
        arranged(ROWS, Arrangement(), on=ON, breathe=stop)


def test_a_view_comes_back_as_it_was_saved(database: Database) -> None:
    views.save(database, name=" 我的 ", view=VIEW)
    changes = views.save(database, name="我的", view=View())
    with database.reading() as session:
        assert views.saved(session) == {"我的": View()}
    undo(database, batch=changes.batch or 0)
    with database.reading() as session:
        assert views.find(session, "我的") == VIEW
    views.remove(database, name="我的")
    with database.reading() as session:
        assert views.saved(session) == {}
        assert views.find(session, "逾期未完成") == READY["逾期未完成"]
        with pytest.raises(Refused, match="沒有名為"):
            views.find(session, "我的")
    with pytest.raises(Refused, match="已不存在"):
        views.remove(database, name="我的")


@pytest.mark.parametrize("name", ["", "  ", "長" * 41])
def test_a_name_must_be_one(database: Database, name: str) -> None:
    with pytest.raises(Refused, match="視圖要有名稱"):
        views.save(database, name=name, view=VIEW)


def test_what_another_program_kept_is_passed_over(database: Database) -> None:
    kept = [{"name": "新", "sort": "moon", "grouping": "star", "columns": 5, "filter": []}, "x", {"sort": "code"}]
    with database.change("x", operation="x") as change:
        change.session.add(Setting(name=views.SETTING, value=kept))
    with database.reading() as session:
        assert views.saved(session) == {"新": View()}
