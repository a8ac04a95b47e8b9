"""Writing the folder of a sending (分發): beside its place, under a name that says it is unfinished, then moved.

The register learns of a sending when all its files are written, and only then does the folder get its name. A crash
before leaves an unfinished folder and no record; a crash between the two leaves a record whose folder is missing,
and no unit can have got a file that the register does not know. :func:`write_again` then makes the folder anew.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from db import dispatch as sending
from db import settings
from db.changes import Changes
from db.database import Database
from db.dispatch import Written
from db.outgoing import Outgoing, OutgoingSheet
from db.settings import Office
from exports.lists.register import register_bytes
from exports.mail.draft import draft
from exports.mail.letter import letter
from exports.safewrite import CannotWrite, safe_write_bytes
from exports.words import words_of
from exports.workbook import travel
from exports.workbook.travelwrite import workbook_bytes

UNFINISHED = "（未完成）"
MAILS = "郵件草稿"


class Progress(Protocol):
    """How far a job is; raises ``Cancelled`` where the clerk has stopped it."""

    def at(self, done: int, total: int) -> None:
        """Say that ``done`` of ``total`` is done."""


@dataclass(frozen=True, slots=True)
class File:
    """A unit's workbook in the folder."""

    unit: str
    path: Path
    rows: int


@dataclass(frozen=True, slots=True)
class Dispatched:
    """A finished sending: its folder, its workbooks, the units whose mail drafts have no recipient."""

    outgoing: Outgoing
    folder: Path
    files: tuple[File, ...]
    without_address: tuple[str, ...]
    changes: Changes


def dispatch(
    database: Database,
    *,
    folder: Path,
    due_on: date,
    period: str = "",
    plan: int | None = None,
    progress: Progress | None = None,
) -> Dispatched:
    """Write a folder with one workbook a unit, mail drafts and a register, and record what was sent.

    A ``folder`` that holds something already gets a folder of its own inside. Raises ``Refused`` where nothing can
    go out, ``CannotWrite`` or ``DiskFull`` where the folder cannot be written, ``Cancelled`` where the clerk has
    stopped it; then nothing is recorded and nothing is left.
    """
    with database.reading() as session:
        outgoing = sending.prepare(session, due_on=due_on, period=period, plan=plan)
        office = settings.office(session)
    place = _place(folder, outgoing)

    def keep(files: dict[str, Written]) -> Changes:
        return sending.record(database, outgoing=outgoing, files=files, folder=place)

    return _write(place, outgoing, office, keep, progress)


def write_again(database: Database, *, dispatch: int, folder: Path, progress: Progress | None = None) -> Dispatched:
    """Write the folder of a recorded sending again, with the same values, codes and tokens."""
    with database.reading() as session:
        outgoing = sending.stored(session, dispatch=dispatch)
        office = settings.office(session)
    place = _place(folder, outgoing)

    def keep(files: dict[str, Written]) -> Changes:
        return sending.record_again(database, dispatch=dispatch, files=files, folder=place)

    return _write(place, outgoing, office, keep, progress)


def _place(folder: Path, outgoing: Outgoing) -> Path:
    """Return the folder to be made: the one named, or one inside it where it holds something."""
    folder = folder.absolute()
    if folder.exists() and not folder.is_dir():
        raise CannotWrite("「{name}」是一個文件，不能用作分發的文件夾。請換一個名稱。", name=folder.name)
    if not folder.is_dir() or not any(folder.iterdir()):
        return folder
    inside = folder / f"分發_{outgoing.code}"
    number = 2
    while inside.exists():
        inside = folder / f"分發_{outgoing.code}_{number}"
        number += 1
    return inside


def _write(
    place: Path,
    outgoing: Outgoing,
    office: Office,
    keep: Callable[[dict[str, Written]], Changes],
    progress: Progress | None,
) -> Dispatched:
    names = _file_names(outgoing, office)
    lonely: list[str] = []
    with _unfinished(place) as draft_folder:
        written: dict[str, Written] = {}
        for done, sheet in enumerate(outgoing.sheets):
            if progress is not None:
                progress.at(done, len(outgoing.sheets) + 1)
            content = workbook_bytes(outgoing, sheet, office=office)
            safe_write_bytes(draft_folder / names[sheet.token], content)
            written[sheet.token] = Written(names[sheet.token], hashlib.sha256(content).hexdigest())
            if not _mail(draft_folder, outgoing, sheet, office, names[sheet.token], content):
                lonely.append(sheet.unit)
        safe_write_bytes(
            draft_folder / words_of(office).fixed(travel.REGISTER_FILE), register_bytes(outgoing, office=office)
        )
        if progress is not None:
            progress.at(len(outgoing.sheets), len(outgoing.sheets) + 1)
        changes = keep(written)
    files = tuple(File(s.unit, place / names[s.token], len(s.rows)) for s in outgoing.sheets)
    return Dispatched(outgoing, place, files, tuple(lonely), changes)


def _file_names(outgoing: Outgoing, office: Office) -> dict[str, str]:
    words = words_of(office)
    title = words.fixed(travel.SHEET)
    return {
        sheet.token: travel.file_name(words.data(sheet.unit), title, outgoing.period, sheet.token)
        for sheet in outgoing.sheets
    }


def _mail(folder: Path, outgoing: Outgoing, sheet: OutgoingSheet, office: Office, name: str, content: bytes) -> bool:
    """Write a unit's mail draft; tell whether it has a recipient."""
    text = letter(outgoing, sheet, office=office, on=date.today())
    mails = folder / words_of(office).fixed(MAILS)
    mails.mkdir(exist_ok=True)
    message = draft(text, office=office, file_name=name, content=content)
    safe_write_bytes(mails / Path(name).with_suffix(travel.DRAFT_KIND).name, message)
    return bool(text.people)


@contextmanager
def _unfinished(place: Path) -> Iterator[Path]:
    """Give a folder beside ``place`` that takes its place at the end, or is gone where anything goes wrong."""
    beside = place.with_name(place.name + UNFINISHED)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
    except OSError as error:
        raise CannotWrite("不能在「{folder}」裏建立文件夾，沒有分發。請換一個位置。", folder=place.parent) from error
    try:
        yield beside
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    _settle(beside, place)


def _settle(beside: Path, place: Path) -> None:
    try:
        if place.is_dir():
            place.rmdir()  # an empty one; Windows does not move onto it
        beside.replace(place)
    except OSError as error:
        raise CannotWrite(
            "文件都已寫好並登記，但文件夾「{beside}」沒能改名為「{name}」。請關閉打開它的程序，再手工改名。",
            beside=beside.name,
            name=place.name,
        ) from error
