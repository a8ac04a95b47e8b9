"""Workbooks: a private number is found and named in every part, and a clean posting is clean."""

from __future__ import annotations

import pytest

from db.errors import UnreadableInput
from db.terms import PrivateKind
from exports.privacy import scan_bytes
from tests.exports.privacy.plants import HOTLINE, ID, PHONE, book, changed, document, planted, saved

PLANTS = {name: (content, told) for name, content, told in planted()}


def told_of(content: bytes, **options: object) -> list[str]:
    return [str(one) for one in scan_bytes(content, "公示.xlsx", allowed=[HOTLINE], **options)]  # type: ignore[arg-type]


def test_a_clean_posting_is_clean() -> None:
    assert told_of(saved(book()[0])) == []


def test_a_hotline_that_was_not_declared_is_told() -> None:
    assert [one.kind for one in scan_bytes(saved(book()[0]), "公示.xlsx")] == [PrivateKind.LANDLINE]


@pytest.mark.parametrize("name", PLANTS)
def test_a_plant_is_found_and_named_by_its_place(name: str) -> None:
    content, expected = PLANTS[name]
    found = told_of(content)
    assert found
    assert any(expected in one for one in found)
    assert not any(ID in one or PHONE in one for one in found)


def test_known_values_are_found_whatever_their_form() -> None:
    made, sheet = book()
    sheet["G4"], sheet["G5"], sheet["G6"] = "82013456 7890", "12345678", "高倉村\n三組"
    secrets = ["820134567890", "12345678", "高倉村三組"]
    found = scan_bytes(saved(made), "公示.xlsx", allowed=[HOTLINE], secrets=secrets)
    assert {one.kind for one in found} == {PrivateKind.KNOWN}
    assert [one.place.facts["cell"] for one in found] == ["G4", "G5", "G6"]


def test_a_known_number_that_is_a_hotline_is_public() -> None:
    assert told_of(saved(book()[0]), secrets=["0731 84444444"]) == []


def test_entities_of_its_own_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
    content = changed(saved(book()[0]), lambda name, body: bomb if name == "docProps/app.xml" else body)
    with pytest.raises(UnreadableInput, match=r"app\.xml"):
        told_of(content)


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 50, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x89PNG\r\n"]
)
def test_what_cannot_be_read_is_said_to_be_so(content: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"公示\.xlsx"):
        told_of(content)


def test_no_more_is_told_than_asked_for() -> None:
    made, sheet = book()
    for row in range(1, 50):
        sheet.cell(row, 9, ID)
    assert len(scan_bytes(saved(made), "公示.xlsx", most=10)) == 10


def test_short_numbers_below_a_heading_of_accounts_are_doubtful() -> None:
    made, sheet = book()
    for row in (
        ("一卡通账号", "社保卡號", "發放賬戶數", "金額"),
        ("8201 3456 7890", "A12345678", 12345678, 12345678),
        (820134567890, "無", "無", "無"),
    ):
        sheet.append(row)
    found = told_of(saved(made))
    assert [one.split("：")[0] for one in found] == [f"表「公示」單元格 {cell}" for cell in ("A36", "B36", "A37")]
    assert all("：疑似" in one for one in found)


def test_a_large_sheet_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    made, sheet = book()
    for row in range(50, 90):
        sheet.cell(row, 3, ID)
    sheet.column_dimensions["C"].hidden = True
    sheet.oddFooter.center.text = PHONE  # type: ignore[union-attr]
    whole = told_of(saved(made))
    monkeypatch.setattr("exports.privacy.package._CHUNK", 700)
    assert told_of(saved(made)) == whole
    assert len(whole) == 41


def test_large_shared_strings_are_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    content, expected = PLANTS["shared"]
    monkeypatch.setattr("exports.privacy.package._CHUNK", 60)
    assert any(expected in one for one in told_of(content))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("甲村", ID, "正文：身份證號碼"),
        (
            "<w:t>甲村</w:t>",
            f"<w:t>{ID[:6]}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{ID[6:]}</w:t>",
            "正文：身份證號碼",
        ),
        ("<w:t>甲村</w:t>", f"<w:rPr><w:vanish/></w:rPr><w:t>{PHONE}</w:t>", "正文：手機號碼"),
        ("<w:t>甲村</w:t>", f"<w:delText>{PHONE}</w:delText>", "正文：手機號碼"),
    ],
)
def test_a_word_document_is_searched(old: str, new: str, expected: str) -> None:
    clean = document("甲村", "2022年6月28日")

    def change(name: str, body: bytes) -> bytes:
        return body.replace(old.encode(), new.encode()) if name == "word/document.xml" else body

    assert told_of(clean, pictures=True) == []
    [found] = told_of(changed(clean, change), pictures=True)
    assert found.startswith(expected)
