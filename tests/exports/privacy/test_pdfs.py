"""PDF files: a private number is found on the pages and beside them, and a clean posting is clean."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from db.errors import UnreadableInput
from db.terms import PrivateKind
from exports.pdf import Column, Document, Paragraph, Row, Table, Title, render
from exports.privacy import PrivateDataFound, require_clean, scan_bytes, scan_file
from tests.db.private_samples import card
from tests.exports.privacy.plants import HOTLINE, ID, PHONE

CARD = card()
COLUMNS = [Column("序號", 40, "center"), Column("姓名", 90), Column("數量", 60, "right"), Column("標準", 60, "right"),
           Column("金額", 90, "right"), Column("備註", 50)]  # fmt: skip
Draw = Callable[[Canvas], None]


def posting(*more: tuple[str, ...], title: str = "補貼發放公示") -> bytes:
    """Return a posting of our own page engine."""
    plain = [(str(at), f"張三{at}", str(100 + 3 * at), "1200", str(1100 + 7 * at), "") for at in range(1, 40)]
    rows = [Row(cells) for cells in [*plain, ("合計", "", "1380000", "", "1380000.00", ""), *more]]
    blocks = (Title("補貼發放公示"), Table(COLUMNS, rows), Paragraph(f"2022年6月28日，咨詢電話 {HOTLINE}。"))
    return render(Document(title, blocks)).content


def drawn(draw: Draw) -> bytes:
    content = BytesIO()
    canvas = Canvas(content)
    canvas.drawString(72, 800, "Posting of 2022-06-28")
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return content.getvalue()


def told(content: bytes, **options: object) -> list[str]:
    return [str(one) for one in scan_bytes(content, "公示.pdf", allowed=[HOTLINE], **options)]  # type: ignore[arg-type]


def test_a_clean_posting_of_ours_is_clean() -> None:
    assert told(posting()) == []


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (("1", "李四", "2", "3", "4", ID), "身份證號碼 43"),
        (("1", f"李四{ID}", "2", "3", "4", ""), "身份證號碼 43"),
        (("1", "李四", "2", "3", "4", PHONE), "手機號碼 138****5678"),
        (("1", "李四", "2", "3", "4", "138 1234 5678"), "手機號碼 138****5678"),
        (("1", "李四", "2", "3", "4", CARD), "銀行賬號 6217"),
    ],
)
def test_a_number_wrapped_in_a_narrow_cell_is_found(cells: tuple[str, ...], kind: str) -> None:
    [found] = told(posting(cells))
    assert found.startswith("第 2 頁第 ")
    assert f"行文字：{kind}" in found


def test_what_our_documents_are_called_is_searched() -> None:
    assert told(posting(title=f"公示{PHONE}")) == ["文件屬性（標題）：手機號碼 138****5678"]


def _letter_by_letter(canvas: Canvas) -> None:
    for at, sign in enumerate(ID):
        canvas.drawString(72 + 7 * at, 700, sign)


def _unseen(canvas: Canvas) -> None:
    text = canvas.beginText(72, 700)
    text.setTextRenderMode(3)
    text.textOut(ID)
    canvas.drawText(text)


def _upright(canvas: Canvas) -> None:
    canvas.rotate(90)
    canvas.drawString(300, -200, " ".join((ID[:6], ID[6:14], ID[14:])))


def _bookmark(canvas: Canvas) -> None:
    canvas.bookmarkPage("a")
    canvas.addOutlineEntry(PHONE, "a")


def _beyond_the_page(canvas: Canvas) -> None:
    canvas.drawString(2000, -500, ID)


PLANTS: dict[str, tuple[Draw, str]] = {
    "letters": (_letter_by_letter, "第 1 頁第 2 行文字：身份證號碼"),
    "unseen": (_unseen, "第 1 頁第 2 行文字：身份證號碼"),
    "upright": (_upright, "第 1 頁第 2 行文字：身份證號碼"),
    "beyond": (_beyond_the_page, "行文字：身份證號碼"),
    "author": (lambda canvas: canvas.setAuthor(ID), "文件屬性（作者）：身份證號碼"),
    "subject": (lambda canvas: canvas.setSubject(f"（{PHONE}）"), "文件屬性（主題）：手機號碼"),
    "keywords": (lambda canvas: canvas.setKeywords([PHONE]), "文件屬性（關鍵詞）：手機號碼"),
    "bookmark": (_bookmark, "文件屬性（標題）：手機號碼"),
    "note": (lambda canvas: canvas.textAnnotation(f"戶主{ID}", (0, 0, 9, 9)), "批註：身份證號碼"),
    "link": (lambda canvas: canvas.linkURL(f"http://x/?a={ID}", (0, 0, 9, 9)), "鏈接：身份證號碼"),
    "form": (lambda canvas: canvas.acroForm.textfield(name="a", value=PHONE), "表單欄位的值：手機號碼"),
}


@pytest.mark.parametrize("name", PLANTS)
def test_a_plant_is_found_and_named_by_its_place(name: str) -> None:
    draw, expected = PLANTS[name]
    found = told(drawn(draw))
    assert any(expected in one for one in found)
    assert not any(ID in one or PHONE in one for one in found)


def test_letters_that_do_not_say_what_they_are_are_told_as_unread() -> None:
    nameless = re.sub(rb"/ToUnicode \d+ 0 R", lambda found: b" " * len(found[0]), posting())
    assert "第 1 頁的文字（沒有編碼，只能看，不能查）：無法檢查的內容" in told(nameless)


def _twice(canvas: Canvas) -> None:
    canvas.setAuthor(ID)
    canvas.drawString(9, 9, ID)


def test_a_file_on_the_disk_is_searched_and_let_go(tmp_path: Path) -> None:
    paper = tmp_path / ".0123.tmp"
    paper.write_bytes(drawn(_twice))
    for most in (1, 9):
        found = scan_file(paper, name="公示.pdf", most=most)
        assert {one.file for one in found} == {"公示.pdf"}
    assert len(found) == 2
    with pytest.raises(PrivateDataFound, match=r"「公示\.pdf」"):
        require_clean(paper, name="公示.pdf")
    paper.unlink()


def _nothing(_canvas: Canvas) -> None:
    """Leave the page as it is."""


def _appended(head: bytes, body: bytes, *, packed: bool = True) -> bytes:
    """Return a file with one more object at its end, to which nothing leads."""
    content = zlib.compress(body) if packed else body
    filters = b"/Filter /FlateDecode " if packed else b""
    one = b"\n99 0 obj\n<<%s%s/Length %d>>\nstream\n%s\nendstream\nendobj\n%%%%EOF\n"
    return drawn(_nothing) + one % (head, filters, len(content), content)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            _appended(b"/Type /Metadata /Subtype /XML ", f"<x:xmpmeta>{ID}</x:xmpmeta>".encode(), packed=False),
            "文件屬性（XMP）",
        ),
        (_appended(b"/Type /ObjStm /N 1 /First 4 ", f"7 0 <</Author ({ID})>>".encode()), "文件屬性（作者）"),
        (
            _appended(b"/Type /ObjStm /N 1 /First 4 ", b"7 0 <</V <FEFF%s>>>" % ID.encode("utf-16-be").hex().encode()),
            "值",
        ),
        (_appended(b"", f"BT [({ID[:5]}) -20 ({ID[5:]})] TJ ET".encode()), "頁面之外的文字（對象 99）"),
        (_appended(b"/Subtype /Form ", f"BT ({ID}) Tj ET".encode()), "頁面之外的文字（對象 99）"),
        (_appended(b"", f"<?xml version='1.0'?><xdp>{ID}</xdp>".encode()), "表單數據（XFA）等"),
        (drawn(_nothing) + f"\n% {ID}\n".encode(), "文件內的註釋"),
        (
            drawn(_nothing) + f"\n7 0 obj<</Author ({ID[:4]}\\{ord(ID[4]):03o}{ID[5:]})>>endobj".encode(),
            "文件屬性（作者）",
        ),
    ],
)
def test_what_no_page_leads_to_is_found(content: bytes, expected: str) -> None:
    [found] = told(content)
    assert f"{expected}：身份證號碼" in found


def test_an_attachment_is_refused_as_unread() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(drawn(_nothing))))
    writer.add_attachment("名單.txt", b"1")
    content = BytesIO()
    writer.write(content)
    assert [str(one) for one in scan_bytes(content.getvalue(), "公示.pdf")] == ["附件：無法檢查的內容"]


def test_a_picture_is_unread_unless_it_is_known() -> None:
    content = _appended(b"/Subtype /Image ", b"\0\0\0")
    assert [one.kind for one in scan_bytes(content, "公示.pdf")] == [PrivateKind.UNREAD]
    assert told(content, pictures=True) == []


@pytest.mark.parametrize("content", [b"%PDF-1.4\n", b"%PDF-1.7\n" + b"(" * 3000])
def test_a_broken_file_is_said_to_be_so(content: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"公示\.pdf"):
        told(content)


def test_a_file_with_a_password_is_not_taken_for_clean() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(drawn(_nothing))))
    writer.encrypt("", owner_password="1", algorithm="RC4-128")
    content = BytesIO()
    writer.write(content)
    with pytest.raises(UnreadableInput, match="密碼"):
        told(content.getvalue())


def test_known_numbers_are_found_wherever_their_digits_stand() -> None:
    def far_apart(canvas: Canvas) -> None:
        for at, sign in enumerate("820134567890"):
            canvas.drawString(20 + 40 * at, 700, sign)

    content = drawn(far_apart)
    assert told(content) == []
    assert told(content, secrets=["820134567891", "82013456"]) == []
    assert told(content, secrets=["820134567890"]) == ["第 1 頁第 2 行文字：名冊中的原號碼 820******890"]


def test_ends_of_neighbours_are_no_known_number() -> None:
    content = drawn(lambda canvas: canvas.drawString(72, 700, "58 2013 4567 89"))
    assert told(content, secrets=["82013456789"]) == []
    assert len(told(content, secrets=["582013456789"])) == 1
