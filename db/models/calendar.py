"""Days on which the State Council's yearly calendar differs from the week (節假日、調休)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from db.models.base import Base, column


class CalendarDay(Base):
    """A holiday on a weekday, or a working day at a weekend, as the office entered it; goes before what is shipped."""

    __tablename__ = "calendar_day"

    on: Mapped[date] = column(unique=True)
    working: Mapped[bool] = column()
    name: Mapped[str] = column(default="")
