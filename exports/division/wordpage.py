"""The pages of a formal document: margins, fonts, page numbers between dashes, as GB/T 9704-2012 has them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section, _Footer
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

BODY = "公文正文"
TITLE = "公文標題"
HEAD = "公文表頭"
CELL = "公文表格"
BODY_FONT = "仿宋_GB2312"
HEAD_FONT = "黑体"
TITLE_FONT = "方正小标宋简体"
LATIN_FONT = "Times New Roman"
# What a machine without the named font should take: these come with Windows, WPS and the domestic systems.
_FALLBACKS = {BODY_FONT: "仿宋", TITLE_FONT: "宋体", HEAD_FONT: "SimHei"}
_NUMBER_FONT = "宋体"
_TOP, _BOTTOM, _LEFT, _RIGHT = 37, 35, 28, 26
_LONG_SIDE, _SHORT_SIDE = 297, 210
LINE = 28.0
BODY_SIZE = 16.0
TABLE_SIZE = 10.5
_TABLE_LINE = 15.0
ANNEX_WIDTH = _LONG_SIDE - _TOP - _BOTTOM
"""The printable width of a landscape page in mm; its binding edge is above the table's head."""


def new_document() -> Document:
    """Return an empty document with one portrait section, the styles and the font table."""
    import docx

    document = docx.Document()
    _set_fonts(document)
    _set_styles(document)
    portrait(document.sections[0])
    document.settings.odd_and_even_pages_header_footer = True
    return document


def portrait(section: Section) -> None:
    """Give a section the page of a letter."""
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(_SHORT_SIDE), Mm(_LONG_SIDE)
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    section.header_distance, section.footer_distance = Mm(20), Mm(25)


def landscape(section: Section) -> None:
    """Turn a section so that the table's head is at the binding edge."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(_LONG_SIDE), Mm(_SHORT_SIDE)
    section.top_margin, section.bottom_margin = Mm(_LEFT), Mm(_RIGHT)
    section.left_margin, section.right_margin = Mm(_BOTTOM), Mm(_TOP)
    section.header_distance, section.footer_distance = Mm(15), Mm(15)


def set_header(section: Section, text: str) -> None:
    """Print ``text`` on every page, in the outer corner above."""
    for header, right in ((section.header, True), (section.even_page_header, False)):
        header.is_linked_to_previous = False
        line = header.paragraphs[0]
        line.style = HEAD
        line.text = text
        _outside(line, right=right)


def set_page_numbers(section: Section) -> None:
    """Print page numbers as — 1 —, on the outer side."""
    for footer, right in ((section.footer, True), (section.even_page_footer, False)):
        footer.is_linked_to_previous = False
        _page_number(footer, right=right)


def _page_number(footer: _Footer, *, right: bool) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    line = footer.paragraphs[0]
    line.style = BODY
    _outside(line, right=right)
    for text, field in (("— ", ""), ("", "PAGE"), (" —", "")):
        run = line.add_run(text)
        run.font.size = Pt(14)
        run.font.name = _NUMBER_FONT
        set_font(run, _NUMBER_FONT)
        for mark in ("begin", "", "end") if field else ():
            if mark:
                char = OxmlElement("w:fldChar")
                char.set(qn("w:fldCharType"), mark)
                run.element.append(char)
            else:
                code = OxmlElement("w:instrText")
                code.text = field
                run.element.append(code)


def set_font(run: Run, font: str) -> None:
    """Set a run's Chinese text in ``font``."""
    from docx.oxml.ns import qn

    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _outside(line: Paragraph, *, right: bool) -> None:
    """Set a line at the outer edge, one character in."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    line.paragraph_format.first_line_indent = Pt(0)
    line.paragraph_format.right_indent = Pt(14 if right else 0)
    line.paragraph_format.left_indent = Pt(0 if right else 14)


def _set_styles(document: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt

    centre, both = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
    for name, font, size, line, alignment in (
        (BODY, BODY_FONT, BODY_SIZE, LINE, both),
        (TITLE, TITLE_FONT, 22.0, 34.0, centre),
        (HEAD, HEAD_FONT, TABLE_SIZE, _TABLE_LINE, centre),
        (CELL, BODY_FONT, TABLE_SIZE, _TABLE_LINE, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        style = _new_style(document, name, font)
        style.font.size = Pt(size)
        form = style.paragraph_format
        form.alignment = alignment
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
        form.space_before = form.space_after = Pt(0)


def _new_style(document: Document, name: str, font: str) -> ParagraphStyle:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.styles.style import ParagraphStyle

    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.font.name = LATIN_FONT
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return style


def _set_fonts(document: Document) -> None:
    """Name the fonts with what may stand for them, and the language, by which lines are broken as Chinese."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.part import Part
    from docx.oxml.ns import nsdecls, qn

    fonts = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(other)}/>"
        '<w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in _FALLBACKS.items()
    )
    part = document.part
    rel_id, old = next(
        (key, rel.target_part) for key, rel in part.rels.items() if rel.reltype == RELATIONSHIP_TYPE.FONT_TABLE
    )
    blob = f'<?xml version="1.0" encoding="UTF-8"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'.encode()
    del part.rels[rel_id]
    part.relate_to(Part(old.partname, old.content_type, blob, old.package), RELATIONSHIP_TYPE.FONT_TABLE)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:eastAsia"), "zh-CN")
