"""A vault whose password costs nothing, and where in a folder some bytes still stand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from db import vault
from db.database import Database
from db.wrapping import Kdf

CHEAP = Kdf(n=16, r=1, p=1)
PASSWORD = "清江縣的一句好記的話"


def with_password(database: Database) -> str:
    """Set the password and return the recovery key."""
    return vault.set_password(database, password=PASSWORD, kdf=CHEAP).recovery_key


def traces(folder: Path, words: Iterable[str]) -> list[str]:
    """Return which of these words stand in plain form in which file below a folder."""
    wanted = [(word, word.encode(code)) for word in words for code in ("utf-8", "utf-16-le")]
    files = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    return [f"{path.name}: {word}" for path, content in files.items() for word, sought in wanted if sought in content]
