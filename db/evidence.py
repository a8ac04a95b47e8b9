"""Evidence of reports (佐證材料): files kept once by their content, under the names the clerk gave them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.models import Assignment, Evidence, ProgressEntry, StoredFile, Unit
from db.originals import content_of, keep_file

MEGABYTE = 1024 * 1024
LIMIT = 20 * MEGABYTE  # of one file: a scanned report of some dozen pages; the whole lives in one database file
_RUNS = frozenset(
    (".exe", ".com", ".bat", ".cmd", ".msi", ".scr", ".pif", ".lnk", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta")
) | {".ps1", ".jar", ".reg", ".cpl", ".sh", ".desktop", ".appimage", ".deb", ".rpm"}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to be kept as evidence: its name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A kept piece of evidence without its content; ``size`` in bytes."""

    id: int
    entry_id: int
    name: str
    size: int


def check(name: str, size: int) -> None:
    """Raise :class:`Refused` for a file that is empty, too large, or a program."""
    if PurePath(name).suffix.lower() in _RUNS:
        raise Refused("「{name}」是程序或腳本，不能作為佐證材料。請附文檔、表格、圖片或掃描件。", name=name)
    if size == 0:
        raise Refused("「{name}」是空文件，沒有附上。請重新取得原件。", name=name)
    if size > LIMIT:
        raise Refused(
            "「{name}」有 {size} MB，超過 {limit} MB，沒有附上。請降低掃描精度或分成幾個文件。",
            name=name,
            size=-(-size // MEGABYTE),
            limit=LIMIT // MEGABYTE,
        )


def read_file(path: Path) -> Attachment:
    """Read a file as evidence; raise :class:`Refused` for one that cannot serve before it is read, or ``OSError``."""
    if path.is_dir():
        raise Refused("「{name}」是文件夾，不能作為佐證材料。請選擇裏面的文件。", name=path.name)
    check(path.name, path.stat().st_size)
    return Attachment(path.name, path.read_bytes())


def attach(session: Session, entry: ProgressEntry, files: Sequence[Attachment]) -> list[str]:
    """Keep files as evidence of an entry inside a running change; return notes about what was there already."""
    held = session.scalars(select(Evidence).where(Evidence.entry_id == entry.id)).all()
    names = {(one.file_id, one.name) for one in held}
    position = max((one.position for one in held), default=0)  # places between them may be free again
    notes = []
    for file in files:
        check(file.name, len(file.content))
        kept = keep_file(session, name=file.name, content=file.content)
        name = file.name[:255]
        if (kept.id, name) in names:
            notes.append(f"「{name}」已經附過，沒有重複存入。")
            continue
        names.add((kept.id, name))
        position += 1
        session.add(Evidence(entry_id=entry.id, file_id=kept.id, position=position, name=name))
    session.flush()
    return notes


def add(database: Database, *, entry: int, files: Sequence[Attachment]) -> Changes:
    """Attach evidence to an entry that is there already (補充佐證材料)."""
    with database.change("補充佐證材料", operation="evidence.add") as change:
        row = change.session.get(ProgressEntry, entry)
        if row is None:
            raise Refused("這條進展已不存在。請刷新後再試。")
        code = change.session.get_one(Assignment, row.assignment_id).code
        change.notes += attach(change.session, row, files)
        count = len(files) - len(change.notes)  # each note is of a file that was there already
        change.title = f"補充 {code}（{row.period}）的佐證材料 {count} 份" if count else "補充佐證材料"
    return change.changes


def remove(database: Database, *, evidence: int) -> Changes:
    """Take a piece of evidence off its entry; its content stays kept, so that this can be undone."""
    with database.change("移除佐證材料", operation="evidence.remove") as change:
        row = _get(change.session, evidence)
        entry = change.session.get_one(ProgressEntry, row.entry_id)
        code = change.session.get_one(Assignment, entry.assignment_id).code
        change.title = f"移除 {code}（{entry.period}）的佐證材料「{row.name}」"
        change.session.delete(row)
    return change.changes


def _get(session: Session, evidence: int) -> Evidence:
    row = session.get(Evidence, evidence)
    if row is None:
        raise Refused("這份佐證材料已不存在。請刷新後再試。")
    return row


def of_entries(session: Session, entries: Collection[int]) -> dict[int, list[EvidenceLine]]:
    """Return the evidence of entries in order, without reading contents."""
    query = (
        select(Evidence.id, Evidence.entry_id, Evidence.name, StoredFile.size)
        .join(StoredFile, Evidence.file_id == StoredFile.id)
        .where(Evidence.entry_id.in_(entries))
        .order_by(Evidence.entry_id, Evidence.position)
    )
    found: dict[int, list[EvidenceLine]] = {}
    for row in session.execute(query):
        found.setdefault(row.entry_id, []).append(EvidenceLine(*row))
    return found


@dataclass(frozen=True, slots=True)
class TaskEvidence(EvidenceLine):
    """A piece of evidence of an assignment, with the period and the unit of its report."""

    period: str
    unit: str


def of_task(session: Session, assignment: int) -> list[TaskEvidence]:
    """Return all evidence of an assignment, by period and order of entry, without reading contents."""
    query = (
        select(Evidence.id, Evidence.entry_id, Evidence.name, StoredFile.size, ProgressEntry.period, Unit.name)
        .join(StoredFile, Evidence.file_id == StoredFile.id)
        .join(ProgressEntry, Evidence.entry_id == ProgressEntry.id)
        .outerjoin(Unit, ProgressEntry.unit_id == Unit.id)
        .where(ProgressEntry.assignment_id == assignment)
        .order_by(ProgressEntry.period, ProgressEntry.id, Evidence.position)
    )
    return [
        TaskEvidence(id=number, entry_id=entry, name=name, size=size, period=period, unit=unit or "")
        for number, entry, name, size, period, unit in session.execute(query)
    ]


def content(session: Session, evidence: int) -> Attachment:
    """Return a piece of evidence with its bytes; raise :class:`Refused` where it is gone or locked away."""
    row = _get(session, evidence)
    return Attachment(row.name, content_of(session, row.file))


def of_text(text: str, *, name: str) -> Attachment:
    """Return pasted words (a message, a mail) as a text file that any editor of an office's machine reads."""
    return Attachment(name, text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8-sig"))
