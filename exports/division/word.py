"""The division paper (任務分工方案) as a document: the letter upright, the annex table across."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from db.ledger import Ledger
from db.settings import Office
from exports.division import wordpage
from exports.division.content import Paper, annex_columns, paper
from exports.division.wordtable import add_table
from exports.safewrite import safe_write_bytes
from exports.words import printable, words_of

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph


def write_division_docx(
    ledger: Ledger, target: Path, *, office: Office, issued: bool = False, reply_by: date | None = None
) -> Path:
    """Write the paper as a document and return its path.

    A draft for comment (徵求意見稿) says so on every page and asks for comments by ``reply_by``. Raises
    ``Refused`` where it is to be issued although tasks have no lead unit or are only proposed.
    """
    words = words_of(office)
    text = paper(ledger, office=office, words=words, issued=issued, reply_by=reply_by)
    document = wordpage.new_document()
    first = document.sections[0]
    wordpage.set_page_numbers(first)
    if text.header:
        wordpage.set_header(first, text.header)
    _letter(document, text)
    _annex(document, text)
    add_table(document, annex_columns(), ledger.rows, words)
    document.core_properties.title = text.title
    document.core_properties.author = printable(office.office_name or office.county)
    document.core_properties.comments = ""
    content = BytesIO()
    document.save(content)
    return safe_write_bytes(target, content.getvalue())


def _letter(document: Document, text: Paper) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    size = wordpage.BODY_SIZE
    document.add_paragraph(text.number, style=wordpage.BODY).alignment = WD_ALIGN_PARAGRAPH.CENTER
    _blank(document)
    document.add_paragraph(text.title, style=wordpage.TITLE)
    _blank(document)
    document.add_paragraph(text.to, style=wordpage.BODY)
    for sentence in text.paragraphs:
        _indented(document.add_paragraph(sentence, style=wordpage.BODY))
    body = len(document.paragraphs)
    _blank(document)
    annex = document.add_paragraph(text.annex_line, style=wordpage.BODY)
    # The second line of the annex's name stands under its first character.
    annex.paragraph_format.left_indent, annex.paragraph_format.first_line_indent = Pt(size * 5), Pt(-size * 3)
    _blank(document)
    for line, indent in ((text.signer, 2), (text.day, 4)):
        signed = document.add_paragraph(line, style=wordpage.BODY)
        signed.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        signed.paragraph_format.right_indent = Pt(size * indent)
    # The signature is never alone on a page: the last sentence goes with it.
    for kept in document.paragraphs[body - 1 : -1]:
        kept.paragraph_format.keep_with_next = True


def _annex(document: Document, text: Paper) -> None:
    """Begin the annex on a page of its own, turned."""
    from docx.enum.section import WD_SECTION
    from docx.shared import Pt

    wordpage.landscape(document.add_section(WD_SECTION.NEW_PAGE))
    mark = document.add_paragraph(style=wordpage.BODY)
    run = mark.add_run(text.annex)
    wordpage.set_font(run, wordpage.HEAD_FONT)
    title = document.add_paragraph(text.annex_title, style=wordpage.TITLE)
    title.paragraph_format.space_after = Pt(10)


def _blank(document: Document) -> None:
    document.add_paragraph(style=wordpage.BODY)


def _indented(paragraph: Paragraph) -> None:
    """Begin a paragraph two characters in, whatever the size of the type becomes."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph.paragraph_format.first_line_indent = Pt(wordpage.BODY_SIZE * 2)
    indent = paragraph.paragraph_format.element.get_or_add_pPr().ind
    assert indent is not None
    indent.set(qn("w:firstLineChars"), "200")
