"""The key that private data are encrypted with, itself encrypted by the password and by the recovery key."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, LargeBinary
from sqlalchemy.orm import Mapped

from db.models.base import Base, column


class VaultKey(Base):
    """At most one row. ``kdf`` holds the parameters of the key derivation, ``salt`` its salt.

    ``by_password`` and ``by_recovery`` hold the data key, wrapped. No part of it may stand in the audit trail.
    """

    __tablename__ = "vault_key"
    audited: ClassVar[bool] = False

    kdf: Mapped[dict[str, Any]] = column(JSON)
    salt: Mapped[bytes] = column(LargeBinary)
    by_password: Mapped[bytes] = column(LargeBinary)
    by_recovery: Mapped[bytes] = column(LargeBinary)
    made_at: Mapped[datetime] = column()
