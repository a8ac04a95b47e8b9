"""Pictures of every page with a year's data: ``python -m tests.screens OUT`` for looking, ``--manual`` for the manual.

OUT gets each page at 1366×768 in both scripts at 100 % and 150 %. The pictures of the manual are made of few colours,
so that they stay small.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QTableView

from db import backup
from desktop import theme
from desktop.app import make_application, open_desk
from desktop.manual import folder as manual_folder
from desktop.pages.preview import Preview
from desktop.script import Script
from desktop.window import MainWindow
from desktop.words import Words
from tests.sample_year import copy_to

if TYPE_CHECKING:
    from desktop.pages.page import Page

WIDTH, HEIGHT = 1366, 728  # what a 1366×768 screen leaves beside its task bar
COLOURS = 40
TODAY = dt.date(2022, 11, 21)
FOLDERS = {Script.TRADITIONAL: "hant", Script.SIMPLIFIED: "hans"}
NAMES = {
    "OverviewPage": "overview",
    "PlansPage": "plans",
    "LedgerPage": "ledger",
    "EntryPage": "entry",
    "ExchangePage": "exchange",
    "SubsidiesPage": "subsidies",
    "UnitsPage": "units",
    "SettingsPage": "settings",
}


class _Any(type):
    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, dt.date)


class _Then(dt.date, metaclass=_Any):
    @classmethod
    def today(cls) -> dt.date:  # type: ignore[override]
        return TODAY


def stop_the_calendar() -> None:
    """Let it be a day of the sample year for every room of the program loaded so far."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in {"db", "exports", "desktop"} and getattr(module, "date", None) is dt.date:
            module.date = _Then  # type: ignore[attr-defined]


def settle(window: MainWindow) -> None:
    """Wait until nothing is left to do."""
    for _ in range(400):
        QTest.qWait(25)
        if window.desk.jobs.idle() and window.preview.jobs.idle():
            break
    QTest.qWait(150)


def opened(path: Path, script: Script, scale: float) -> MainWindow:
    """Open the window over a copy of the year, with a sending to the units."""
    from exports.dispatch import dispatch

    copy_to(path)
    desk = open_desk(path, Words(script), operator="李")
    stop_the_calendar()
    dispatch(desk.database, folder=path.parent / "分發", due_on=dt.date(2022, 11, 28), period="2022-11")
    backup.snapshot(desk.database.path, reason="manual")
    desk.scale = scale
    window = MainWindow(desk)
    stop_the_calendar()
    for page in window.pages:
        if hasattr(page, "today"):
            page.today = _Then.today
    window.pages[0].arrived()  # it has begun to read the real day's figures
    window.resize(WIDTH, HEIGHT)
    window.show()
    settle(window)
    return window


def scenes(window: MainWindow) -> Iterator[str]:
    """Show one page after the other, each as somebody at work would see it, and yield its name."""
    for page in window.pages:
        window.go_to(type(page))
        settle(window)
        _choose_something(page)
        settle(window)
        name = type(page).__name__
        yield NAMES.get(name, name)
    yield from _settings_tabs(window)
    yield from _preview(window)
    window.show_manual()
    settle(window)
    yield "manual"
    window.manual.left.emit()
    window.search.begin()
    window.search.line.setText("財政")
    QTest.qWait(200)
    settle(window)
    yield "search"
    window.search.leave()


def _choose_something(page: Page) -> None:
    views: list[QTableView] = [*page.findChildren(QTableView)]
    for view in views:
        if view.isVisible() and view.model() is not None and view.model().rowCount():
            view.setCurrentIndex(view.model().index(min(3, view.model().rowCount() - 1), 0))
            return


def _settings_tabs(window: MainWindow) -> Iterator[str]:
    from desktop.pages.settings import SettingsPage

    page = window.go_to(SettingsPage)
    for pane, name in ((page.vault, "password"), (page.backups, "backups")):
        page.tabs.setCurrentWidget(pane)
        settle(window)
        yield name
    page.tabs.setCurrentIndex(0)


def _preview(window: MainWindow) -> Iterator[str]:
    from desktop.pages.ledger import LedgerPage

    page = window.go_to(LedgerPage)
    settle(window)
    page.preview()
    settle(window)
    QTest.qWait(1500)
    if isinstance(window.shown(), Preview):
        yield "preview"
        window.preview.left.emit()


def small(image: QImage) -> QImage:
    """Return a picture of the program's own colours and its commonest others."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("I"))
    own = [QColor(value).rgb() for value in vars(theme).values() if isinstance(value, str) and value.startswith("#")]
    table = list(dict.fromkeys([*own, *(colour for colour, _times in counted.most_common(COLOURS))]))
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)


def hide_the_machine(window: MainWindow, place: str) -> None:
    """Show the database where a clerk's would lie."""
    parts: list[QLabel | QLineEdit] = [*window.findChildren(QLabel), *window.findChildren(QLineEdit)]
    for part in parts:
        if place in part.text():
            part.setText(part.text().replace(place, "文檔/政務臺賬"))


def take(out: Callable[[Script, float, str], Path], scales: tuple[float, ...], *, few_colours: bool) -> None:
    """Take all pictures."""
    make_application()
    for script in FOLDERS:
        for scale in scales:
            with TemporaryDirectory() as place:
                window = opened(Path(place) / "臺賬.db", script, scale)
                for name in scenes(window):
                    path = out(script, scale, name)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    hide_the_machine(window, place)
                    image = window.grab().toImage()
                    (small(image) if few_colours else image).save(str(path))
                window.hide()
                window.desk.jobs.finish()
                window.desk.database.release()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--manual", action="store_true")
    options = parser.parse_args()
    if options.manual:
        pictures = manual_folder() / "pictures"
        take(lambda script, _scale, name: pictures / FOLDERS[script] / f"{name}.png", (1.0,), few_colours=True)
        chapters = "".join(path.read_text(encoding="utf-8") for path in manual_folder().glob("*.md"))
        for path in pictures.glob("*/*.png"):
            if f"({path.name})" not in chapters:
                path.unlink()
    else:
        take(
            lambda script, scale, name: options.out / FOLDERS[script] / f"{name}-{round(scale * 100)}.png",
            (1.0, 1.5),
            few_colours=False,
        )


if __name__ == "__main__":
    main()
