"""A row of chips of which one is chosen: which rows a table shows, or which of several views."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QLayout, QPushButton

from desktop.words import Words


def add_chips(row: QLayout, group: QButtonGroup, words: Words, labels: Sequence[str]) -> None:
    """Add a chip for each of our words to a row and, numbered from 0, to a group; the first is chosen.

    An empty word leaves a chip to be worded by its owner, such as with a count.
    """
    for number, label in enumerate(labels):
        chip = QPushButton()
        chip.setCheckable(True)
        chip.setProperty("role", "chip")
        if label:
            words.put(chip, label)
        group.addButton(chip, number)
        row.addWidget(chip)
    group.button(0).setChecked(True)
