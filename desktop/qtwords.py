"""Qt's own words (standard buttons, file dialogs, menus of fields) in the script of the window.

Qt's catalogue of traditional characters speaks as in Taiwan. Ours is the catalogue of the mainland with its
signs turned into traditional ones, so that both scripts say the same.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QTranslator

from desktop.script import Script

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_CATALOGUE = "qtbase_zh_CN"
_OURS = {"Folder": "文件夾", "File Folder": "文件夾", "File": "文件", "Drive": "驅動器", "Size": "大小"}
"""What the catalogue leaves in English in the dialogs for files, or calls otherwise than people do."""


class QtWords(QTranslator):
    """Translates what Qt says; :meth:`install` it anew at every switch of the script."""

    def __init__(self) -> None:
        super().__init__()
        self._script = Script.SIMPLIFIED
        self.load(_CATALOGUE, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))

    def install(self, app: QApplication, script: Script) -> None:
        """Let the application speak ``script``; open widgets are told to say their words again."""
        app.removeTranslator(self)
        self._script = script
        app.installTranslator(self)

    def translate(self, context: str, source: str, disambiguation: str | None = None, number: int = -1) -> str | None:  # type: ignore[override]
        """Return Qt's word, None where the catalogue has none; argument names as in Qt's signature."""
        found = super().translate(context, source, disambiguation, number)
        if context in ("QAbstractFileIconProvider", "QFileSystemModel") and source in _OURS:
            return _OURS[source] if self._script is Script.TRADITIONAL else _simplified(_OURS[source])
        if not found:
            return None
        return _traditional(found) if self._script is Script.TRADITIONAL else found


@cache
def _traditional(text: str) -> str:
    from db.script import traditional

    return traditional(text)


@cache
def _simplified(text: str) -> str:
    from db.script import simplified

    return simplified(text)
