"""Archives, folders and passwords of strangers: one sentence each, bounded, nothing run, nothing left outside."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import NoReturn

import pytest

from db.terms import ReturnState, Verdict
from exports.workbook.collect import opening
from exports.workbook.collect.opening import sources
from tests.exports.workbook.collect.support import Office, by_place
from tests.exports.workbook.collect.test_hostile import filled, rewritten

MANY = 10_000


def states(office: Office) -> dict[str, ReturnState]:
    files = office.plan().files
    assert all(file.detail or file.state is ReturnState.RECOGNISED for file in files)
    return {file.name: file.state for file in files}


def packed(parts: dict[str, bytes]) -> bytes:
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return raw.getvalue()


def test_archives_that_grow_on_every_floor_are_left_when_they_have_grown_enough(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each archive alone is within bounds; together they would fill any memory."""
    monkeypatch.setattr(opening, "MOST_UNPACKED", 4_000_000)
    inner = packed({f"{n}.txt": b"\0" * 190_000 for n in range(10)})
    (office.inbox / "彈.zip").write_bytes(packed({f"{n}.zip": inner for n in range(40)}))
    found = states(office)
    assert ReturnState.DAMAGED in found.values()
    assert len(found) < 40
    assert not any(file.content for file in office.plan().files)


def test_very_many_small_files_in_an_archive_are_refused(office: Office) -> None:
    (office.inbox / "碎.zip").write_bytes(packed({f"{n}": b"" for n in range(6_000)}))
    assert states(office) == {"碎.zip": ReturnState.DAMAGED}


def test_paths_in_an_archive_lead_nowhere(office: Office, tmp_path: Path) -> None:
    path, code = filled(office)
    before = {one for one in tmp_path.rglob("*") if "year" not in one.name}
    names = ("../../外.xlsx", "/etc/絕對.xlsx", "C:\\\\windows\\\\盤.xlsx", "..\\\\..\\\\反.xlsx")
    parts = {name: path.read_bytes() + bytes(place) for place, name in enumerate(names)}
    (office.inbox / "逃.zip").write_bytes(packed(parts))
    plan = office.plan()
    assert {cell.code for cell in plan.accepted} <= {code}
    assert {one for one in tmp_path.rglob("*") if "year" not in one.name} - before == {office.inbox / "逃.zip"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_that_go_round_or_nowhere_are_passed_over(office: Office) -> None:
    path, code = filled(office)
    (office.inbox / "好.xlsx").write_bytes(path.read_bytes())
    (office.inbox / "圈").symlink_to(office.inbox, target_is_directory=True)
    (office.inbox / "斷.xlsx").symlink_to(office.inbox / "沒有.xlsx")
    os.mkfifo(office.inbox / "管.xlsx")
    plan = office.plan()
    assert [file.name for file in plan.files] == ["好.xlsx"]
    assert [cell.code for cell in plan.accepted] == [code]


def test_ten_thousand_files_in_a_folder(office: Office) -> None:
    path, code = filled(office)
    for number in range(MANY):
        (office.inbox / f"{number}.txt").write_bytes(b"%d" % number)
    (office.inbox / "好.xlsx").write_bytes(path.read_bytes())
    plan = office.plan()
    assert len(plan.files) == MANY + 1
    assert [cell.code for cell in plan.accepted] == [code]


@pytest.mark.parametrize(
    "name", ["=cmd.xlsx", "+-@.xlsx", "𠮷😀.xlsx", "a\nb\t.xlsx", "長" * 80 + ".xlsx", "..xlsx", "'.XLSX"]
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_names_of_any_kind(office: Office, name: str) -> None:
    path, code = filled(office)
    (office.inbox / name).write_bytes(path.read_bytes())
    if name.startswith("."):
        assert office.plan().files == ()
        return
    plan = office.plan()
    assert plan.files[0].name == name
    assert [cell.code for cell in plan.accepted] == [code]


@pytest.mark.skipif(sys.platform != "linux", reason="only there are names plain bytes")
def test_a_name_in_another_writing_is_read_and_kept(office: Office) -> None:
    from db import collect

    path, _ = filled(office)
    odd = os.path.join(os.fsencode(office.inbox), "回復.xlsx".encode("gb18030"))  # noqa: PTH118 - bytes
    with open(odd, "wb") as file:  # noqa: PTH123 - bytes
        file.write(path.read_bytes())
    plan = office.plan()
    assert plan.files[0].name == "回復.xlsx"
    assert collect.apply(office.database, plan=plan).batch is not None


def test_a_file_that_goes_while_the_others_are_read(office: Office) -> None:
    for name in ("1.xlsx", "2.xlsx", "3.xlsx"):
        (office.inbox / name).write_bytes(b"PK")
    walk = sources([office.inbox])
    next(walk)
    (office.inbox / "2.xlsx").unlink()
    second, third = walk
    assert (second.name, third.name) == ("2.xlsx", "3.xlsx")
    assert "不能讀取" in str(second.trouble)
    assert third.trouble is None


def test_a_file_that_must_not_be_read_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    path, code = filled(office)
    for name in ("好.xlsx", "鎖.xlsx"):
        (office.inbox / name).write_bytes(path.read_bytes())
    read = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self.name == "鎖.xlsx":
            raise PermissionError(13, "Permission denied")
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    plan = office.plan()
    assert "權限" in next(file.detail for file in plan.files if file.name == "鎖.xlsx")
    assert [cell.code for cell in plan.accepted] == [code]


def compound(streams: dict[str, bytes]) -> bytes:
    """Return a compound file (the container of .xls and of passworded .xlsx) with streams of eight sectors each."""
    size, each = 512, 8
    free, end, fat, chain = 0xFFFFFFFF, 0xFFFFFFFE, [0xFFFFFFFD, 0xFFFFFFFE], 2
    body, entries = b"", [("Root Entry", 5, end, 0, 1)]
    for place, (name, content) in enumerate(streams.items()):
        right = place + 2 if place + 1 < len(streams) else free
        entries.append((name, 2, chain, size * each, right))
        fat += [*range(chain + 1, chain + each), end]
        chain += each
        body += content.ljust(size * each, b"\0")
    directory = b""
    for place, (name, kind, start, length, right) in enumerate(entries):
        raw = name.encode("utf-16-le")
        child, sibling = (1, free) if place == 0 else (free, right)
        directory += raw.ljust(64, b"\0") + struct.pack("<HBB3I", len(raw) + 2, kind, 1, free, sibling, child)
        directory += bytes(36) + struct.pack("<IQ", start, length)
    directory = directory.ljust(size, b"\0")
    table = struct.pack(f"<{size // 4}I", *fat, *[free] * (size // 4 - len(fat)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    return head + table + directory + body


def test_passwords_of_every_kind_are_told(office: Office) -> None:
    secret = compound({"EncryptedPackage": b"x" * 100, "EncryptionInfo": b"y"})
    (office.inbox / "密.xlsx").write_bytes(secret)
    begins = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0)
    locked = begins + struct.pack("<HH", 0x2F, 54) + bytes(54)
    (office.inbox / "密.xls").write_bytes(compound({"Workbook": locked}))
    (office.inbox / "密.et").write_bytes(compound({"Workbook": locked + b"\1"}))
    manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    (office.inbox / "密.ods").write_bytes(
        packed({"mimetype": b"", "META-INF/manifest.xml": manifest, "content.xml": b"\1\2"})
    )
    content = bytearray(packed({"內.xlsx": b"PK"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (office.inbox / "密.zip").write_bytes(content)
    found = states(office)
    assert found == {f"密.{kind}": ReturnState.PASSWORDED for kind in ("xlsx", "xls", "et", "ods", "zip")}
    assert all("密碼" in file.detail for file in office.plan().files)


def test_macros_links_objects_and_commands_do_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    path, code = filled(office)
    sheet = office.sheet_of("縣甲局")
    at = {key: sheet.cell(code, key).coordinate.encode("ascii") for key in ("percent", "text", "problem")}

    def armed(name: str, part: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return part
        for key, formula, result in (
            ("text", b"cmd|'/C calc'!A0", b'<c r="%s" t="str"><f>%s</f><v>done</v></c>'),
            ("problem", b"WEBSERVICE(&quot;http://192.0.2.1/&quot;)", b'<c r="%s"><f>%s</f></c>'),
        ):
            import re

            part = re.sub(rb'<c r="%s"[^>]*?(/>|>.*?</c>)' % at[key], result % (at[key], formula), part, count=1)
        return part

    target = rewritten(path, office.inbox / "宏.xlsm", armed)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
        archive.writestr("xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0")
        archive.writestr("xl/externalLinks/externalLink1.xml", b'<externalLink><oleLink r:id="1"/></externalLink>')
        archive.writestr("xl/externalLinks/_rels/externalLink1.xml.rels", b'<x Target="http://192.0.2.1/a"/>')

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a returned file reached out")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setattr(os, "system", refuse)
    plan = office.plan(target)
    cells = by_place(plan)
    assert "宏" in plan.files[0].detail
    assert cells[code, "percent"].returned == 60
    assert (cells[code, "text"].returned, "公式" in cells[code, "text"].problem) == ("done", True)
    assert cells[code, "problem"].verdict is Verdict.INVALID


MEASURE = """
import sys
from pathlib import Path
from db.database import open_database
from exports.workbook.collect.files import plan_returns

def kilobytes(what):
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(what)))

database = open_database(Path(sys.argv[1]), operator="李")
with database.reading() as session:
    plan_returns(session, [Path(sys.argv[2])])
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")  # the peak is counted from here
    before = kilobytes("VmRSS")
    plan = plan_returns(session, [Path(sys.argv[3])])
    print(kilobytes("VmHWM") - before, len(plan.accepted), plan.files[0].state)
database.release()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the measure is there in kilobytes")
@pytest.mark.parametrize(("what", "most"), [("rows", 60_000), ("texts", 400_000), ("cells", 250_000)])
def test_memory_stays_bounded(office: Office, what: str, most: int) -> None:
    """Kilobytes that a monstrous workbook takes beyond an ordinary one."""
    path, _ = filled(office)

    def grown(name: str, part: bytes) -> bytes:
        if what == "rows" and name.endswith("sheet1.xml"):
            blank = b"".join(b'<row r="%d" ht="15"/>' % row for row in range(1_000, 1_048_577))
            return part.replace(b"</sheetData>", blank + b"</sheetData>")
        if what == "cells" and name.endswith("sheet1.xml"):
            row = b'<row r="%d">' + b"<c><v>1</v></c>" * 200 + b"</row>"
            return part.replace(b"</sheetData>", b"".join(row % n for n in range(1_000, 11_000)) + b"</sheetData>")
        return part

    target = rewritten(path, office.inbox / "大.xlsx", grown)
    if what == "texts":
        with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
            texts = b"".join(b"<si><t>%032x</t></si>" % (n * n) for n in range(1_000_000))
            archive.writestr("xl/sharedStrings.xml", b"<sst>" + texts + b"</sst>")
    office.database.release()
    arguments = [sys.executable, "-c", MEASURE, str(office.database.path), str(path), str(target)]
    told = subprocess.run(arguments, check=True, capture_output=True, text=True, encoding="utf-8")
    more, accepted, state = told.stdout.split()
    print(what, more, accepted, state)
    assert int(more) < most
    assert (int(accepted), state) == ((0, "damaged") if what == "cells" else (1, "recognised"))
