"""Words of the command line as values of the field: days, states, units, files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from db.errors import Refused
from db.terms import Term

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

T = TypeVar("T", bound=Term)


def day(text: str | None) -> date | None:
    """Return the date written ``2022-06-30``; None for no text."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused("日期「{text}」應寫成 2022-06-30 的樣子。", text=text) from error


def given_day(text: str) -> date:
    """Return the date written ``2022-06-30``, which has to be there."""
    found = day(text)
    if found is None:
        raise Refused("請寫明日期，如 2022-06-30。")
    return found


def term(kind: type[T], text: str) -> T | None:
    """Return the word of a closed list by its label, in either script, or its stored value; None for no text."""
    from db.script import fold

    if not text:
        return None
    found = next((one for one in kind if fold(text) in (one.value, fold(one.label))), None)
    if found is None:
        words = "、".join(one.label for one in kind)
        raise Refused("「{text}」不認識。可用：{words}。", text=text, words=words)
    return found


def unit_id(session: Session, name: str) -> int:
    """Return the unit with a name, alias or former name."""
    from db.names import directory

    unit = directory(session).find(name)
    if unit is None:
        raise Refused("單位表裏沒有「{name}」。請用 taizhang units list 查看。", name=name)
    return unit.id


def task_ids(session: Session, codes: Iterable[str]) -> list[int]:
    """Return the assignments with these codes."""
    from db.assignments import by_code

    return [by_code(session, code).id for code in codes]
