"""Mail drafts: what they say, to whom, and that mail programs can read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from db.errors import Refused
from db.outgoing import Person
from db.settings import Office
from exports.mail.draft import draft
from exports.mail.letter import letter
from tests.exports.workbook.travel_samples import TOKEN, outgoing, sheet

OFFICE = Office(
    county="清江縣",
    office_name="清江縣人民政府辦公室",
    output_script="zh_Hant",
    office_email="office@example.cn",
    office_telephone="0700-5550000",
)
ON = date(2022, 6, 1)
PEOPLE = (
    Person("趙會計", "科長", "", "cz@example.cn"),
    Person("", "", "0700-5551111", ""),
    Person("錢, 主任", "", "", "cz2@example.cn"),
)


def made(office: Office = OFFICE, people: tuple[Person, ...] = PEOPLE) -> EmailMessage:
    text = letter(outgoing(), sheet(people=people), office=office, on=ON)
    content = draft(text, office=office, file_name=f"縣財政局_工作臺賬_{TOKEN}.xlsx", content=b"PK workbook")
    assert content.isascii()
    assert all(len(line) <= 998 for line in content.splitlines())
    found = message_from_bytes(content, policy=policy.SMTP)
    assert isinstance(found, EmailMessage)
    return found


def body(message: EmailMessage) -> str:
    part = message.get_body()
    assert part is not None
    return str(part.get_content())


def test_every_contact_with_an_address_is_a_recipient() -> None:
    to = made()["To"].addresses
    assert [(one.display_name, one.addr_spec) for one in to] == [
        ("趙會計", "cz@example.cn"),
        ("錢, 主任", "cz2@example.cn"),
    ]


def test_a_draft_is_opened_ready_to_send() -> None:
    message = made()
    assert message["X-Unsent"] == "1"
    assert message["From"].addresses[0].addr_spec == "office@example.cn"
    assert message["Date"].datetime is not None
    assert "縣財政局" in message["Subject"]
    assert "2022年6月28日" in message["Subject"]


def test_the_workbook_is_attached_under_its_name() -> None:
    (attached,) = made().iter_attachments()
    assert attached.get_filename() == f"縣財政局_工作臺賬_{TOKEN}.xlsx"
    assert attached.get_content() == b"PK workbook"


def test_the_text_tells_what_is_asked() -> None:
    text = body(made())
    assert "共 3 項，其中牽頭 2 項、配合 1 項" in text
    assert "0700-5550000" in text
    assert TOKEN in text
    assert "2022年6月1日" in text


def test_what_the_office_has_not_set_leaves_no_gap() -> None:
    bare = Office(output_script="zh_Hant")
    message = made(bare, ())
    assert "聯繫電話" not in body(message)
    assert message["To"] is None
    assert message["From"] is not None


@pytest.mark.parametrize("wrong", ["沒有郵箱", "a@b@", "趙會計 cz", "@example.cn", "x@縣.cn"])
def test_an_address_that_is_none_is_left_out(wrong: str) -> None:
    assert made(people=(Person("趙", "", "", wrong),))["To"] is None


def test_the_offices_own_text_is_used() -> None:
    office = replace(OFFICE, mail_subject="請報{period}臺賬", mail_body="{unit}：\n請於{due}前報。")
    message = made(office)
    assert message["Subject"] == "請報2022年6月臺賬"
    assert body(message).replace("\r\n", "\n").strip() == "縣財政局：\n請於2022年6月28日前報。"


def test_an_unknown_place_in_a_text_is_told() -> None:
    with pytest.raises(Refused, match="單位"):
        made(replace(OFFICE, mail_body="{單位}你好"))


def test_a_line_end_in_a_name_makes_no_header() -> None:
    message = made(people=(Person("趙\r\nBcc: x@example.cn", "", "", "cz@example.cn"),))
    assert message["Bcc"] is None
    assert [one.addr_spec for one in message["To"].addresses] == ["cz@example.cn"]
