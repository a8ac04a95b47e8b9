"""Payments read by page, summed, withdrawn and corrected; periods as they are written."""

from __future__ import annotations

import pytest

from db import paymentlist, payments
from db.database import Database
from db.errors import Refused
from db.paymentlist import PaymentFilter
from db.paymentperiods import period_in, settled
from db.undo import undo
from tests.db import villages


@pytest.fixture
def paid(database: Database) -> tuple[int, list[int]]:
    """A policy paid in three villages of two towns."""
    return villages.county(database, 3)


def test_pages_follow_each_other_and_filters_narrow(database: Database, paid: tuple[int, list[int]]) -> None:
    _, places = paid
    with database.reading() as session:
        first = paymentlist.page(session, PaymentFilter(), limit=4)
        rest = paymentlist.page(session, PaymentFilter(), after=first[-1].id)
        assert len(first) == 4
        assert len(rest) == 11
        assert paymentlist.count(session, PaymentFilter(name="王建国"))[0] == 6
        assert paymentlist.count(session, PaymentFilter(place=places[0]))[0] == 5
        assert paymentlist.count(session, PaymentFilter(period="2021")) == (0, 0)
        town = next(line.town for line in first)
        assert town == "石橋鎮"


def test_sums_go_by_village_and_skip_what_was_withdrawn(database: Database, paid: tuple[int, list[int]]) -> None:
    policy, places = paid
    with database.reading() as session:
        lines = paymentlist.sums(session)
        assert [line.place for line in lines] == places
        assert {(line.policy, line.period, line.rows) for line in lines} == {(policy, "2022", 5)}
        total = paymentlist.count(session, PaymentFilter())[1]
        assert sum(line.amount_fen for line in lines) == total
        assert paymentlist.periods(session) == ["2022"]
    payments.withdraw(database, import_id=1)
    with database.reading() as session:
        assert paymentlist.sums(session) == []
        assert [line.active for line in paymentlist.imports(session)] == [False]
    payments.restore(database, import_id=1)
    with database.reading() as session:
        assert len(paymentlist.sums(session)) == 3


def test_a_correction_is_undone_and_tells_its_reason(database: Database, paid: tuple[int, list[int]]) -> None:
    del paid
    changes = payments.correct(database, payment=1, values={"amount_fen": 1, "name": "王建国"}, reason="筆誤")
    assert "筆誤" in changes.title
    with database.reading() as session:
        line = paymentlist.get(session, 1)
    assert line is not None
    assert (line.amount_fen, line.name) == (1, "王建国")
    undo(database, batch=changes.batch or 0)
    with database.reading() as session:
        line = paymentlist.get(session, 1)
    assert line is not None
    assert (line.amount_fen, line.name) == (52500, "王建國")


def test_corrections_that_break_a_rule_are_refused(database: Database, paid: tuple[int, list[int]]) -> None:
    del paid
    number = villages.identity(5)
    for values, reason in (
        ({"amount_fen": 1}, " "),
        ({"name": ""}, "改"),
        ({"quantity": "很多"}, "改"),
        ({"note": f"證號{number}"}, "改"),
        ({"amount_fen": 1}, f"見{number}"),
    ):
        with pytest.raises(Refused):
            payments.correct(database, payment=1, values=values, reason=reason)
    with pytest.raises(Refused):
        payments.withdraw(database, import_id=99)


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("石橋村2022年耕地地力保護補貼發放清冊", "2022"),
        ("2022年度", "2022"),
        ("2022年第一季度低保", "2022-Q1"),
        ("2022年2季度", "2022-Q2"),
        ("2022年上半年", "2022-H1"),
        ("2022年6月份發放表", "2022-06"),
        ("2022-06", "2022-06"),
        ("2022年12月", "2022-12"),
        ("2021年結轉2022年", ""),
        ("第12號", ""),
        ("石橋村2022年1-6月低保金", "2022-H1"),
        ("石橋村2022年2至3月低保金", ""),
        ("填表日期2022年6月30日", ""),
        ("2022年度發放表 2022.6.30", "2022"),
    ],
)
def test_periods_as_titles_write_them(written: str, period: str) -> None:
    assert period_in(written) == period


def test_a_period_is_settled_or_refused() -> None:
    assert [settled(one) for one in ("2022", "2022-q3", "2022年6月", " 2022-H2 ")] == [
        "2022",
        "2022-Q3",
        "2022-06",
        "2022-H2",
    ]
    for wrong in ("22", "2022-13", "上半年"):
        with pytest.raises(Refused):
            settled(wrong)
