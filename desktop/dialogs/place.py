"""Adding or changing a town or village: name, code, who signs postings, the public telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.dialogs.step import StepDialog

if TYPE_CHECKING:
    from db.changes import Changes
    from db.database import Database
    from db.placetree import TownLine, VillageLine

_FIELDS = (("code", "區劃代碼"), ("committee", "公示落款"), ("telephone", "公開電話"))


class PlaceDialog(StepDialog):
    """``line`` is what is changed, None for a new one; a new one is a village of ``town``, or a town without it."""

    def __init__(self, parent: QWidget, desk: Desk, line: TownLine | VillageLine | None, town: TownLine | None) -> None:
        title = "修改區劃" if line is not None else "添加村" if town is not None else "添加鄉鎮"
        super().__init__(parent, desk, title, "修改" if line is not None else "添加")
        self.line, self.town = line, town
        if line is None and town is not None:
            desk.words.put(self.head, "添加到「{town}」。", town=town.name)
        else:
            desk.words.put(self.head, "落款空着時，公示用村名加「村民委員會」。")
        self.name_line = self.form.line("名稱", 0, 0)
        self.fields = {key: self.form.line(word, place, 0) for place, (key, word) in enumerate(_FIELDS, start=1)}
        if line is not None:
            self.name_line.setText(line.name)
            for key, field in self.fields.items():
                field.setText(getattr(line, key))

    def show_first(self) -> None:
        """Open with the cursor in the name."""
        self.begin(self.name_line)

    def operation(self) -> Callable[[Database], Changes]:
        """Return the operation for what stands in the fields."""
        from db import places

        name = self.name_line.text()
        values = {key: field.text() for key, field in self.fields.items()}
        line, town = self.line, self.town.id if self.town is not None else None
        if line is None:
            return lambda database: places.add(database, name=name, town=town, values=values)
        number = line.id
        return lambda database: places.change(database, place=number, name=name, values=values)
