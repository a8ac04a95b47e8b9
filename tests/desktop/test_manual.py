"""The manual: every page has its topic, and what it says of the program is what the program says."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db import terms, views
from desktop import manual
from desktop.cli import build_parser
from desktop.pages import page_types
from desktop.pages.settings import SettingsPage
from desktop.script import Script
from desktop.window import MainWindow
from exports.workbook.columns import COLUMNS
from tests.test_architecture import ROOT, TAIWAN, _simplified_only, literals

TOPICS = manual.topics()
SHIFTS = re.compile(r"…$|[（(](Ctrl|Alt|Esc|F\d|PageUp|PageDown).*$")


@pytest.fixture(params=TOPICS, ids=lambda topic: topic.name)
def topic(request: pytest.FixtureRequest) -> manual.Topic:
    chosen: manual.Topic = request.param
    return chosen


def said_in_the_window() -> set[str]:
    """Return every word of the program that stands alone in its sources, keys and dots taken off."""
    words = {term.label for kind in vars(terms).values() if isinstance(kind, type) and issubclass(kind, terms.Term)
             for term in kind}  # fmt: skip
    words |= {column.title for column in COLUMNS} | set(views.READY)
    for path in (ROOT / "desktop").rglob("*.py"):
        words |= {text for _line, text in literals(ast.parse(path.read_text(encoding="utf-8")))}
    return words | {SHIFTS.sub("", word) for word in words}


SAID = said_in_the_window()


def test_every_page_has_its_topic() -> None:
    names = {topic.name for topic in TOPICS}
    assert set(manual.OF_PAGE.values()) <= names
    assert {kind.__name__ for kind in page_types()} <= manual.OF_PAGE.keys()


def test_words_in_corner_brackets_are_words_of_the_program(topic: manual.Topic) -> None:
    quoted = set(re.findall(r"「([^」]+)」", topic.text))
    assert {word for word in quoted if word not in SAID and SHIFTS.sub("", word) not in SAID} == set()


def test_every_blank_is_filled_and_every_link_leads_to_a_topic(topic: manual.Topic) -> None:
    assert "{{" not in topic.text
    links = set(re.findall(r"(?<!!)\[[^]]+\]\(([^)]+)\)", topic.text))
    assert links <= {one.name for one in TOPICS}


def test_pictures_are_there_in_both_scripts_and_small(topic: manual.Topic) -> None:
    for name in re.findall(r"!\[[^]]+\]\(([^)]+)\)", topic.text):
        for script in ("hant", "hans"):
            path = manual.folder() / "pictures" / script / name
            assert not QImage(str(path)).isNull(), path
            assert path.stat().st_size < 100_000


def test_all_pictures_together_are_small() -> None:
    assert sum(path.stat().st_size for path in (manual.folder() / "pictures").rglob("*.png")) < 2_000_000


def test_text_is_traditional_with_the_mainlands_words(topic: manual.Topic) -> None:
    assert TAIWAN.findall(topic.text) == []
    assert "".join(filter(_simplified_only, topic.text)) == ""


def commands(parser: argparse.ArgumentParser, before: str = "taizhang") -> Iterator[str]:
    yield before
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from commands(below, f"{before} {name}")


def test_commands_in_the_text_exist(topic: manual.Topic) -> None:
    known = set(commands(build_parser()))
    told = re.findall(r"(?:^ {4}|`)(taizhang[a-z ]*)", topic.text, re.MULTILINE)
    assert {" ".join(command.split()) for command in told} <= known


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.activateWindow()
    return window


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(window, key)


def test_f1_opens_the_topic_of_the_page_and_escape_goes_back(page: MainWindow, settle: Callable[[], None]) -> None:
    settings = page.go_to(SettingsPage)
    settle()
    press(page, Qt.Key.Key_F1)
    assert page.shown() is page.manual
    assert page.manual.topic is not None
    assert page.manual.topic.name == "settings"
    press(page, Qt.Key.Key_Escape)
    assert page.shown() is settings


def test_the_manual_is_searched_in_either_script(page: MainWindow) -> None:
    page.show_manual()
    page.manual.search.setText("复制 恢复")
    shown = [page.manual.contents.item(row).text() for row in range(page.manual.contents.count())]
    assert "備份與恢復" in shown
    assert "快捷鍵" not in shown


def test_the_manual_turns_with_the_script(page: MainWindow) -> None:
    page.show_manual()
    page.manual.open("backup")
    page.desk.words.switch(Script.SIMPLIFIED)
    assert page.manual.text.toPlainText().startswith("备份与恢复")
    assert page.manual.contents.currentItem().text() == "备份与恢复"


def test_a_link_leads_on(page: MainWindow) -> None:
    page.show_manual()
    page.manual.open("start")
    page.manual.text.anchorClicked.emit(manual_link("search"))
    assert page.manual.topic is not None
    assert page.manual.topic.name == "search"


def manual_link(name: str) -> object:
    from PySide6.QtCore import QUrl

    return QUrl(name)
