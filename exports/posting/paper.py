"""A posting on paper: portrait, large enough to be read on a board, to be signed and sealed as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exports import linebreak
from exports.pdf.blocks import Block, Gap, Line, Paragraph, Printed, Title
from exports.pdf.document import Document, Missing, Print, missing, render
from exports.pdf.fonts import Face
from exports.pdf.page import MM, Page, portrait
from exports.pdf.press import ASCENT, Press, Style, Tick
from exports.pdf.table import Row, Table
from exports.pdf.tablehead import Column
from exports.posting.content import Content, Heading, Section

_TITLE, _LEAD, _HEAD, _BODY, _FOOT = 22.0, 14.0, 13.0, 12.0, 13.0
_SIDE, _TOP, _BOTTOM = 22 * MM, 24 * MM, 22 * MM  # a posting is hung up and not bound: less margin, larger rows
_LINE = 2.4  # of a size: the distance of the lines to sign on


@dataclass(frozen=True, slots=True)
class Foot:
    """The foot of a posting: closing lines, lines to sign on, the committee with room for its seal, the photos.

    It stands whole on one page, so that nobody signs a page on which nothing else is.
    """

    closing: Sequence[Line]
    signers: Sequence[str]
    sealed: Sequence[str]
    photo: Sequence[str]

    def texts(self) -> Iterator[Printed]:
        """Yield every text of it."""
        for line in self.closing:
            yield from line.texts()
        for text in (*self.signers, *self.sealed, *self.photo):
            yield "落款", text, Face.SERIF

    def place(self, press: Press) -> None:
        """Print it."""
        style, small = Style(_FOOT, leading=_LINE), Style(_FOOT - 2, leading=_LINE)
        lines = sum(_height(line, press) for line in self.closing)
        press.need(lines + (2 + len(self.sealed)) * style.line + small.line + style.size)
        for line in self.closing:
            line.place(press)
        press.y -= style.size / 2
        _blanks(press, self.signers, style)
        press.y -= style.line  # the seal is pressed over the committee's name and the day
        right = press.left + press.page.across - 2 * style.size
        wide = max(map(style.measure, self.sealed))
        for text in self.sealed:
            shift = (wide - style.measure(text)) / 2
            press.text(max(press.left, right - wide + shift), _base(press.y, style), text, style)
            press.y -= style.line * 0.75
        press.y -= style.size
        _blanks(press, self.photo, small)


def _height(line: Line, press: Press) -> float:
    style = Style(line.size, line.face)
    return len(linebreak.wrap(line.text, press.page.across, style.measure)) * style.line + line.after


def _blanks(press: Press, titles: Sequence[str], style: Style) -> None:
    """Set titles side by side, each with a line to write on; the lines are equally long."""
    gap = style.size / 2
    wide = [style.measure(title) + gap for title in titles]
    rule = (press.page.across - sum(wide)) / max(1, len(titles)) - gap
    base = _base(press.y, style)
    lines, x = [], press.left
    for title, width in zip(titles, wide, strict=True):
        press.text(x, base, title, style)
        lines.append((x + width, base - 2, x + width + rule, base - 2))
        x += width + rule + gap
    press.rules(lines)
    press.y -= style.line


def _base(y: float, style: Style) -> float:
    return y - (style.line - style.size) / 2 - ASCENT * style.size


def document(content: Content, *, paper: str = "A4") -> Document:
    """Return a posting as a paper."""
    page = replace(portrait(paper), top=_TOP, bottom=_BOTTOM, binding=_SIDE, cut=_SIDE)
    blocks: list[Block] = [
        *_title(content, page),
        Paragraph(content.lead, _LEAD, role="公示說明"),
        Paragraph(content.span, _LEAD, role="公示時間", after=6),
    ]
    for number, section in enumerate(content.sections, start=1):
        blocks += _section(section, number if len(content.sections) > 1 else 0, page)
    closing = [Line(content.capitals, _HEAD, face=Face.SANS, role="合計", after=2)]
    closing += [Line(text, _BODY, role="說明") for text in content.remarks]
    closing += [Line(text, _HEAD, role="電話") for text in content.closing]
    blocks += [Gap(6), Foot(closing, content.signers, (content.committee + content.seal, content.day), content.photo)]
    return Document(content.title, blocks, page, author=content.author)


def print_posting(content: Content, *, paper: str = "A4", tick: Tick | None = None) -> Print:
    """Print a posting; the same content gives the same bytes."""
    return render(document(content, paper=paper), tick)


def unprintable(content: Content, *, paper: str = "A4") -> list[Missing]:
    """Return the signs of a posting that no font has, or that every machine shows otherwise (自造字)."""
    return missing(document(content, paper=paper))


def _title(content: Content, page: Page) -> Iterator[Block]:
    """Yield the title: in one line where it fits, else its parts each in lines of their own."""
    if Style(_TITLE).measure(content.title) <= page.across:
        yield Title(content.title, _TITLE)
        return
    *first, last = content.title_parts
    for part in first:
        yield Title(part, _TITLE, after=0)
    yield Title(last, _TITLE)


def _section(section: Section, number: int, page: Page) -> Iterator[Block]:
    if number:
        yield Gap(8)
        yield Line(f"{number}. {section.name}", _HEAD, face=Face.SANS, role="補貼名稱")
    if section.about:
        yield Line(section.about, _BODY, role="補助標準", after=2)
    rows = [Row(row) for row in section.rows]
    rows.append(Row(section.total, Face.SANS))
    yield Table(list(_columns(section.headings, page)), rows, _BODY, name=f"「{section.name}」")
    if section.remarks:
        yield Gap(3)
    for text in section.remarks:
        yield Line(text, _BODY - 1, role="說明")


def _columns(headings: Sequence[Heading], page: Page) -> Iterator[Column]:
    whole = sum(heading.share for heading in headings)
    for heading in headings:
        yield Column(heading.title, page.across * heading.share / whole, heading.align)
