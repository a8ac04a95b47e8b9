"""The words on screen in either script: set once in traditional characters, said again when the switch turns."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from desktop.qtwords import QtWords
from desktop.script import Script, converter, stored


@dataclass(frozen=True, slots=True)
class _Said:
    setter: str
    arguments: tuple[object, ...]
    template: str
    facts: dict[str, object]


class Words(QObject):
    """Says sentences in the chosen script and repeats those on screen when it changes."""

    changed = Signal()

    def __init__(self, script: Script = Script.TRADITIONAL) -> None:
        super().__init__()
        self.script = script
        self._convert: Callable[[str], str] = converter(script)
        self._said: weakref.WeakKeyDictionary[QObject, dict[tuple[object, ...], _Said]] = weakref.WeakKeyDictionary()
        self._qt = QtWords()
        self._turn_qt()

    def say(self, template: str, **facts: object) -> str:
        """Return one of our sentences; ``facts`` are data and keep their script."""
        words = self._convert(template)
        return words.format(**facts) if facts else words

    def say_stored(self, sentence: str) -> str:
        """Return one of our sentences as it was stored with its facts, which are data and keep their script."""
        return stored(self._convert, sentence)

    def put(
        self,
        target: QObject,
        template: str,
        *,
        setter: str = "setText",
        before: tuple[object, ...] = (),
        **facts: object,
    ) -> None:
        """Call ``target.setter(*before, sentence)`` now and again at every switch of the script."""
        said = _Said(setter, before, template, facts)
        self._said.setdefault(target, {})[setter, *before] = said
        self._repeat(target, said)

    def switch(self, script: Script) -> None:
        """Turn everything on screen to ``script``, Qt's own buttons included."""
        if script is self.script:
            return
        self.script = script
        self._convert = converter(script)
        self._turn_qt()
        for target, sayings in list(self._said.items()):
            if not isValid(target):  # of a dialog that Qt has deleted while Python still holds its shell
                self._said.pop(target, None)
                continue
            for said in list(sayings.values()):
                self._repeat(target, said)
        self.changed.emit()

    def _repeat(self, target: QObject, said: _Said) -> None:
        getattr(target, said.setter)(*said.arguments, self.say(said.template, **said.facts))

    def _turn_qt(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self._qt.install(app, self.script)
