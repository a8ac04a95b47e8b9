"""The recovery key (恢復密鑰): printed once, typed back when the password is forgotten.

Seven groups of five signs, ``3F7KA-9XCQ2-…``. The fifth sign of a group checks the four before it and the group's
place, so that the group with the slip can be named. The signs are those of the short codes: none are mistaken for each
other in print.
"""

from __future__ import annotations

import secrets

from db import codes
from db.errors import Refused
from db.sealing import derived

GROUPS = 7
_DATA_SIGNS = 4  # of a group; 31 ** 28 possibilities are 138 bits
# What cannot occur is read as what it is mistaken for.
_MISTAKEN = str.maketrans("OIBSZ", "01852")


def _check(place: int, data: str) -> str:
    return codes.check_sign(codes.SIGNS[place] + data)


def new_key() -> str:
    """Return a new recovery key as it is printed."""
    groups = ["".join(secrets.choice(codes.SIGNS) for _ in range(_DATA_SIGNS)) for _ in range(GROUPS)]
    return "-".join(data + _check(place, data) for place, data in enumerate(groups, start=1))


def tidy(typed: str) -> str:
    """Return a key as it was typed in its printed form; raise :class:`Refused` naming what does not fit."""
    signs = codes.tidy(typed).replace("-", "").translate(_MISTAKEN)
    length = _DATA_SIGNS + 1
    groups = [signs[start : start + length] for start in range(0, len(signs), length)]
    for place, group in enumerate(groups[:GROUPS], start=1):
        if len(group) == length and (not set(group) <= set(codes.SIGNS) or _check(place, group[:-1]) != group[-1]):
            raise Refused("恢復密鑰的第 {n} 組不對，請對照打印的密鑰重新輸入這一組。", n=place)
    if len(signs) != GROUPS * length:
        raise Refused(
            "恢復密鑰應是 {groups} 組、每組 {length} 個字符，現在有 {n} 個字符。請對照打印的密鑰重新輸入。",
            groups=GROUPS,
            length=length,
            n=len(signs),
        )
    return "-".join(groups)


def wrapping_key(typed: str) -> bytes:
    """Return the key that a recovery key stands for; raise :class:`Refused` where it was not typed rightly."""
    return derived(tidy(typed).replace("-", "").encode("ascii"), "recovery")
