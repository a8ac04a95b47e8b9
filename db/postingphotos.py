"""Photos of postings on their boards (張貼照片): images alone, of bounded size, kept once by their content."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.evidence import MEGABYTE, Attachment
from db.models import PostingPhoto, StoredFile
from db.originals import content_of, keep_file
from db.postings import get

LIMIT = 10 * MEGABYTE
MOST = 20
_HEADS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"BM", b"GIF8", b"II*\x00", b"MM\x00*")
_ABOUT_PEOPLE = "照片裏可能有人臉、門牌或其他名單，只存在本數據庫裏；對外提供前請先檢查。"


def refuse_no_photo(name: str, content: bytes) -> None:
    """Raise :class:`Refused` for what is no picture, or too large."""
    webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    heic = content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")
    if not (content.startswith(_HEADS) or webp or heic):
        raise Refused("「{name}」不是圖片，沒有存入。請選擇 JPG 或 PNG 照片。", name=name)
    refuse_large(name, len(content))


def refuse_large(name: str, size: int) -> None:
    """Raise :class:`Refused` for a file of more bytes than a photo may have."""
    if size > LIMIT:
        raise Refused(
            "「{name}」有 {size} MB，超過 {limit} MB，沒有存入。請縮小後再附。",
            name=name,
            size=-(-size // MEGABYTE),
            limit=LIMIT // MEGABYTE,
        )


def add(database: Database, *, posting: int, files: Sequence[Attachment]) -> Changes:
    """Keep photos with a posting; one that is there already is not kept twice."""
    with database.change("附張貼照片", operation="postingphotos.add") as change:
        session = change.session
        row = get(session, posting)
        change.title = f"附張貼照片 {len(files)} 張：「{row.title}」"
        held = {photo.file_id for photo in row.photos}
        for file in files:
            refuse_no_photo(file.name, file.content)
            kept = keep_file(session, name=file.name, content=file.content)
            if kept.id in held:
                change.notes.append(f"「{file.name}」已經附過，沒有重複存入。")
                continue
            held.add(kept.id)
            if len(held) > MOST:
                raise Refused("一份公示最多附 {most} 張照片。", most=MOST)
            session.add(PostingPhoto(posting_id=row.id, file_id=kept.id, position=len(held), name=file.name[:255]))
        session.flush()
        change.notes.append(_ABOUT_PEOPLE)
    return change.changes


def remove(database: Database, *, photo: int) -> Changes:
    """Take a photo off its posting; its content stays kept, so that this can be undone."""
    with database.change("移除張貼照片", operation="postingphotos.remove") as change:
        row = _photo(change.session, photo)
        change.title = f"移除張貼照片「{row.name}」"
        change.session.delete(row)
    return change.changes


def content(session: Session, photo: int) -> Attachment:
    """Return a photo with its bytes; raise :class:`PrivateLocked` where it is encrypted and no password was given."""
    row = _photo(session, photo)
    file = session.scalars(select(StoredFile).where(StoredFile.id == row.file_id)).one()
    return Attachment(row.name, content_of(session, file))


def _photo(session: Session, photo: int) -> PostingPhoto:
    row = session.get(PostingPhoto, photo)
    if row is None:
        raise Refused("這張照片已不存在。請刷新後再試。")
    return row
