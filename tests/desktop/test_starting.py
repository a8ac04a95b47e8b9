"""Starting the window where the database does not open: one sentence, and ways on that lose nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from db import backup
from db.database import open_database
from desktop.app import _open_or_ask
from desktop.desk import Desk
from desktop.words import Words
from tests.db import worlds


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A damaged database with one good snapshot."""
    made = tmp_path / "臺賬.db"
    database = open_database(made)
    worlds.stored(database)
    database.close()
    made.write_bytes(made.read_bytes()[:100_000])
    return made


class Boxes:
    """Answers the boxes that ask by pressing the buttons with these words, and keeps what they said."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.said: list[str] = []
        self.offered: list[list[str]] = []

    def exec(self, box: QMessageBox) -> int:
        self.said.append(box.text())
        self.offered.append([button.text() for button in box.buttons()])
        wanted = self.answers.pop(0)
        next(button for button in box.buttons() if button.text().startswith(wanted)).click()
        return 0


@pytest.fixture
def opened() -> Iterator[list[Desk]]:
    desks: list[Desk] = []
    yield desks
    for desk in desks:
        desk.database.release()


def start(path: Path, boxes: Boxes, monkeypatch: pytest.MonkeyPatch, opened: list[Desk]) -> Desk | None:
    def press(box: QMessageBox) -> int:
        return boxes.exec(box)

    monkeypatch.setattr(QMessageBox, "exec", press)
    desk = _open_or_ask(path, Words(), operator="測試員")
    if desk is not None:
        opened.append(desk)
    return desk


def test_a_damaged_database_is_restored_from_the_first_sentence(
    qapp: QApplication, path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Desk]
) -> None:
    kept = backup.snapshots(backup.folder_of(path), path.stem)[-1].path
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(kept), ""))
    boxes = Boxes("用備份恢復")
    desk = start(path, boxes, monkeypatch, opened)
    assert desk is not None
    assert worlds.plan_titles(desk.database) == ["清江縣2022年政務公開工作要點"]
    assert len(boxes.said) == 1
    assert "已損壞" in boxes.said[0]


def test_leaving_touches_nothing(
    qapp: QApplication, path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Desk]
) -> None:
    before = path.read_bytes()
    assert start(path, Boxes("退出"), monkeypatch, opened) is None
    assert path.read_bytes() == before


def test_a_damaged_snapshot_is_told_and_another_can_be_chosen(
    qapp: QApplication, path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Desk]
) -> None:
    good = backup.snapshots(backup.folder_of(path), path.stem)[-1].path
    bad = good.with_name("壞.db")
    shutil.copyfile(path, bad)
    chosen = [str(bad), str(good)]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (chosen.pop(0), ""))
    boxes = Boxes("用備份恢復", "用備份恢復")
    assert start(path, boxes, monkeypatch, opened) is not None
    assert "壞.db" in boxes.said[1]


def test_a_database_open_elsewhere_is_tried_again(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Desk]
) -> None:
    other = open_database(tmp_path / "忙.db")
    boxes = Boxes("重試", "選擇別的")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "另一個.db"), ""))
    desk = start(tmp_path / "忙.db", boxes, monkeypatch, opened)
    assert desk is not None
    assert desk.database.path.name == "另一個.db"
    assert all("另一個窗口" in said for said in boxes.said)
    assert not any(word.startswith("用備份恢復") for words in boxes.offered for word in words)
    other.release()
