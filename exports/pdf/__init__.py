"""Papers as PDF: a :class:`Document` of blocks on a page as GB/T 9704 lays it out, printed by :func:`render`."""

from exports.pdf.blocks import Gap, Line, NewPage, Pair, Paragraph, Signature, Title
from exports.pdf.document import Document, Missing, Print, missing, render, render_to
from exports.pdf.fonts import Face
from exports.pdf.page import Page, landscape, portrait
from exports.pdf.picture import Drawing
from exports.pdf.table import Row, Table
from exports.pdf.tablehead import Column

__all__ = [
    "Column",
    "Document",
    "Drawing",
    "Face",
    "Gap",
    "Line",
    "Missing",
    "NewPage",
    "Page",
    "Pair",
    "Paragraph",
    "Print",
    "Row",
    "Signature",
    "Table",
    "Title",
    "landscape",
    "missing",
    "portrait",
    "render",
    "render_to",
]
