"""Locking and unlocking the private data from the window, and telling the pages of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.desk import Desk

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

CONCERNED = ("vault_key", "unit_contact", "payment")  # tables that are read otherwise with the keys than without


def tell_turned(desk: Desk) -> None:
    """Let every page that shows private data load it anew."""
    from db.changes import Changes

    desk.changed.emit(Changes(None, "", dict.fromkeys(CONCERNED, frozenset())))


def unlock(
    desk: Desk, owner: QObject, password: str, then: Callable[[], None], failed: Callable[[BaseException], None]
) -> None:
    """Unlock on the worker: making the key takes a while on purpose."""

    def work(_progress: object) -> None:
        from db import vault

        vault.unlock(desk.database, password=password)

    def done(_none: object) -> None:
        tell_turned(desk)
        desk.told.emit(desk.say("已解鎖：個人信息和加密的原件可以查看了。"), None)
        then()

    desk.jobs.run(owner, work, done, failed, what="正在解鎖…")


def lock(desk: Desk) -> None:
    """Let go of the keys."""
    from db import vault

    vault.lock(desk.database)
    tell_turned(desk)
    desk.told.emit(desk.say("已鎖定：個人信息只顯示掩碼，加密的原件打不開。"), None)
