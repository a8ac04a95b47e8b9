"""Workbooks: a private number is found and named in every part, and a clean posting is clean."""

from __future__ import annotations

import pytest

from db.errors import UnreadableInput
from db.terms import PrivateKind
from exports.privacy import scan_bytes
from tests.exports.privacy.plants import HOTLINE, ID, PHONE, book, changed, planted, saved

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
