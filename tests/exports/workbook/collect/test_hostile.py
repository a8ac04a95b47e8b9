"""Strangers' files: refused or read within bounds, always with a sentence, never a traceback."""

from __future__ import annotations

import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from db.errors import UnreadableInput
from db.terms import ReturnState, Verdict
from exports.workbook.collect.package import Package
from tests.exports.workbook.collect.support import Office, by_place


def rewritten(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """Copy a workbook with its parts changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target


def filled(office: Office) -> tuple[Path, str]:
    sheet = office.sheet_of("縣甲局")
    code = next(iter(sheet.codes))
    path = sheet.write(code, percent=60).save(office.inbox.parent / "好.xlsx")
    return path, code


def state(office: Office) -> ReturnState:
    (file,) = office.plan().files
    assert file.detail
    return file.state


def test_entities_are_refused(office: Office) -> None:
    path, _ = filled(office)
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    rewritten(
        path,
        office.inbox / "實體.xlsx",
        lambda name, part: bomb + part[part.index(b"<worksheet") :] if name.endswith("sheet1.xml") else part,
    )
    assert state(office) is ReturnState.DAMAGED


def test_a_package_that_unpacks_without_end_is_refused(office: Office) -> None:
    with zipfile.ZipFile(office.inbox / "彈.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b"<workbook/>")
        bomb.writestr("xl/sharedStrings.xml", b"0" * 60_000_000)
    assert state(office) is ReturnState.DAMAGED


def test_archives_nested_without_end_are_refused(office: Office) -> None:
    path = office.inbox / "套.zip"
    content = b"nothing"
    name = "最內.bin"
    for depth in range(6):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, content)
        content, name = path.read_bytes(), f"{depth}.zip"
    assert state(office) is ReturnState.DAMAGED


def test_a_password_is_told(office: Office) -> None:
    path, _ = filled(office)
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1  # the flag of an encrypted entry, in the central directory
        at = content.find(b"PK\x01\x02", at + 4)
    (office.inbox / "密.xlsx").write_bytes(content)
    assert state(office) is ReturnState.PASSWORDED


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is(office: Office) -> None:
    path, code = filled(office)
    for place, size in enumerate((b"A1:A1", b"A1:XFD1048576", b"A1")):
        target = office.inbox / f"{place}.xlsx"

        def lie(name: str, part: bytes, size: bytes = size) -> bytes:
            at = part.find(b"<dimension ref=")
            if not name.endswith("sheet1.xml") or at < 0:
                return part
            return part[:at] + b'<dimension ref="' + size + b'"/>' + part[part.index(b"/>", at) + 2 :]

        rewritten(path, target, lie)
        assert by_place(office.plan(target))[code, "percent"].returned == 60


def test_a_million_blank_rows_take_no_room(office: Office) -> None:
    path, code = filled(office)
    blank = b"".join(b'<row r="%d"/>' % row for row in range(1_000, 200_000))
    target = office.inbox / "長.xlsx"
    rewritten(
        path,
        target,
        lambda name, part: (
            part.replace(b"</sheetData>", blank + b"</sheetData>") if name.endswith("sheet1.xml") else part
        ),
    )
    assert by_place(office.plan(target))[code, "percent"].verdict is Verdict.TAKEN


def test_prefixed_and_streamed_xml_reads_the_same(office: Office) -> None:
    """Writers may prefix every element and leave out addresses; the careful reader takes them all the same."""
    path, code = filled(office)

    def prefixed(name: str, part: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return part
        import re

        part = re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", part)
        return part.replace(b"xmlns=", b"xmlns:x=", 1)

    target = rewritten(path, office.inbox / "前綴.xlsx", prefixed)
    assert by_place(office.plan(target))[code, "percent"].returned == 60


@pytest.mark.parametrize(
    "content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"PK\x03\x04" + b"\0" * 90, b"<html>"]
)
def test_what_is_no_workbook_is_told(office: Office, content: bytes) -> None:
    (office.inbox / "表.xls").write_bytes(content)
    assert state(office) in {ReturnState.DAMAGED, ReturnState.FOREIGN}


@pytest.mark.parametrize("step", range(5))
def test_a_file_cut_off_or_with_bytes_changed_never_breaks_the_rest(office: Office, step: int) -> None:
    path, code = filled(office)
    content = bytearray(path.read_bytes())
    if step < 2:
        content = content[: len(content) * (step + 1) // 3]
    else:
        for place in range(step * 37, len(content), 997):
            content[place] ^= 0x5A
    (office.inbox / "壞.xlsx").write_bytes(content)
    shutil.copy(path, office.inbox / "好.xlsx")
    plan = office.plan()
    assert len(plan.files) == 2
    good = next(place for place, file in enumerate(plan.files) if file.name == "好.xlsx")
    assert [cell.code for cell in plan.accepted if cell.file == good] == [code]


def test_sizes_that_are_not_so_are_noticed() -> None:
    from io import BytesIO

    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"1" * 1000)
    content = bytearray(raw.getvalue())
    at = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 24, 10)  # the central directory says ten bytes
    package = Package(bytes(content), "x.zip")
    with pytest.raises(UnreadableInput):
        package.read("a")
