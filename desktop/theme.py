"""The one visual language: type sizes, spacing, colours, the shapes of lights; and the bundled font."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from db import terms
from db.lights import SHAPES
from db.shipped import shipped

STEP = 4  # px; every distance is a multiple of it
SIZES = {"small": 9.5, "body": 11.0, "head": 14.0, "title": 18.0}  # pt at 100 %
TICK = 14  # px of a box to tick, at 100 %
BUNDLED_FONT = "NotoSansSC_400Regular.ttf"

ACCENT = "#1f5fa8"
INK = "#1d2733"
FAINT = "#5c6a7a"
PAPER = "#ffffff"
GROUND = "#f3f5f8"
LINE = "#d5dbe3"
CHOSEN = "#dbe8f7"
DOUBT = "#fff3d6"
DAMAGE = "#fde0dd"
TAKEN = "#e1f2e7"
GOOD = "#1d7a46"
RED = "#c62828"  # lights only
YELLOW = "#b7791f"  # lights only


@dataclass(frozen=True, slots=True)
class Light:
    """A row's light: a shape and a word, so that colour never speaks alone."""

    shape: str
    word: str
    colour: str


_COLOURS = {
    terms.Light.PROPOSED: FAINT,
    terms.Light.NO_LEAD: ACCENT,
    terms.Light.OPEN: GOOD,
    terms.Light.UNDATED: FAINT,
    terms.Light.DUE: YELLOW,
    terms.Light.LATE: RED,
    terms.Light.DONE: GOOD,
    terms.Light.WITHDRAWN: FAINT,
}
LIGHTS = {kind: Light(SHAPES[kind], kind.label, colour) for kind, colour in _COLOURS.items()}


def colour(name: str) -> QColor:
    """Return a colour of this file as Qt takes it."""
    return QColor(name)


def font(size: str = "body", *, scale: float = 1.0, bold: bool = False) -> QFont:
    """Return the interface font in one of the four sizes."""
    made = QFont(QApplication.font())
    made.setPointSizeF(SIZES[size] * scale)
    made.setBold(bold)
    return made


def install_font(app: QApplication, *, scale: float = 1.0) -> str:
    """Set the application's font and return its family: the system's Chinese one, else the bundled one."""
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    wanted = [name for name in _PREFERRED if name in chinese]
    if wanted:
        family = wanted[0]
    else:
        number = QFontDatabase.addApplicationFont(str(shipped("fonts", BUNDLED_FONT)))
        family = QFontDatabase.applicationFontFamilies(number)[0]
    made = QFont(family)
    made.setPointSizeF(SIZES["body"] * scale)
    app.setFont(made)
    return family


_PREFERRED = ("Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC")


def style(scale: float = 1.0) -> str:
    """Return the application's style sheet."""
    pad = round(STEP * scale)
    arrow = shipped("icons", "down.png").as_posix()
    return f"""
QWidget {{ color: {INK}; }}
QMainWindow, QDialog {{ background: {GROUND}; }}
QLabel[role="title"] {{ font-size: {SIZES["title"] * scale}pt; font-weight: bold; }}
QLabel[role="head"] {{ font-size: {SIZES["head"] * scale}pt; font-weight: bold; }}
QLabel[role="faint"] {{ color: {FAINT}; font-size: {SIZES["small"] * scale}pt; }}
QLabel[role="doubt"] {{ background: {DOUBT}; border-radius: 3px; padding: {pad}px; }}
QLabel[role="error"] {{ background: {DAMAGE}; border-radius: 3px; padding: {pad}px; }}
QListWidget#navigation {{ background: {INK}; color: {PAPER}; border: none; outline: 0; }}
QListWidget#navigation::item {{
    color: {PAPER}; padding: {2 * pad}px {3 * pad}px; border: 1px solid {INK}; background: {INK};
}}
QListWidget#navigation::item:selected {{ background: {ACCENT}; color: {PAPER}; border-color: {ACCENT}; }}
QListWidget#navigation::item:focus {{ border: 1px solid {PAPER}; }}
QTableView, QTreeView, QListView, QPlainTextEdit, QTextEdit, QLineEdit, QSpinBox, QDateEdit, QComboBox {{
    background: {PAPER}; border: 1px solid {LINE}; selection-background-color: {CHOSEN}; selection-color: {INK};
}}
QLineEdit, QSpinBox, QDateEdit, QComboBox {{ padding: {pad}px; border-radius: 3px; }}
QLineEdit:read-only, QComboBox:disabled {{ background: {GROUND}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QTableView:focus, QTreeView:focus, QListView:focus,
QComboBox:focus, QSpinBox:focus, QDateEdit:focus {{
    border: 1px solid {ACCENT};
}}
QTableView {{ gridline-color: {LINE}; alternate-background-color: {GROUND}; }}
QComboBox::drop-down, QDateEdit::drop-down {{
    border: none; width: {5 * pad}px; subcontrol-origin: padding; subcontrol-position: center right;
}}
QComboBox::down-arrow, QDateEdit::down-arrow, QPushButton::menu-indicator {{
    image: url("{arrow}"); width: {3 * pad}px; height: {3 * pad}px;
}}
QPushButton::menu-indicator {{ subcontrol-position: center right; right: {pad}px; }}
QCheckBox::indicator, QListView::indicator, QMenu::indicator {{
    width: {round(TICK * scale)}px; height: {round(TICK * scale)}px;
}}
QHeaderView, QTableCornerButton::section {{ background: {GROUND}; border: none; }}
QHeaderView::section {{
    background: {GROUND}; border: none; border-right: 1px solid {LINE}; border-bottom: 1px solid {LINE};
    padding: {pad}px {2 * pad}px; font-weight: bold;
}}
QPushButton {{
    background: {PAPER}; border: 1px solid {LINE}; border-radius: 3px; padding: {pad}px {3 * pad}px;
}}
QPushButton:hover {{ border-color: {ACCENT}; }}
QPushButton:focus {{ border: 2px solid {ACCENT}; }}
QPushButton:disabled {{ color: {FAINT}; background: {GROUND}; }}
QPushButton[role="main"] {{ background: {ACCENT}; color: {PAPER}; border-color: {ACCENT}; font-weight: bold; }}
QPushButton[role="main"]:disabled {{ background: {LINE}; border-color: {LINE}; }}
QPushButton[role="chip"] {{ border-radius: {3 * pad}px; }}
QPushButton[role="chip"]:checked, QPushButton[role="chip"][active="true"] {{
    background: {CHOSEN}; border-color: {ACCENT};
}}
{_menus(pad)}{_frames(pad)}"""


def _menus(pad: int) -> str:
    """Return the style of menus. Qt's own draws long words shortened where the type is large."""
    tick = shipped("icons", "tick.png").as_posix()
    return f"""
QMenu {{ background: {PAPER}; border: 1px solid {LINE}; padding: {pad}px 0; }}
QMenu::item {{ padding: {pad}px {6 * pad}px {pad}px {5 * pad}px; }}
QMenu::item:selected {{ background: {CHOSEN}; color: {INK}; }}
QMenu::item:disabled {{ color: {FAINT}; }}
QMenu::separator {{ height: 1px; background: {LINE}; margin: {pad}px 0; }}
QMenu::indicator {{ left: {2 * pad}px; border: 1px solid {FAINT}; background: {PAPER}; }}
QMenu::indicator:checked {{ image: url("{tick}"); }}
"""


def _frames(pad: int) -> str:
    """Return the style of what stands around the pages."""
    return f"""
QFrame#search {{ background: {GROUND}; border: 1px solid {ACCENT}; border-radius: 4px; }}
QFrame#side {{ background: {INK}; border: none; }}
QFrame#side QPushButton {{
    background: {INK}; color: {PAPER}; border: 1px solid {FAINT}; margin: {2 * pad}px {2 * pad}px {pad}px {2 * pad}px;
    text-align: left; padding: {pad}px {2 * pad}px;
}}
QFrame#side QPushButton:hover, QFrame#side QPushButton:focus {{ border-color: {PAPER}; }}
QFrame#card {{ background: {PAPER}; border: 1px solid {LINE}; border-radius: 3px; }}
QFrame#notice {{ background: {CHOSEN}; border: 1px solid {ACCENT}; border-radius: 3px; }}
QFrame#notice[tone="trouble"] {{ background: {DOUBT}; border-color: {YELLOW}; }}
QStatusBar {{ background: {PAPER}; border-top: 1px solid {LINE}; }}
QStatusBar::item {{ border: none; }}
QToolTip {{ background: {PAPER}; color: {INK}; border: 1px solid {LINE}; }}
"""
