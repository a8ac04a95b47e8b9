"""A PDF for an office: fonts embedded, text that copies, margins as the standard asks, nothing lost in silence."""

from __future__ import annotations

import re

import pytest

from db.errors import Cancelled, Refused
from exports.bands import Band
from exports.pdf import (
    Column,
    Document,
    Line,
    NewPage,
    Paragraph,
    Row,
    Signature,
    Table,
    Title,
    landscape,
    portrait,
    render,
)
from exports.pdf.lettering import to_unicode
from tests.exports.pdf.reading import fonts, placed, reader, texts

MM = 72 / 25.4
LONG = "各單位要嚴格落實政務公開責任，及時報送進展情況。" * 60
COLUMNS = [Column("編號", 80, "center"), Column("進展情況", 300), Column("備註", 60, "center")]


def paper(*blocks: object, **more: object) -> Document:
    return Document("清江縣通知", blocks, **more)  # type: ignore[arg-type]


def test_every_font_is_embedded_and_no_other_is_named() -> None:
    found = fonts(render(paper(Title("清江縣通知"), Paragraph("正文。abc"))).content)
    assert found
    for font in found:
        assert "/FontFile2" in font["/FontDescriptor"]  # type: ignore[operator]
        assert re.fullmatch("/[A-Z]{6}[+]NotoS(ans|erif)SC-Regular", str(font["/BaseFont"]))


def test_the_text_copies_as_it_was_also_beyond_the_basic_plane() -> None:
    rare = "\U0002b5af\U0002c542"  # in the table of standard characters, beyond U+FFFF
    printed = render(paper(Paragraph(f"龑䶮鎔喆{rare}，張", indent=0)))
    assert printed.missing == ()
    assert f"龑䶮鎔喆{rare}，張" in texts(printed.content)[0]


def test_the_map_to_unicode_is_in_utf_16_and_in_short_blocks() -> None:
    told = to_unicode("X", {**{code: chr(code) for code in range(0x4E00, 0x4E00 + 150)}, 0xE000: "\U00020000"})
    assert "<E000> <D840DC00>" in told
    assert [int(n) for n in re.findall(r"(\d+) beginbfchar", told)] == [100, 51]


def test_a_sign_that_no_font_has_is_listed_with_its_place_and_printed_as_geta() -> None:
    table = Table(COLUMNS, [Row(["1", "好", ""]), Row(["2", "聯繫人王\U00031000\ue123二", ""])])
    printed = render(paper(table))
    assert [(one.place, one.sign) for one in printed.missing] == [
        ("第 2 行「進展情況」", "\U00031000"),
        ("第 2 行「進展情況」", "\ue123"),
    ]
    assert str(printed.missing[0]) == (
        "第 2 行「進展情況」：「聯繫人王\U00031000\ue123二」裏的「\U00031000」（U+31000）字庫裏沒有，印成「〓」。"
    )
    assert "自造字" in str(printed.missing[1])
    assert "聯繫人王〓〓二" in texts(printed.content)[0]


def test_the_same_paper_is_the_same_file() -> None:
    document = paper(Title("清江縣通知"), Paragraph(LONG))
    assert render(document).content == render(document).content


def test_the_margins_are_the_standards() -> None:
    content = render(paper(Paragraph(LONG))).content
    found = reader(content)
    assert [round(float(side) / MM) for side in found.pages[0].mediabox.upper_right] == [210, 297]
    for page in range(2):
        left = (28, 26)[page] * MM
        body = [(x, y) for x, y, text in placed(content, page) if not text.startswith("—")]
        assert min(x for x, _ in body) == pytest.approx(left, abs=0.1)
        top = max(y for _, y in body)
        assert (297 - 37) * MM - 30 < top < (297 - 37) * MM - 14
        assert min(y for _, y in body) > 35 * MM
        assert len({round(y) for _, y in body}) == 22


def test_pages_are_numbered_on_the_outer_side() -> None:
    content = render(paper(Paragraph("一"), NewPage(), Paragraph("二"), NewPage(), Paragraph("三"))).content
    numbers = [next((x, y, t) for x, y, t in placed(content, page) if "—" in t) for page in range(3)]
    assert [re.sub(r"\s", "", text) for _, _, text in numbers] == ["—1—", "—2—", "—3—"]
    assert numbers[0][0] > 150 * MM
    assert numbers[1][0] == pytest.approx(26 * MM + 14, abs=0.1)
    assert numbers[2][0] == pytest.approx(numbers[0][0], abs=2)
    assert all(35 * MM - 7 * MM - 14 < y < 35 * MM - 7 * MM for _, y, _ in numbers)


def test_a_landscape_page_keeps_its_spine() -> None:
    content = render(paper(Table(COLUMNS, [Row(["1", "好", ""])]), page=landscape("A4"))).content
    assert [round(float(side) / MM) for side in reader(content).pages[0].mediabox.upper_right] == [297, 210]
    assert min(x for x, _, _ in placed(content)) > 28 * MM


def test_a_paper_that_is_none_is_refused() -> None:
    with pytest.raises(Refused, match="紙張「B5」不能用"):
        portrait("B5")


def test_the_heading_is_repeated_on_each_page_and_no_row_is_lost_or_parted() -> None:
    rows = [Row([f"第{n}項", "報送進展情況。" * 9, "備"]) for n in range(60)]
    pages = texts(render(paper(Table(COLUMNS, rows))).content)
    assert len(pages) > 3
    assert all(page.startswith("編號進展情況備註") for page in pages)
    assert re.findall(r"第(\d+)項", "".join(pages)) == [str(n) for n in range(60)]
    assert all(page.count("項") * 9 == page.count("報送") for page in pages)


def test_a_row_taller_than_a_page_goes_on_overleaf() -> None:
    pages = texts(render(paper(Table(COLUMNS, [Row(["第一項", LONG * 3, "備"]), Row(["第二項", "", ""])]))).content)
    assert len(pages) > 2
    body = "".join(re.sub(r"^編號進展情況備註|—\d+—$", "", page) for page in pages)
    assert body.replace("第一項", "").replace("備", "").replace("第二項", "") == LONG * 3


def test_a_band_is_never_the_last_on_a_page() -> None:
    rows: list[Row | Band] = []
    for n in range(40):
        rows += [Band(f"第{n}章"), Row(["號", "報送進展情況。" * (1 + n % 9), ""])]
    pages = texts(render(paper(Table(COLUMNS, rows))).content)
    assert len(pages) > 2
    assert not any(re.search(r"章—\d+—$", page) for page in pages)


def test_a_signature_stands_together_at_the_right() -> None:
    content = render(paper(*[Line("一")] * 26, Signature("清江縣人民政府辦公室", "2022年6月1日"))).content
    pages = texts(content)
    assert "清江縣人民政府辦公室2022年6月1日" in pages[-1]
    ends = [x for x, _, text in placed(content, len(pages) - 1) if "2022" in text]
    assert ends[0] > 100 * MM


def test_white_space_of_any_width_is_a_space_and_never_missing() -> None:
    printed = render(paper(Paragraph("一\t二\u2003三\u200b四\u00a0五", indent=0)))
    assert printed.missing == ()
    assert "一二三四五" in texts(printed.content)[0]


def test_the_work_tells_how_far_it_is_and_can_be_stopped() -> None:
    told: list[tuple[int, int]] = []
    rows = [Row(["1", "好", ""])] * 35
    render(paper(Table(COLUMNS, rows)), lambda done, total: told.append((done, total)))
    assert told == [(0, 35), (10, 35), (20, 35), (30, 35)]

    def stop(_done: int, _total: int) -> None:
        raise Cancelled("已取消。")

    with pytest.raises(Cancelled):
        render(paper(Table(COLUMNS, rows)), stop)
