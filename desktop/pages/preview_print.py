"""Pages to a printer: each drawn as the printer sees it, with the size and direction it has."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from db.errors import Trouble
from desktop.jobs import Progress
from desktop.pages.preview_pages import POINT, Pages, Size

_FINEST = 300  # dots per inch; more makes spool files that offices' printers choke on

_SAME = 0.02  # a scale that differs by less is a printer's own rounding of a paper's size


class CannotPrint(Trouble):
    """The printer did not take the job."""


def new_printer(pages: Pages, name: str) -> QPrinter:
    """Return a printer set up for these pages; ``name`` is the job's."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setFullPage(True)  # the margins are on the pages already
    printer.setFromTo(1, len(pages.sizes))
    _turn(printer, _paper_of(pages.sizes[0]), pages.sizes[0])
    return printer


def chosen_range(printer: QPrinter, count: int) -> range:
    """Return the pages, from 0, that were chosen in the dialog."""
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage():
        return range(printer.fromPage() - 1, min(count, printer.toPage()))
    return range(count)


def put_on_paper(pages: Pages, printer: QPrinter, progress: Progress) -> int:
    """Print the pages chosen in ``printer`` on the paper chosen there; return how many.

    A page that is larger or smaller than that paper is fitted to it. Raises :class:`CannotPrint`, or ``Cancelled``.
    """
    wanted = chosen_range(printer, len(pages.sizes))
    paper = printer.pageLayout().pageSize()
    _turn(printer, paper, pages.sizes[wanted[0]])
    painter = QPainter()
    if not painter.begin(printer):
        raise CannotPrint("打印機「{name}」沒有接受任務。請檢查打印機，或另存為 PDF。", name=printer.printerName())
    try:
        for done, number in enumerate(wanted):
            progress.at(done, len(wanted))
            if done:
                _turn(printer, paper, pages.sizes[number])
                printer.newPage()
            _paint(pages, number, painter, printer)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(wanted)


def _paint(pages: Pages, number: int, painter: QPainter, printer: QPrinter) -> None:
    size, sheet = pages.sizes[number], printer.paperRect(QPrinter.Unit.DevicePixel)
    dots = printer.resolution() * POINT
    scale = min(sheet.width() / size.width, sheet.height() / size.height)
    if abs(scale / dots - 1) < _SAME:
        scale = dots
    wide, high = size.width * scale, size.height * scale
    place = QRectF((sheet.width() - wide) / 2, (sheet.height() - high) / 2, wide, high)
    painter.drawImage(place, pages.draw(number, min(scale, _FINEST * POINT)))


def _paper_of(size: Size) -> QPageSize:
    """Return the paper a page is made for."""
    upright = QSizeF(*sorted((size.width, size.height)))
    return QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)


def _turn(printer: QPrinter, paper: QPageSize, size: Size) -> None:
    """Lay the paper as the page lies."""
    lying = size.width > size.height
    direction = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(paper, direction, QMarginsF(), QPageLayout.Unit.Point))
