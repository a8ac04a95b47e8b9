"""A small sending for tests of what travels: one unit that leads two tasks and co-operates in one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from db.codes import make_code, make_token
from db.outgoing import FIELDS, Outgoing, OutgoingRow, OutgoingSheet, Person
from db.terms import UnitRole

PERSON = Person("趙會計", "科長", "", "cz@example.cn")
NOTHING: Mapping[str, Any] = dict.fromkeys(FIELDS)
TOKEN = make_token("2022-06", lambda _: 10)  # T2206-AAAAA and its check character


def row(number: int, role: UnitRole = UnitRole.LEAD, **sent: object) -> OutgoingRow:
    """A row with an ordinary content; ``sent`` says what is else."""
    code = make_code(year=2022, mark="政16", point=number, number=1)
    values: dict[str, Any] = {
        "code": code,
        "task": f"規范第{number}項政務公開工作。",
        "measure": "",
        "lead": "縣財政局",
        "others": "縣司法局、縣審計局",
        "deadline": "6月底前",
        "deadline_on": "2022-06-30",
        "last_period": "2022-05",
        "last_percent": 40,
        "last_text": "已印發方案。",
    }
    return OutgoingRow(number, role, code, values | sent, NOTHING)


def sheet(*rows: OutgoingRow, people: tuple[Person, ...] = (PERSON,)) -> OutgoingSheet:
    chosen = rows or (row(1), row(2), row(3, UnitRole.CO, lead="縣司法局", others="縣財政局"))
    return OutgoingSheet(7, "縣財政局", TOKEN, chosen, people)


def outgoing(*sheets: OutgoingSheet) -> Outgoing:
    return Outgoing("2022-06", 1, 2022, "清江縣2022年政務公開", date(2022, 6, 28), sheets or (sheet(),))
