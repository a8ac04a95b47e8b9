"""Kept originals: encrypted from the day of the password, recognised all the same, and gone in plain form."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, select

from db import backup, check, evidence, find, plans, planstore, progress, vault
from db.database import Database, open_database
from db.errors import DatabaseDamaged, DiskFull, PrivateLocked, Refused
from db.evidence import Attachment
from db.models import AuditRow, SourceDocument, StoredFile
from db.originals import PLACE, is_sealed, keep_file, plain_files
from db.progress import Report
from db.sealing import SealBroken
from db.terms import HitKind
from db.undo import undo
from db.vaultrest import remove_backups, rest
from tests.db import worlds
from tests.db.vaults import CHEAP, PASSWORD, traces, with_password

NUMBER = "430102199001011234"
PROOF = Attachment("花名冊.txt", f"張三 {NUMBER}".encode())


def with_proof(database: Database) -> int:
    """Store a notice, divide it, report with a proof; return the evidence."""
    worlds.divided(database)
    made = progress.add(database, code=worlds.codes(database)[0], report=Report("2022-06", percent=10), files=[PROOF])
    return made.ids("evidence")[0]


def content(database: Database, proof: int) -> bytes:
    with database.reading() as session:
        return evidence.content(session, proof).content


def test_what_was_kept_before_is_sealed_with_the_password_and_leaves_no_trace(
    database: Database, tmp_path: Path
) -> None:
    proof = with_proof(database)
    assert traces(tmp_path, [NUMBER]) != []
    with_password(database)
    assert traces(tmp_path, [NUMBER]) == []  # neither in the file nor in its log
    assert content(database, proof) == PROOF.content
    with database.reading() as session:
        assert plain_files(session) == []
    assert check.problems(database) == []


def test_a_crash_before_the_wiping_leaves_no_trace_in_the_file(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_proof(database)
    monkeypatch.setattr(Database, "wipe", lambda _self: None)
    with_password(database)
    database.release()
    open_database(database.path).release()  # what SQLite does with the log at the next opening and closing
    assert traces(tmp_path, [NUMBER]) == []


def test_a_disk_too_full_for_the_wiping_is_told_and_the_password_stands(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Database) -> None:
        raise DiskFull("磁盤已滿，「{name}」沒有改動。請騰出空間後再試。", name="臺賬.db")

    monkeypatch.setattr(Database, "wipe", full)
    made = vault.set_password(database, password=PASSWORD, kdf=CHEAP)
    assert isinstance(made.residue, DiskFull)
    vault.recover(database, recovery_key=made.recovery_key, password=PASSWORD, kdf=CHEAP)


def test_what_is_kept_afterwards_never_stands_plain_also_while_locked(database: Database, tmp_path: Path) -> None:
    with_password(database)
    vault.lock(database)
    proof = with_proof(database)
    backup.snapshot(database.path, reason="manual")
    assert traces(tmp_path, [NUMBER]) == []
    with pytest.raises(PrivateLocked, match="花名冊"):
        content(database, proof)
    vault.unlock(database, password=PASSWORD)
    assert content(database, proof) == PROOF.content


def test_the_same_file_is_kept_once_in_either_form(database: Database) -> None:
    proof = with_proof(database)
    with_password(database)
    with database.change("再存", operation="test") as change:
        assert keep_file(change.session, name="另名.txt", content=PROOF.content).name == PROOF.name
    undo_and_redo(database)
    assert content(database, proof) == PROOF.content


def undo_and_redo(database: Database) -> None:
    from db.undo import history

    with database.reading() as session:
        batch = next(one.id for one in history(session) if not one.stays)
    back = undo(database, batch=batch).batch
    assert back is not None
    undo(database, batch=back)


def test_a_changed_password_leaves_originals_readable(database: Database) -> None:
    proof = with_proof(database)
    key = with_password(database)
    vault.recover(database, recovery_key=key, password="另一句也好記的話", kdf=CHEAP)
    database.release()
    again = open_database(database.path)
    vault.unlock(again, password="另一句也好記的話")
    assert content(again, proof) == PROOF.content
    again.release()


def test_the_text_of_a_notice_is_read_and_found_while_locked(database: Database) -> None:
    worlds.stored(database)
    with_password(database)
    vault.lock(database)
    with database.reading() as session:
        document = session.scalars(select(SourceDocument)).one()
        assert plans.source_text(session, document).startswith("正文")
        assert [hit.kind for hit in find.find(session, "正文通知").hits] == [HitKind.DOCUMENT]


def test_a_text_without_a_record_of_its_import_stays_readable(database: Database) -> None:
    worlds.stored(database)
    with database.change("刪記錄", operation="test") as change:
        change.session.execute(delete(AuditRow))
    with_password(database)
    vault.lock(database)
    with database.reading() as session:
        assert plans.source_text(session, session.scalars(select(SourceDocument)).one()).startswith("正文")


def test_a_notice_from_a_file_is_sealed_and_its_text_is_not(database: Database) -> None:
    draft = worlds.draft()
    draft.source = b"%PDF " + draft.text.encode()
    planstore.store(database, draft=draft)
    with_password(database)
    with database.reading() as session:
        document = session.scalars(select(SourceDocument)).one()
        assert is_sealed(session.get_one(StoredFile, document.file_id))
        assert not is_sealed(session.get_one(StoredFile, document.text_id))
    with pytest.raises(Refused, match="同一份文件"):
        planstore.store(database, draft=draft)


def test_a_text_that_was_sealed_as_a_proof_is_readable_once_it_is_a_notice(database: Database) -> None:
    with_password(database)
    draft = worlds.draft()
    with database.change("佐證", operation="test") as change:
        assert is_sealed(keep_file(change.session, name="通知.txt", content=draft.text.encode()))
    planstore.store(database, draft=draft)
    with database.reading() as session:
        assert plans.source_text(session, session.scalars(select(SourceDocument)).one()) == draft.text


def test_the_text_of_a_notice_whose_import_was_undone_is_still_text_when_it_is_redone(database: Database) -> None:
    made = planstore.store(database, draft=worlds.draft())
    assert made.batch is not None
    back = undo(database, batch=made.batch).batch
    assert back is not None
    with_password(database)
    vault.lock(database)
    undo(database, batch=back)
    with database.reading() as session:
        assert [hit.kind for hit in find.find(session, "正文通知").hits] == [HitKind.DOCUMENT]


def test_a_tampered_original_is_told_in_a_sentence(database: Database) -> None:
    proof = with_proof(database)
    with_password(database)
    with database.change("篡改", operation="test") as change:
        row = change.session.scalars(select(StoredFile).where(StoredFile.name == PROOF.name)).one()
        row.content = row.content[:-1] + bytes([row.content[-1] ^ 1])
    with pytest.raises(SealBroken, match=PLACE.replace(".", r"\.")):
        content(database, proof)
    with database.change("截短", operation="test") as change:
        row = change.session.scalars(select(StoredFile).where(StoredFile.name == PROOF.name)).one()
        row.content = b"x" * row.size
    with pytest.raises(DatabaseDamaged, match="與存入時不同"):
        content(database, proof)


def test_the_check_names_a_damaged_original(database: Database) -> None:
    with_proof(database)
    with_password(database)
    assert check.problems(database) == []
    with database.change("損壞", operation="test") as change:
        row = change.session.scalars(select(StoredFile).where(StoredFile.name == PROOF.name)).one()
        row.content = row.content[:-1] + bytes([row.content[-1] ^ 1])
    assert [line for line in check.problems(database) if "花名冊" in line]
    vault.lock(database)
    assert check.problems(database) == []  # nobody can tell


def test_older_backups_are_told_and_go_only_after_a_new_one(database: Database, tmp_path: Path) -> None:
    with_proof(database)
    old = backup.snapshot(database.path, reason="manual")
    elsewhere = tmp_path / "別人的.db"
    elsewhere.write_bytes(old.read_bytes())
    assert rest(database).backups == ()  # without a password nothing is promised
    with_password(database)
    assert rest(database).files == 0
    assert rest(database).backups == (old,)
    with pytest.raises(Refused, match="別人的"):
        remove_backups(database, [elsewhere])
    elsewhere.unlink()
    new = remove_backups(database, [old])
    assert rest(database).backups == ()
    assert new.exists()
    assert traces(tmp_path, [NUMBER]) == []
