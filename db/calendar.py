"""Working days (工作日): the State Council's yearly calendar with 調休, the office's own days going first."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.models import CalendarDay
from db.shipped import shipped

REST, WORK = "休", "班"
_SATURDAY = 5
_LONGEST = 400  # days of a period: more is a slip of the pen
_ONE_DAY = timedelta(days=1)
_TELLING = ((1, 2), (10,))  # 元旦 or 春節, and 國慶: an arrangement of a whole year has days off for both


@dataclass(frozen=True, slots=True)
class Day:
    """A day that differs from the week: a weekday off (``working`` false) or a weekend day at work."""

    on: date
    working: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A day that was computed; ``warnings`` are sentences about years whose arrangement is not known."""

    on: date
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked on; ``known`` are the years whose arrangement is there, others follow the week."""

    days: Mapping[date, bool] = field(default_factory=dict)
    known: frozenset[int] = frozenset()

    def working(self, on: date) -> bool:
        """Tell whether a day is worked on."""
        return self.days.get(on, on.weekday() < _SATURDAY)

    def last_day(self, start: date, days: int, *, working: bool) -> Reckoned:
        """Return the last day of a period of ``days`` (working) days that counts from the day after ``start``.

        Raises :class:`Refused` for a period of no days or of more than a year.
        """
        if not 1 <= days <= _LONGEST:
            raise Refused("期限應在 1 到 {most} 天之間，不能是 {days}。", most=_LONGEST, days=days)
        if not working:
            return Reckoned(start + timedelta(days=days))
        day = start
        while days:
            day += _ONE_DAY
            days -= self.working(day)
        return Reckoned(day, self.warnings(start + _ONE_DAY, day))

    def warnings(self, first: date, last: date) -> tuple[str, ...]:
        """Return a sentence for each year from ``first`` to ``last`` that is reckoned by weekends alone."""
        return tuple(
            f"{year} 年的節假日安排還沒有，這一年的工作日只按週六、週日休息計算，可能不準。請在「節假日」補上後重算。"
            for year in range(first.year, last.year + 1)
            if year not in self.known
        )


def due_down(session: Session, *, posted_on: date, days: int, working_days: bool) -> Reckoned:
    """Return the first day on which what hangs for ``days`` may come down: the day after the last of them.

    The days count from the day after ``posted_on``. On the day returned nothing is overdue yet.
    """
    last = read(session).last_day(posted_on, days, working=working_days)
    return Reckoned(last.on + _ONE_DAY, last.warnings)


def read(session: Session) -> Calendar:
    """Return the calendar as it stands: shipped, with the office's own days over it."""
    own = {row.on: row.working for row in session.scalars(select(CalendarDay))}
    come = shipped_days()
    days = {day.on: day.working for day in come} | own
    return Calendar(days, frozenset(day.on.year for day in come) | _told_whole(own))


def _told_whole(own: Mapping[date, bool]) -> frozenset[int]:
    """Return the years for which the office entered the whole arrangement and not just a day of its own."""
    off = {(day.year, day.month) for day, working in own.items() if not working}
    return frozenset(
        year for year, _ in off if all(any((year, month) in off for month in months) for months in _TELLING)
    )


@cache
def shipped_days() -> tuple[Day, ...]:
    """Return the days that come with the program, in order."""
    found = []
    for path in sorted(shipped("calendar").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for on, kind, name in list(csv.reader(file))[1:]:
                found.append(Day(date.fromisoformat(on), kind == WORK, name))
    return tuple(found)


def listed(session: Session, *, year: int | None = None) -> list[Day]:
    """Return the days that differ from the week, the office's own before the shipped, in order; of one year or all."""
    own = {row.on: Day(row.on, row.working, row.name) for row in session.scalars(select(CalendarDay))}
    days = {day.on: day for day in shipped_days()} | own
    return [days[on] for on in sorted(days) if year in (None, on.year)]


def set_days(database: Database, *, days: Sequence[Day]) -> Changes:
    """Enter days of the office's own over the shipped ones; what is already so stays untouched."""
    with database.change("修改節假日", operation="calendar.set_days") as change:
        stored = {row.on: row for row in change.session.scalars(select(CalendarDay))}
        come = {day.on: day for day in shipped_days()}
        changed = 0
        for day in {day.on: day for day in days}.values():
            row = stored.get(day.on)
            if row is None and come.get(day.on) == day:
                continue
            changed += row is None or (row.working, row.name) != (day.working, day.name)
            if row is None:
                change.session.add(CalendarDay(on=day.on, working=day.working, name=day.name))
            else:
                row.working, row.name = day.working, day.name
        change.title = f"修改節假日 {changed} 天"
    return change.changes


def remove_days(database: Database, *, days: Collection[date]) -> Changes:
    """Take the office's own entries for days back, so that the shipped calendar or the week holds again.

    Raises :class:`Refused` for a day that the office never entered.
    """
    with database.change("移除節假日", operation="calendar.remove_days") as change:
        stored = {row.on: row for row in change.session.scalars(select(CalendarDay))}
        for day in days:
            if day not in stored:
                raise Refused("{day} 不是本單位錄入的日子，不能移除。要改這一天，請直接錄入。", day=day)
            change.session.delete(stored[day])
        change.title = f"移除節假日 {len(days)} 天"
    return change.changes
