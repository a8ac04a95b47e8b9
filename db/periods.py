"""The office's reporting periods (報送期): each is named by the month it ends in, such as ``2022-06``."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from db.settings import Office


def running(office: Office, today: date) -> str:
    """Return the period that a day belongs to: its month, or the last month of its quarter."""
    months = office.report_months
    month = (today.month + months - 1) // months * months
    return f"{today.year}-{month:02}"


def due_on(office: Office, period: str) -> date:
    """Return the day on which the reports of a period are due; in a shorter month its last day."""
    year, month = map(int, period.split("-"))
    return date(year, month, min(office.report_day, monthrange(year, month)[1]))


def next_due(office: Office, today: date) -> date:
    """Return the next due day from a day on, that day included."""
    due = due_on(office, running(office, today))
    if due >= today:
        return due
    year, month = due.year, due.month + office.report_months
    return due_on(office, f"{year + (month > _DECEMBER)}-{(month - 1) % _DECEMBER + 1:02}")


_DECEMBER = 12
