"""What units have to mend (退回補正), written as workbooks of their own rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.desk import Desk

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from exports.workbook.collect.errorbook import Written


def send_back(owner: QObject, desk: Desk, batch: int, folder: Path) -> None:
    """Write the workbooks of an applied import on the worker and tell how many there are."""

    def work(session: Session) -> list[Written]:
        from exports.workbook.collect.errorbook import write_errors

        return write_errors(session, batch=batch, folder=folder)

    def done(written: list[Written]) -> None:
        marked, beside = sum(one.marked for one in written), sum(one.beside for one in written)
        told = "{count} 個單位的退回表已寫入：{folder}　標出 {marked} 處"
        told += "，另有 {beside} 處不在自己的行裏，請口頭說明" if beside else ""
        facts = {"count": len(written), "folder": folder, "marked": marked, "beside": beside}
        desk.told.emit(desk.say(told, **facts), None)

    desk.ask(owner, work, done)
