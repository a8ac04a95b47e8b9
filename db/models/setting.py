"""The office's own settings, kept with its data so that the successor inherits them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped

from db.models.base import Base, column


class Setting(Base):
    """One named value."""

    __tablename__ = "setting"

    name: Mapped[str] = column(String(60), unique=True)
    value: Mapped[Any] = column(JSON)
