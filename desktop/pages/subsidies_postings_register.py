"""The right side of the tab 公示: the postings of a village in a period, their days, photos and objections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from db.postinglist import SHAPES, Cell, MatrixRow, Objection, Photo, PostingLine
from db.terms import PostingState
from desktop import theme
from desktop.desk import Desk
from desktop.models.postings import put_sum
from desktop.widgets.flow import FlowLayout
from desktop.widgets.readtable import ReadTable

_TITLES = ("狀態", "補貼", "張貼", "應撤", "撤下")
_ID = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Folder:
    """All that the register shows of a village in a period."""

    lines: tuple[PostingLine, ...] = ()
    photos: dict[int, list[Photo]] | None = None
    objections: dict[int, list[Objection]] | None = None


class RegisterPane(QWidget):
    """Its buttons are wired by the tab. ``picked`` follows the posting under the cursor."""

    picked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._words = desk, desk.words
        self._folder = Folder()
        self.head, self.sum, self.about, self.hint = QLabel(), QLabel(), QLabel(), QLabel()
        self.rest = QWidget()  # what there is to see and do once a posting is made
        self.table = ReadTable(desk.words, "公示登記", _TITLES, wide=1)
        self.photos, self.objections = QListWidget(), QListWidget()
        self.post_button = self._button("張貼…", "登記張貼日期和地點；應撤日期自動算出")
        self.down_button = self._button("撤下…", "登記撤下日期")
        self.preview_button = self._button("預覽", "按現在的發放記錄排出這份公示")
        self.folder_button = self._button("打開文件夾", "打開放公示文件的文件夾")
        self.drop_button = self._button("移出登記", "只移出沒有張貼過的公示；文件不刪")
        self.photo_button = self._button("附照片…", "附張貼照片（JPG、PNG）")
        self.save_photo_button = self._button("照片另存…", "把選中的照片存為文件")
        self.unphoto_button = self._button("移除照片", "移除選中的照片")
        self.object_button = self._button("登記異議…", "登記對這份公示的異議")
        self.handle_button = self._button("登記處理…", "登記選中異議的處理情況")
        self._build()
        self.table.itemSelectionChanged.connect(self._on_row)
        for part in (self.photos, self.objections):
            part.currentRowChanged.connect(lambda _row: self._enable())
        desk.words.changed.connect(self._say_again)
        self.show_folder(None, (), Folder())

    def _button(self, word: str, tip: str) -> QPushButton:
        button = QPushButton()
        self._words.put(button, word)
        self._words.put(button, tip, setter="setToolTip")
        return button

    def _build(self) -> None:
        words = self._words
        self.head.setProperty("role", "head")
        for faint in (self.sum, self.about, self.hint):
            faint.setProperty("role", "faint")
            faint.setWordWrap(True)
        self.head.setWordWrap(True)
        words.put(self.hint, "還沒有製作公示。用右上角的「製作公示…」製作，之後在這裏登記張貼、照片、異議和撤下。")
        outer, column = QVBoxLayout(self), QVBoxLayout(self.rest)
        outer.setContentsMargins(2 * theme.STEP, 2 * theme.STEP, 0, 0)
        column.setContentsMargins(0, 0, 0, 0)
        for one in (self.head, self.sum, self.hint, self.rest):
            outer.addWidget(one)
        outer.addStretch(1)
        for both in (outer, column):
            both.setSpacing(2 * theme.STEP)
        self.table.setFixedHeight(4 * (self.fontMetrics().height() + 3 * theme.STEP))
        column.addWidget(self.table)
        column.addWidget(self.about)
        column.addLayout(
            _row(self.post_button, self.down_button, self.preview_button, self.folder_button, self.drop_button)
        )
        for word, part, buttons in (
            ("照片", self.photos, (self.photo_button, self.save_photo_button, self.unphoto_button)),
            ("異議", self.objections, (self.object_button, self.handle_button)),
        ):
            label = QLabel()
            words.put(label, word)
            words.put(part, word, setter="setAccessibleName")
            label.setBuddy(part)
            part.setWordWrap(True)
            part.setFixedHeight(3 * self.fontMetrics().height())
            column.addWidget(label)
            column.addWidget(part)
            column.addLayout(_row(*buttons))

    def show_folder(
        self, shown: tuple[str, str] | None, cells: Sequence[tuple[MatrixRow, str, Cell]], folder: Folder
    ) -> None:
        """Show the postings of one village, or how many villages are chosen."""
        say = self._words.put
        self._folder = folder
        if shown is None:
            say(self.head, "選擇一個村，在這裏登記公示。")
            say(self.sum, "")
        elif len(cells) != 1:
            say(self.head, "選中 {n} 個村、期", n=len(cells))
            say(self.sum, "「張貼」「撤下」和「製作公示」對選中的全部生效。")
        else:
            say(self.head, "{village}　{period}", village=shown[0], period=shown[1])
            put_sum(self._words, self.sum, cells[0][2])
        self.rest.setVisible(bool(folder.lines))
        self.hint.setVisible(shown is not None and not folder.lines)
        self._fill()

    def _fill(self) -> None:
        say = self._words.say
        self.table.show_rows(
            [
                (
                    f"{SHAPES[line.state]} {say(line.state.label)}",
                    (line.policy or say("各項補貼")) + (say("（已重新製作）") if line.superseded else ""),
                    *(day.isoformat() if day else "" for day in (line.posted_on, line.due_down_on, line.taken_down_on)),
                )
                for line in self._folder.lines
            ]
        )
        self._on_row()

    def line(self) -> PostingLine | None:
        """Return the posting under the cursor."""
        row = self.table.currentRow()
        return self._folder.lines[row] if 0 <= row < len(self._folder.lines) else None

    def lines(self) -> tuple[PostingLine, ...]:
        """Return all postings shown."""
        return self._folder.lines

    def photo(self) -> int | None:
        """Return the chosen photo."""
        row = self.photos.currentRow()
        return int(self.photos.item(row).data(_ID)) if row >= 0 else None

    def objection(self) -> Objection | None:
        """Return the chosen objection."""
        line, row = self.line(), self.objections.currentRow()
        some = (self._folder.objections or {}).get(line.id, []) if line is not None else []
        return some[row] if 0 <= row < len(some) else None

    def _on_row(self) -> None:
        line, say = self.line(), self._words.say
        self.photos.clear()
        self.objections.clear()
        if line is None:
            self.about.clear()
        else:
            self.about.setText(self._told(line))
            for photo in (self._folder.photos or {}).get(line.id, []):
                item = QListWidgetItem(photo.name)
                item.setData(_ID, photo.id)
                self.photos.addItem(item)
            for one in (self._folder.objections or {}).get(line.id, []):
                raised = say("{on} {by}：{text}", on=one.raised_on, by=one.raised_by or "—", text=one.text)
                done = (
                    say("{on} 處理：{text}", on=one.handled_on, text=one.handling)
                    if one.handled_on
                    else say("▲ 還沒有處理")
                )
                self.objections.addItem(f"{raised}\n{done}")
        self._enable()
        self.picked.emit()

    def _told(self, line: PostingLine) -> str:
        say = self._words.say
        days = say("公示 {n} 個工作日" if line.working_days else "公示 {n} 天", n=line.days)
        made = say("製作於 {at:%Y-%m-%d %H:%M}", at=line.made_at)
        parts = [days, say(line.profile.label), line.spot, made, line.note]
        return "　".join(part for part in parts if part)

    def _enable(self) -> None:
        line = self.line()
        many = any(one.state is not PostingState.TAKEN_DOWN for one in self._folder.lines)
        self.post_button.setEnabled(many)
        self.down_button.setEnabled(any(one.posted_on and not one.taken_down_on for one in self._folder.lines))
        for button in (self.preview_button, self.folder_button, self.photo_button, self.object_button):
            button.setEnabled(line is not None)
        self.drop_button.setEnabled(line is not None and line.posted_on is None)
        for button in (self.save_photo_button, self.unphoto_button):
            button.setEnabled(self.photo() is not None)
        objection = self.objection()
        self.handle_button.setEnabled(objection is not None)

    def _say_again(self) -> None:
        here = self.table.currentRow()
        self._fill()
        if here >= 0:
            self.table.setCurrentCell(here, 0)


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    flow = FlowLayout(theme.STEP)
    for button in buttons:
        flow.addWidget(button)
    row.addLayout(flow, 1)
    return row
