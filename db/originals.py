"""Kept originals (原件): every file once by its content, encrypted as soon as a password is set.

Hash and size are those of the plain content, so that the same file is recognised in either form; whether a row is
sealed shows in its length. The decoded text of a notice stays plain: it is what search and the points quote.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from db.errors import DatabaseDamaged, DatabaseTrouble, PrivateLocked
from db.models import AuditRow, SourceDocument, StoredFile
from db.sealing import boxed
from db.vault import keyring_in, locked, public_key

PLACE = "stored_file.content"


def digest_of(content: bytes) -> str:
    """Return the hash by which a file is recognised."""
    return hashlib.sha256(content).hexdigest()


def keep_file(session: Session, *, name: str, content: bytes, is_text: bool = False) -> StoredFile:
    """Keep a file's bytes once by their hash and return its row; ``is_text`` is for the decoded text of a notice."""
    digest = digest_of(content)
    kept = session.scalars(select(StoredFile).where(StoredFile.sha256 == digest)).first()
    if kept is None:
        kept = StoredFile(sha256=digest, name=name[:255], size=len(content), content=_stored(session, content, is_text))
        session.add(kept)
        session.flush()
    elif is_text and is_sealed(kept):
        kept.content = content
    return kept


def _stored(session: Session, content: bytes, is_text: bool) -> bytes:  # noqa: FBT001 - of one caller
    public = None if is_text else public_key(session)
    return content if public is None else boxed(public, content, PLACE)


def is_sealed(file: StoredFile) -> bool:
    """Tell whether a kept file is encrypted."""
    return len(file.content) != file.size


def content_of(session: Session, file: StoredFile) -> bytes:
    """Return a kept file's bytes; raise ``PrivateLocked`` while locked, a sentence where it is broken."""
    content = file.content
    if is_sealed(file):
        keys = keyring_in(session)
        if keys is None:
            raise locked(f"「{file.name}」")
        content = keys.open_box(content, PLACE)
    if digest_of(content) != file.sha256:
        raise DatabaseDamaged("保存的「{name}」與存入時不同，可能已損壞。請用備份恢復。", name=file.name)
    return content


def damaged(session: Session) -> Iterator[str]:
    """Yield a sentence for each kept file that is not what was put in; sealed ones are passed over while locked."""
    for one in session.scalars(select(StoredFile.id).order_by(StoredFile.id)).all():
        row = session.get_one(StoredFile, one)
        try:
            content_of(session, row)
        except PrivateLocked:
            pass
        except DatabaseTrouble:
            yield f"原件「{row.name}」（第 {row.id} 號）已損壞，或被別的程序改動過。"
        session.expunge(row)  # one file in memory at a time


def seal_kept(session: Session) -> int:
    """Encrypt what is still plain inside a running change; return how many files that were."""
    public = public_key(session)
    if public is None:
        return 0
    ids = plain_files(session)
    for one in ids:
        row = session.get_one(StoredFile, one)
        sealed = boxed(public, row.content, PLACE)
        session.expunge(row)  # one file in memory at a time
        session.execute(update(StoredFile).where(StoredFile.id == one).values(content=sealed))
    return len(ids)


def plain_files(session: Session) -> list[int]:
    """Return the ids of the files that are kept plain and should not be once there is a password."""
    length = func.length(StoredFile.content)
    found = session.scalars(select(StoredFile.id).where(length == StoredFile.size).order_by(StoredFile.id))
    texts = _texts(session)
    return [one for one in found if one not in texts]


def _texts(session: Session) -> set[int]:
    """Return the files that are or ever were the text of a notice: redoing its import must find it readable."""
    images = session.scalars(select(AuditRow.after).where(AuditRow.table_name == SourceDocument.__tablename__))
    recorded = {image["text_id"] for image in images if image and "text_id" in image}
    return recorded | set(session.scalars(select(SourceDocument.text_id)))
