"""What holds on every page: both scripts at once, all of it by keyboard, text at 200 %, one meaning for a key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QWidget,
)

from db.script import simplified
from desktop.manual import OF_PAGE
from desktop.script import Script
from desktop.window import MainWindow
from tests.desktop.everywhere.seen import data_of, words_on
from tests.test_architecture import TAIWAN, _simplified_only

HEIGHT = 728  # of a screen of 768 lines beside its task bar
PAGES = [*OF_PAGE, "ManualPage", "SearchPanel"]
NEUTRAL = "簡 | 繁"  # the switch reads the same in both
Stroll = Callable[[str], QWidget]


def traditional_only(character: str) -> bool:
    return simplified(character) != character


@pytest.fixture
def page(request: pytest.FixtureRequest, stroll: Stroll) -> QWidget:
    return stroll(request.param)


@pytest.fixture
def in_simplified(window: MainWindow) -> Iterator[None]:
    window.desk.words.switch(Script.SIMPLIFIED)
    yield
    window.desk.words.switch(Script.TRADITIONAL)


@pytest.fixture
def at_200(window: MainWindow) -> Iterator[None]:
    window.set_scale(2.0)
    yield
    window.set_scale(1.0)


def wrong(window: MainWindow, is_wrong: Callable[[str], bool]) -> list[tuple[str, str]]:
    data = [*data_of(window.desk.database), window.preview._file.removesuffix(".pdf")]
    return [(where, text) for where, text in words_on(window, data) if text != NEUTRAL and any(map(is_wrong, text))]


@pytest.mark.parametrize("page", PAGES, indirect=True)
def test_traditional_window_shows_no_simplified_glyph(window: MainWindow, page: QWidget) -> None:
    assert wrong(window, _simplified_only) == []


@pytest.mark.usefixtures("in_simplified")
@pytest.mark.parametrize("page", PAGES, indirect=True)
def test_window_switched_to_simplified_shows_no_traditional_glyph(window: MainWindow, page: QWidget) -> None:
    assert wrong(window, traditional_only) == []


@pytest.mark.parametrize("page", PAGES, indirect=True)
def test_window_switched_while_the_page_is_shown_turns_whole(window: MainWindow, page: QWidget) -> None:
    window.desk.words.switch(Script.SIMPLIFIED)
    QTest.qWait(20)
    seen = wrong(window, traditional_only)
    window.desk.words.switch(Script.TRADITIONAL)
    assert seen == []


@pytest.mark.parametrize(
    ("script", "expected"),
    [(Script.TRADITIONAL, {"確定", "取消", "保存"}), (Script.SIMPLIFIED, {"确定", "取消", "保存"})],
)
def test_standard_buttons_speak_the_script(window: MainWindow, script: Script, expected: set[str]) -> None:
    window.desk.words.switch(script)
    box = QMessageBox(window)
    kinds = QDialogButtonBox.StandardButton
    buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.Save, window)
    said = {button.text().partition("(")[0].replace("&", "") for button in buttons.buttons()}
    window.desk.words.switch(Script.TRADITIONAL)
    box.deleteLater()
    buttons.deleteLater()
    assert said == expected


def test_file_dialogs_speak_with_the_words_of_the_mainland(window: MainWindow) -> None:
    dialog = QFileDialog(window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    labels: list[QLabel] = [*dialog.findChildren(QLabel)]
    said = "".join(label.text() for label in labels)
    dialog.deleteLater()
    assert "文件名稱" in said
    assert not TAIWAN.search(said)


def reached_by_tab(page: QWidget) -> set[QWidget]:
    """Return what gets the focus as Tab is pressed again and again."""
    first = page.nextInFocusChain()
    assert first is not None
    page.window().activateWindow()  # windows of other tests may have taken the focus
    QTest.qWaitForWindowActive(page.window())
    first.setFocus()
    reached: set[QWidget] = set()
    for _ in range(300):
        now = QApplication.focusWidget()
        if now is None:
            break
        reached.add(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
        if QApplication.focusWidget() in reached and len(reached) > 3 and QApplication.focusWidget() is first:
            break
    return reached


def in_a_group(window: QWidget, button: QAbstractButton) -> bool:
    """Tell whether the arrow keys reach a button from its neighbour: one of several that exclude each other."""
    groups: list[QButtonGroup] = [*window.findChildren(QButtonGroup)]
    return any(group.exclusive() and button in group.buttons() for group in groups)


@pytest.mark.parametrize("page", PAGES, indirect=True)
def test_every_button_is_reached_by_the_tab_key(window: MainWindow, page: QWidget) -> None:
    reached = reached_by_tab(window)
    buttons: list[QAbstractButton] = [*page.findChildren(QAbstractButton)]
    missed = [
        button.text() or button.toolTip()
        for button in buttons
        if button.isVisible() and button.isEnabled() and button not in reached and not in_a_group(window, button)
        and not button.parent().inherits("QLineEdit")
    ]  # fmt: skip
    assert missed == []


@pytest.mark.usefixtures("at_200")
@pytest.mark.parametrize("page", PAGES, indirect=True)
def test_no_button_is_cut_off_at_200_percent(window: MainWindow, page: QWidget) -> None:
    QTest.qWait(50)
    buttons: list[QPushButton] = [*window.findChildren(QPushButton)]
    cut = [
        (button.text(), button.width(), button.sizeHint().width())
        for button in buttons
        if button.isVisible() and button.text() and button.width() < button.sizeHint().width() - 2
    ]
    assert cut == []
    assert window.width() <= 1366
    assert window.height() <= HEIGHT


@pytest.mark.parametrize("page", PAGES, indirect=True)
def test_a_button_without_words_has_a_name(window: MainWindow, page: QWidget) -> None:
    buttons: list[QAbstractButton] = [*window.findChildren(QAbstractButton)]
    nameless = [
        (type(button).__name__, button.text(), button.toolTip())
        for button in buttons
        if button.isVisible() and not any("\u4e00" <= sign <= "\u9fff" for sign in button.text())
        and not button.accessibleName() and not button.parent().inherits("QAbstractItemView")
        and not button.parent().inherits("QLineEdit")
    ]  # fmt: skip
    assert nameless == []


@pytest.mark.parametrize("page", PAGES, indirect=True)
def test_a_key_means_one_thing(window: MainWindow, page: QWidget) -> None:
    keys: Counter[str] = Counter()
    shortcuts: list[QShortcut] = [*window.findChildren(QShortcut)]
    for shortcut in shortcuts:
        parent = shortcut.parent()
        if (
            isinstance(parent, QWidget)
            and parent.isVisible()
            and shortcut.context() is Qt.ShortcutContext.WindowShortcut
        ):
            keys.update(key.toString() for key in shortcut.keys())  # noqa: SIM118 - no dict
    assert {key for key, times in keys.items() if times > 1} == set()
