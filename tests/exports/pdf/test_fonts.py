"""Which font prints a sign: full coverage of names, the machine's own faces, and a text layer that is the data."""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from unicodedata import category

import pypdfium2
import pytest

from db.shipped import shipped
from exports.pdf import Column, Document, Face, Line, Paragraph, Row, Table, Title, machine, missing, render
from exports.pdf import fonts as papers_fonts
from exports.pdf.fonts import GETA
from exports.pdf.truetype import Font, NotUsableError, assemble, families, packed
from tests.exports.pdf.reading import as_pdfium_reads, fonts, texts
from tests.rarefont import character_map, contours, outline_of

NAMES = (
    "王\U00020bb7",
    "李\U0002cb5a",
    "阿依古麗·買買提",
    "㛃㐂䶮",
    "\U00020000\U0002a6d6\U0002b740\U0002ceb0",
    "張龑",
)
NOTO = shipped("fonts", "NotoSerifSC_400Regular.ttf")


def test_names_of_any_plane_come_out_as_they_went_in_for_two_readers() -> None:
    rows = [Row([str(number), name, "1,234.56"]) for number, name in enumerate(NAMES)]
    table = Table([Column("序號", 40), Column("姓名", 120), Column("金額(元)", 90, "right")], rows)
    printed = render(Document("公示", [Title("\U00020bb7村公示"), table]))
    assert printed.missing == ()
    expected = "𠮷村公示序號姓名金額(元)" + "".join("".join(row.cells) for row in rows) + "—1—"
    assert texts(printed.content) == [expected]
    assert as_pdfium_reads(printed.content) == [expected]
    names = {str(font["/BaseFont"]).split("+")[1] for font in fonts(printed.content)}
    assert names == {"NotoSerifSC-Regular", "NotoSansSC-Regular", "RareMing"}
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts(printed.content))  # type: ignore[operator]


def test_rare_signs_are_drawn_and_each_in_its_own_shape() -> None:
    signs = ["\U00020bb7", "\U0002cb5a", "\U0002b5af", "\U0002ceb0", "·", GETA]
    drawn = [ink(render(Document("", [Line(sign)], numbered=False)).content) for sign in signs]
    assert all(drawn)
    assert len(set(drawn)) == len(signs)


def ink(content: bytes) -> frozenset[int]:
    """Return which bytes of the page's picture are not white."""
    picture = bytes(pypdfium2.PdfDocument(content)[0].render(scale=2, grayscale=True).buffer)
    return frozenset(at for at, level in enumerate(picture) if level < 128)


@pytest.mark.parametrize("face", Face)
def test_every_ideograph_of_the_national_standard_has_a_glyph(face: Face) -> None:
    blocks = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2A6D6), (0x2A700, 0x2B734), (0x2B740, 0x2EBE0))
    signs = [chr(code) for first, last in blocks for code in range(first, last + 1)]
    chain = papers_fonts.chain(face)
    assert [sign for sign in signs if category(sign) != "Cn" and chain.font_of(sign) is None] == []


def test_two_signs_of_one_glyph_copy_as_what_they_were() -> None:
    same = [(one, other) for one, other in (("\u2f00", "一"), ("\uf900", "豈"), ("Ω", "\u2126"))]
    text = "".join(one + other for one, other in same)
    assert texts(render(Document("", [Paragraph(text, indent=0)], numbered=False)).content) == [text]


def test_more_rare_signs_than_one_font_has_codes_for() -> None:
    text = "".join(map(chr, range(0x20000, 0x20000 + 9000)))
    content = render(Document("", [Paragraph(text, 6.0, indent=0)], numbered=False)).content
    assert "".join(texts(content)) == text


def test_what_is_missing_is_told_before_anything_is_printed() -> None:
    rows = [Row(["甲"]), Row(["\ue000乙\U00031000"])]
    told = missing(Document("", [Table([Column("姓名", 90)], rows, name="甲村")]))
    assert [(one.place, one.sign) for one in told] == [
        ("甲村第 2 行「姓名」", "\ue000"),
        ("甲村第 2 行「姓名」", "\U00031000"),
    ]


def named(family: str, signs: str, *, permission: int = 0) -> bytes:
    """Return a font of another name with a few of our signs."""
    source = Font(NOTO)
    codes = sorted(map(ord, signs))
    content, _ = source.subset([source.glyphs[code] for code in codes])
    entries = struct.iter_unpack(">4s3L", content[12 : 12 + 16 * struct.unpack_from(">H", content, 4)[0]])
    tables = {tag.decode("ascii"): content[start : start + length] for tag, _, start, length in entries}
    text = family.encode("utf-16-be")
    tables["name"] = struct.pack(">3H6H", 0, 1, 18, 3, 1, 0x804, 1, len(text), 0) + text
    tables["OS/2"] = struct.pack(">HhHHH", 4, 500, 400, 5, permission) + bytes(86)
    tables["cmap"] = character_map(codes)
    return assemble(tables)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the folder of the fonts of a machine that has none yet."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    monkeypatch.setattr(machine, "_files", lambda: [*folder.iterdir()])
    monkeypatch.delenv(machine.SETTING)
    forget()
    yield folder
    forget()


def forget() -> None:
    machine._installed.cache_clear()
    papers_fonts.chain.cache_clear()


def used(content: bytes) -> set[str]:
    return {str(font["/BaseFont"]).split("+")[1] for font in fonts(content)}


def test_the_machines_own_face_is_used_and_filled_up_from_ours(office: Path) -> None:
    (office / "xbs.ttf").write_bytes(named("方正小标宋_GBK", "清江縣公示"))
    (office / "仿宋 fs.ttf").write_bytes(named("仿宋", "正文"))
    content = render(Document("", [Title("清江縣\U00020bb7村公示"), Paragraph("正文。")], numbered=False)).content
    assert used(content) == {"xbs", "fs", "NotoSerifSC-Regular", "RareMing"}
    assert texts(content) == ["清江縣\U00020bb7村公示正文。"]
    assert not papers_fonts.stands_in(Face.TITLE)
    assert papers_fonts.stands_in(Face.KAI)


def test_a_text_of_which_the_machines_face_lacks_much_is_not_set_in_two_kinds_of_letters(office: Path) -> None:
    (office / "fs.ttf").write_bytes(named("仿宋_GB2312", "一二三四五六"))
    assert used(render(Document("", [Paragraph("一二三四五六國")], numbered=False)).content) >= {"fs"}
    assert used(render(Document("", [Paragraph("一二三國務鎮")], numbered=False)).content) == {"NotoSerifSC-Regular"}


def test_the_machines_fonts_can_be_left_alone(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (office / "xbs.ttf").write_bytes(named("方正小标宋_GBK", "公示"))
    monkeypatch.setenv(machine.SETTING, "bundled")
    assert used(render(Document("", [Title("公示")])).content) == {"NotoSerifSC-Regular"}


@pytest.mark.parametrize("permission", [0x0002, 0x0100, 0x0200])
def test_a_font_that_may_not_be_embedded_is_not(office: Path, permission: int) -> None:
    (office / "xbs.ttf").write_bytes(named("方正小标宋_GBK", "公示", permission=permission))
    (office / "second.ttf").write_bytes(named("华文中宋", "公示", permission=4))
    assert used(render(Document("", [Title("公示")], numbered=False)).content) == {"second"}


@pytest.mark.parametrize(
    "content", [b"", b"OTTO" + bytes(40), b"\0\1\0\0\0\x09", b"ttcf" + bytes(7) + b"\1" + bytes(20)]
)
def test_a_damaged_font_is_passed_over(office: Path, content: bytes) -> None:
    (office / "bad.ttf").write_bytes(content)
    with pytest.raises(NotUsableError):
        families(office / "bad.ttf")
    assert used(render(Document("", [Title("公示")])).content) == {"NotoSerifSC-Regular"}


def test_a_font_cut_short_is_passed_over(office: Path) -> None:
    (office / "xbs.ttf").write_bytes(named("方正小标宋_GBK", "公示")[:-900])
    assert used(render(Document("", [Title("公示")])).content) == {"NotoSerifSC-Regular"}


def test_the_outlines_of_the_rare_font_are_written_as_they_are_read() -> None:
    font = Font(shipped("fonts", "RareMing.woff"))
    for outline in filter(None, map(font.outline, range(0, font.glyph_count, 997))):
        shapes = contours(outline)
        assert contours(outline_of(shapes)) == shapes
        assert all(-200 <= place <= 700 for shape in shapes for point in shape for place in point[:2])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked for its fonts by name")
def test_fonts_are_looked_for_where_linux_keeps_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, shared = tmp_path / "own" / "fonts" / "fz", tmp_path / "shared" / "fonts"
    for folder in (own, shared):
        folder.mkdir(parents=True)
    (own / "A.TTF").touch()
    (own / "readme.txt").touch()
    (shared / "b.ttc").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "shared"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert list(machine._files()) == [own / "A.TTF", shared / "b.ttc"]


def test_a_font_of_a_collection_and_a_packed_one_are_read(tmp_path: Path) -> None:
    single = named("仿宋", "公示")
    head = b"ttcf" + struct.pack(">2HLL", 1, 0, 1, 16)
    count = struct.unpack_from(">H", single, 4)[0]
    entries = b"".join(
        struct.pack(">4s3L", tag, total, start + 16, length)
        for tag, total, start, length in struct.iter_unpack(">4s3L", single[12 : 12 + 16 * count])
    )
    (tmp_path / "all.ttc").write_bytes(head + single[:12] + entries + single[12 + 16 * count :])
    (tmp_path / "one.woff").write_bytes(packed(single))
    (tmp_path / "one.ttf").write_bytes(single)
    assert families(tmp_path / "all.ttc") == [(0, {"仿宋"})]
    one, collected, small = (Font(tmp_path / name) for name in ("one.ttf", "all.ttc", "one.woff"))
    assert one.glyphs == collected.glyphs == small.glyphs
    assert one.subset([1, 2]) == collected.subset([1, 2]) == small.subset([1, 2])
