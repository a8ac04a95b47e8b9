"""Numbers of persons in a notice are told when it is stored: its text is kept readable."""

from __future__ import annotations

from db import planstore
from db.database import Database
from exports.plandoc.parse import parse_text
from tests.db.villages import identity

NOTICE = "2022年信訪工作要點\n\n（一）化解積案。{told}（縣信訪局牽頭）\n（二）規範公開。（縣政府辦牽頭）\n"


def notes(database: Database, told: str) -> tuple[str, ...]:
    (draft,) = parse_text(NOTICE.format(told=told))
    return planstore.store(database, draft=draft).notes


def test_numbers_of_persons_are_told(database: Database) -> None:
    (told,) = notes(database, f"包案對象甲一，身份證號{identity(7)}。")
    assert "1 處像是身份證號碼或賬號" in told
    assert identity(7) not in told


def test_a_notice_without_them_is_stored_without_a_word(database: Database) -> None:
    assert notes(database, "按湘政辦發〔2022〕16號辦理，資金1234567.89元，電話0730-6220001。") == ()
