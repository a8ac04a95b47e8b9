"""Where a command gets passwords from: the environment or the terminal, never its own words."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from db.errors import Refused

if TYPE_CHECKING:
    from db.database import Database

PASSWORD, NEW_PASSWORD, RECOVERY_KEY = "TAIZHANG_PASSWORD", "TAIZHANG_NEW_PASSWORD", "TAIZHANG_RECOVERY_KEY"
Convert = Callable[[str], str]


def at_terminal() -> bool:
    """Tell whether someone can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def given(variable: str, prompt: str, convert: Convert) -> str:
    """Return what stands in an environment variable or is typed at the terminal, unseen.

    Raises :class:`Refused` where there is neither.
    """
    found = os.environ.get(variable, "")
    if found:
        return found
    if not at_terminal():
        raise Refused("這裏不能輸入密碼。請在終端裏運行，或把它放在環境變量 {variable} 裏。", variable=variable)
    return getpass.getpass(convert(prompt))


def new(variable: str, convert: Convert) -> str:
    """Return a new password, typed twice where it is asked for; raise :class:`Refused` where the two differ."""
    first = given(variable, "新密碼（輸入時不顯示）：", convert)
    if variable not in os.environ and getpass.getpass(convert("再輸入一次：")) != first:
        raise Refused("兩次輸入的密碼不一樣，沒有設置。請重新運行。")
    return first


def unlock(database: Database, convert: Convert) -> None:
    """Unlock a database that has a password, if one is at hand; else leave it locked."""
    from db import vault

    if vault.state(database) is vault.VaultState.LOCKED and (os.environ.get(PASSWORD) or at_terminal()):
        vault.unlock(database, password=given(PASSWORD, "密碼（輸入時不顯示）：", convert))
