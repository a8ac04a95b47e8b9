"""Working days by the State Council's calendar, periods counted from the next day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import calendar
from db.calendar import Calendar, Day
from db.database import Database
from db.errors import Refused
from db.undo import undo

SHIPPED = Calendar({day.on: day.working for day in calendar.shipped_days()}, frozenset(range(2020, 2027)))
DAYS = st.dates(date(2020, 1, 1), date(2026, 10, 1))


@pytest.mark.parametrize(
    ("on", "working"),
    [
        (date(2020, 1, 31), False),  # the holiday that was made longer
        (date(2022, 1, 29), True),
        (date(2022, 5, 7), True),
        (date(2022, 10, 7), False),
        (date(2023, 10, 8), True),
        (date(2024, 2, 9), True),  # 除夕 of that year was no holiday
        (date(2024, 10, 12), True),
        (date(2025, 1, 26), True),
        (date(2025, 10, 8), False),
        (date(2026, 1, 4), True),
        (date(2026, 2, 23), False),
        (date(2026, 10, 10), True),
        (date(2026, 11, 25), True),
        (date(2026, 11, 28), False),
    ],
)
def test_known_days(on: date, working: bool) -> None:  # noqa: FBT001 - a table of answers
    assert SHIPPED.working(on) is working


def test_every_shipped_day_differs_from_its_week_and_every_year_has_its_holidays() -> None:
    days = calendar.shipped_days()
    assert all(day.working == (day.on.weekday() >= 5) and day.name for day in days)
    assert {day.on.year for day in days} == set(range(2020, 2027))
    for year in range(2020, 2027):
        off = {day.name for day in days if day.on.year == year and not day.working}
        assert {"春節", "勞動節", "國慶節"} <= off


@given(DAYS, st.integers(1, 60))
def test_a_period_of_working_days_holds_that_many_and_ends_on_one(start: date, days: int) -> None:
    last = SHIPPED.last_day(start, days, working=True).on
    inside = [start + timedelta(days=n) for n in range(1, (last - start).days + 1)]
    assert sum(map(SHIPPED.working, inside)) == days
    assert SHIPPED.working(last)


@given(DAYS, st.integers(1, 60))
def test_working_days_never_end_before_as_many_days(start: date, days: int) -> None:
    plain = SHIPPED.last_day(start, days, working=False)
    assert plain == calendar.Reckoned(start + timedelta(days=days))
    assert SHIPPED.last_day(start, days, working=True).on >= plain.on


@given(DAYS, st.integers(1, 30), st.integers(1, 30))
def test_two_periods_one_after_the_other_are_as_long_as_both(start: date, first: int, second: int) -> None:
    between = SHIPPED.last_day(start, first, working=True).on
    assert (
        SHIPPED.last_day(between, second, working=True).on == SHIPPED.last_day(start, first + second, working=True).on
    )


def test_what_hangs_seven_days_may_come_down_on_the_eighth(database: Database) -> None:
    with database.reading() as session:
        found = calendar.due_down(session, posted_on=date(2022, 9, 26), days=7, working_days=False)
        assert found == calendar.Reckoned(date(2022, 10, 4))
        found = calendar.due_down(session, posted_on=date(2022, 9, 26), days=7, working_days=True)
        assert found == calendar.Reckoned(date(2022, 10, 11))  # 27-30 September, 8-10 October


def test_a_year_without_data_goes_by_weekends_and_says_so(database: Database) -> None:
    with database.reading() as session:
        found = calendar.due_down(session, posted_on=date(2026, 12, 29), days=7, working_days=True)
    assert found.on == date(2027, 1, 8)
    assert ["2027" in sentence for sentence in found.warnings] == [True]


def test_a_warning_stays_until_the_whole_year_was_entered(database: Database) -> None:
    def warned() -> bool:
        with database.reading() as session:
            return bool(calendar.due_down(session, posted_on=date(2027, 1, 4), days=7, working_days=True).warnings)

    calendar.set_days(database, days=[Day(date(2027, 1, 1), working=False, name="元旦")])
    assert warned()
    calendar.set_days(database, days=[Day(date(2027, 10, 1), working=False, name="國慶節")])
    assert not warned()


def test_the_offices_own_day_goes_first_and_can_be_taken_back(database: Database) -> None:
    day = date(2026, 11, 25)
    changes = calendar.set_days(database, days=[Day(day, working=False, name="縣慶"), *calendar.shipped_days()])
    assert len(changes.ids("calendar_day")) == 1  # what is shipped so already is not entered again
    with database.reading() as session:
        assert not calendar.read(session).working(day)
        assert Day(day, working=False, name="縣慶") in calendar.listed(session, year=2026)
    calendar.remove_days(database, days=[day])
    with database.reading() as session:
        assert calendar.read(session).working(day)
    with pytest.raises(Refused):
        calendar.remove_days(database, days=[day])


def test_entering_days_is_undone_whole(database: Database) -> None:
    changes = calendar.set_days(database, days=[Day(date(2027, 1, n), working=False) for n in (1, 4)])
    assert changes.batch is not None
    undo(database, batch=changes.batch)
    with database.reading() as session:
        assert not calendar.listed(session, year=2027)


@pytest.mark.parametrize("days", [0, -3, 4000])
def test_a_period_of_no_days_or_of_years_is_refused(days: int) -> None:
    with pytest.raises(Refused):
        SHIPPED.last_day(date(2022, 1, 1), days, working=True)
