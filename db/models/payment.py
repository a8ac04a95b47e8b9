"""Payments (發放記錄) and the sheets they were imported from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped

from db.models.base import Base, column, refers


class PaymentImport(Base):
    """One imported sheet: of the file only hash and name are kept, for payment sheets hold private data.

    It is written past the session and then made ``active`` by an audited change, the one audit row of all its
    payments: undoing the import sets ``active`` to false, redoing sets it back, and only payments of active imports
    count. ``rows`` and ``amount_fen`` (分) are what was taken, ``total_fen`` what the sheet's own total row says.
    ``sealed`` tells whether identity numbers and accounts were kept, encrypted.
    """

    __tablename__ = "payment_import"
    __table_args__ = (
        # A sheet counts once: also undoing and redoing in any order cannot make two imports of it count.
        Index(
            "uq_payment_import_active",
            "sha256",
            "sheet",
            unique=True,
            sqlite_where=text("active"),
            postgresql_where=text("active"),
        ),
        {"sqlite_autoincrement": True},
    )
    bulk: ClassVar[bool] = True

    made_at: Mapped[datetime] = column()
    file_name: Mapped[str] = column(String(255))
    sha256: Mapped[str] = column(String(64), index=True)
    sheet: Mapped[str] = column(default="")
    rows: Mapped[int] = column()
    amount_fen: Mapped[int] = column(BigInteger)
    total_fen: Mapped[int | None] = column(BigInteger)
    sealed: Mapped[bool] = column(default=False)
    active: Mapped[bool] = column(default=False)
    report: Mapped[dict[str, Any]] = column(JSON)


class Payment(Base):
    """What one person or household received. Sums are integer 分; ``quantity`` is a decimal number as text.

    ``identity_mask`` and ``account_mask`` show a few digits; ``identity_digest`` and ``account_digest`` are keyed
    hashes by which duplicates are found; ``sealed`` holds identity number, account, telephone and address, encrypted.
    All three are empty where no password was set. ``source_row`` is the row in the sheet, counted from 1.
    """

    __tablename__ = "payment"
    __table_args__ = (
        Index("ix_payment_place_id_period_policy_id", "place_id", "period", "policy_id"),
        {"sqlite_autoincrement": True},
    )
    bulk: ClassVar[bool] = True

    import_id: Mapped[int] = refers("payment_import.id")
    policy_id: Mapped[int] = refers("subsidy_policy.id")
    place_id: Mapped[int] = refers("place.id", index=False)
    period: Mapped[str] = column(String(10))
    source_row: Mapped[int] = column()
    name: Mapped[str] = column()
    group: Mapped[str] = column(default="")
    quantity: Mapped[str] = column(default="")
    unit: Mapped[str] = column(default="")
    standard: Mapped[str] = column(default="")
    amount_fen: Mapped[int] = column(BigInteger)
    paid_on: Mapped[date | None] = column()
    note: Mapped[str] = column(default="")
    identity_mask: Mapped[str] = column(String(30), default="")
    identity_digest: Mapped[bytes | None] = column(LargeBinary, index=True)
    account_mask: Mapped[str] = column(String(40), default="")
    account_digest: Mapped[bytes | None] = column(LargeBinary)
    sealed: Mapped[bytes | None] = column(LargeBinary)
