"""A small memory for what cells share, so that a million rows cannot fill the room."""

from __future__ import annotations

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")
MOST = 100_000


class Kept(dict[K, V]):
    """A dictionary that begins anew when it is full."""

    def __setitem__(self, key: K, value: V) -> None:
        """Keep a value."""
        if len(self) >= MOST:
            self.clear()
        super().__setitem__(key, value)
