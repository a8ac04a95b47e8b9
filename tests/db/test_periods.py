"""Reporting periods: which one runs, when it is due."""

from __future__ import annotations

from datetime import date

import pytest

from db import settings
from db.database import Database
from db.errors import Refused
from db.periods import due_on, next_due, running
from db.settings import Office

MONTHLY, QUARTERLY = Office(report_day=28), Office(report_months=3, report_day=31)


@pytest.mark.parametrize(
    ("office", "today", "period", "due"),
    [
        (MONTHLY, date(2022, 6, 1), "2022-06", date(2022, 6, 28)),
        (MONTHLY, date(2022, 6, 28), "2022-06", date(2022, 6, 28)),
        (MONTHLY, date(2022, 6, 29), "2022-06", date(2022, 7, 28)),
        (MONTHLY, date(2022, 12, 31), "2022-12", date(2023, 1, 28)),
        (QUARTERLY, date(2022, 4, 1), "2022-06", date(2022, 6, 30)),
        (QUARTERLY, date(2022, 12, 31), "2022-12", date(2022, 12, 31)),
        (Office(report_day=30), date(2024, 2, 1), "2024-02", date(2024, 2, 29)),
        (Office(report_months=3, report_day=20), date(2022, 12, 21), "2022-12", date(2023, 3, 20)),
    ],
)
def test_the_running_period_and_the_next_due_day(office: Office, today: date, period: str, due: date) -> None:
    assert running(office, today) == period
    assert next_due(office, today) == due


def test_the_due_day_lies_in_the_month_that_names_the_period() -> None:
    assert due_on(MONTHLY, "2022-02") == date(2022, 2, 28)
    assert due_on(QUARTERLY, "2022-09") == date(2022, 9, 30)


@pytest.mark.parametrize("values", [{"report_day": 0}, {"report_day": 32}, {"report_months": 5}])
def test_a_rule_that_is_none_is_refused(database: Database, values: dict[str, int]) -> None:
    with pytest.raises(Refused, match="報送"):
        settings.set_office(database, values=values)


def test_every_setting_has_a_word() -> None:
    assert set(settings.LABELS) == set(Office.__dataclass_fields__)
