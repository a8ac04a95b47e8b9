"""Towns and villages (鄉鎮、村) in which subsidies are paid and posted."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, relationship

from db.models.base import Base, column, refers, term
from db.terms import PlaceKind


class Place(Base):
    """A town, or a village in one. ``folded`` is the comparison form of its name, unique within its town.

    ``code`` is the statistical division code (統計用區劃代碼, 9 or 12 digits), empty where nobody gave it.
    ``committee`` signs postings; empty means the name with 村民委員會. ``telephone`` is a public hotline.
    """

    __tablename__ = "place"

    parent_id: Mapped[int | None] = refers("place.id", nullable=True)
    kind: Mapped[PlaceKind] = column(term(PlaceKind))
    name: Mapped[str] = column()
    folded: Mapped[str] = column(index=True)
    code: Mapped[str] = column(String(12), default="")
    position: Mapped[int] = column()
    committee: Mapped[str] = column(default="")
    telephone: Mapped[str] = column(default="")
    ended_on: Mapped[date | None] = column()

    parent: Mapped[Place | None] = relationship(remote_side="Place.id")
