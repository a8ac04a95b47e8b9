"""The vault: one password, one recovery key, and nothing of either in the file."""

from __future__ import annotations

import shutil
import traceback
from pathlib import Path

import pytest
from sqlalchemy import select

from db import backup, check, recovery, vault
from db.database import Database, open_database, restore_database
from db.errors import DatabaseDamaged, PrivateLocked, Refused
from db.models import AuditRow, VaultKey
from db.undo import history, last_standing, undo
from db.vault import VaultState
from db.wrapping import WrongPassword
from tests.db.vaults import CHEAP, PASSWORD, traces, with_password

OTHER = "另一句也好記的話"
PLACE = "payment.sealed"


def reopened(database: Database) -> Database:
    database.release()
    return open_database(database.path, operator="測試員")


def test_without_a_password_there_is_nothing_to_unlock(database: Database) -> None:
    assert vault.state(database) is VaultState.ABSENT
    with pytest.raises(Refused, match="還沒有設置密碼"):
        vault.keyring(database)
    with pytest.raises(Refused, match="還沒有設置密碼"):
        vault.unlock(database, password=PASSWORD)


def test_a_password_unlocks_what_was_sealed_before_closing(database: Database) -> None:
    with_password(database)
    assert vault.state(database) is VaultState.UNLOCKED
    sealed = vault.keyring(database).seal("430102199001011234", PLACE)
    database = reopened(database)
    assert vault.state(database) is VaultState.LOCKED
    with pytest.raises(PrivateLocked, match="TAIZHANG_PASSWORD"):
        vault.keyring(database)
    vault.unlock(database, password=PASSWORD)
    assert vault.keyring(database).open(sealed, PLACE) == "430102199001011234"
    vault.lock(database)
    assert vault.state(database) is VaultState.LOCKED
    database.release()


@pytest.mark.parametrize("weak", ["短", "1234567", "19900101", "aaaaaaaaaaaa", "12121212121212"])
def test_a_weak_password_is_refused(database: Database, weak: str) -> None:
    with pytest.raises(Refused):
        vault.set_password(database, password=weak, kdf=CHEAP)
    assert vault.state(database) is VaultState.ABSENT


def test_a_second_first_password_is_refused(database: Database) -> None:
    with_password(database)
    with pytest.raises(Refused, match="已經設置過"):
        vault.set_password(database, password=OTHER, kdf=CHEAP)


def test_a_wrong_password_is_told_and_is_not_a_damaged_file(database: Database) -> None:
    with_password(database)
    vault.lock(database)
    with pytest.raises(WrongPassword, match="密碼不對"):
        vault.unlock(database, password=OTHER)
    assert vault.state(database) is VaultState.LOCKED
    with pytest.raises(WrongPassword):
        vault.change_password(database, old=OTHER, new="第三句好記的話呀", kdf=CHEAP)


def test_full_width_signs_are_the_same_password(database: Database) -> None:
    vault.set_password(database, password="Qingjiang2022", kdf=CHEAP)
    vault.unlock(database, password="Ｑｉｎｇｊｉａｎｇ２０２２")


@pytest.mark.parametrize("what", ["by_password", "salt", "kdf"])
def test_a_damaged_record_of_the_password_is_told_as_such(database: Database, what: str) -> None:
    with_password(database)
    with database.change("損壞", operation="test") as change:
        row = change.session.get_one(VaultKey, 1)
        if what == "kdf":
            row.kdf = {**row.kdf, "n": 17}
        else:
            old = getattr(row, what)
            setattr(row, what, bytes([old[0] ^ 1]) + old[1:])
    with pytest.raises(DatabaseDamaged, match="密碼的記錄已損壞"):
        vault.unlock(database, password=PASSWORD)
    assert [line for line in check.problems(database) if line.startswith("密碼的記錄")]


def test_a_damaged_recovery_record_is_told_before_it_is_needed(database: Database) -> None:
    key = with_password(database)
    with database.change("損壞", operation="test") as change:
        row = change.session.get_one(VaultKey, 1)
        row.by_recovery = row.by_recovery[:-1]
    assert check.problems(database) == ["恢復密鑰的記錄已損壞，不能用來解鎖。"]
    with pytest.raises(DatabaseDamaged):
        vault.recover(database, recovery_key=key, password=OTHER, kdf=CHEAP)
    fresh = vault.renew_recovery_key(database, password=PASSWORD).recovery_key
    vault.recover(database, recovery_key=fresh, password=OTHER, kdf=CHEAP)
    assert check.problems(database) == []


def test_another_password_opens_the_same_data_and_the_old_one_nothing(database: Database) -> None:
    key = with_password(database)
    sealed = vault.keyring(database).seal("6217000012345678", PLACE)
    vault.change_password(database, old=PASSWORD, new=OTHER, kdf=CHEAP)
    database = reopened(database)
    with pytest.raises(WrongPassword):
        vault.unlock(database, password=PASSWORD)
    vault.unlock(database, password=OTHER)
    assert vault.keyring(database).open(sealed, PLACE) == "6217000012345678"
    vault.recover(database, recovery_key=key.lower(), password=PASSWORD, kdf=CHEAP)  # still the printed one
    assert vault.keyring(database).open(sealed, PLACE) == "6217000012345678"
    database.release()


def test_the_recovery_key_of_another_vault_opens_nothing(database: Database) -> None:
    with_password(database)
    with pytest.raises(WrongPassword, match="不是本數據庫現在的恢復密鑰"):
        vault.recover(database, recovery_key=recovery.new_key(), password=OTHER, kdf=CHEAP)
    vault.unlock(database, password=PASSWORD)


def test_a_new_recovery_key_takes_the_place_of_the_old_one(database: Database) -> None:
    old = with_password(database)
    new = vault.renew_recovery_key(database, password=PASSWORD).recovery_key
    with pytest.raises(WrongPassword):
        vault.recover(database, recovery_key=old, password=OTHER, kdf=CHEAP)
    vault.recover(database, recovery_key=new, password=OTHER, kdf=CHEAP)


def test_a_backup_opens_with_the_password_of_its_time(database: Database, tmp_path: Path) -> None:
    with_password(database)
    sealed = vault.keyring(database).seal("甲", PLACE)
    kept = backup.snapshot(database.path, reason="manual", folder=tmp_path / "備份")
    vault.change_password(database, old=PASSWORD, new=OTHER, kdf=CHEAP)
    database.release()
    restore_database(kept, database.path)
    again = open_database(database.path)
    vault.unlock(again, password=PASSWORD)
    assert vault.keyring(again).open(sealed, PLACE) == "甲"
    again.release()


def test_the_trail_names_the_operation_and_nothing_of_the_keys(database: Database) -> None:
    with_password(database)
    vault.change_password(database, old=PASSWORD, new=OTHER, kdf=CHEAP)
    with database.reading() as session:
        past = history(session)
        told = session.scalars(select(AuditRow).where(AuditRow.table_name == "vault_key")).all()
        assert [one.title for one in past[:2]] == ["修改密碼", "設置密碼"]
        assert all(one.stays for one in past[:2])
        assert last_standing(past) not in {past[0].id, past[1].id}
        assert all(set(row.after or {}) == {"made_at"} for row in told)
    assert check.problems(database) == []


def test_setting_a_password_is_not_undone(database: Database) -> None:
    with_password(database)
    with database.reading() as session:
        batch = history(session)[0].id
    with pytest.raises(Refused, match="不能撤銷"):
        undo(database, batch=batch)
    vault.unlock(database, password=PASSWORD)


def test_no_file_holds_the_password_or_the_recovery_key(database: Database, tmp_path: Path) -> None:
    key = with_password(database)
    backup.snapshot(database.path, reason="manual")
    assert traces(tmp_path, [PASSWORD, key, key.replace("-", "")]) == []


def test_an_error_tells_neither_password_nor_key(database: Database) -> None:
    key = with_password(database)
    for act in (
        lambda: vault.unlock(database, password="錯的" + PASSWORD),
        lambda: vault.recover(database, recovery_key=key[:-1], password=OTHER),
        lambda: vault.set_password(database, password=PASSWORD),
    ):
        with pytest.raises(Refused) as caught:
            act()
        text = "".join(traceback.format_exception(caught.value))
        assert PASSWORD not in text
        assert key[:20] not in text


def test_a_read_only_database_is_unlocked_too(database: Database) -> None:
    with_password(database)
    sealed = vault.keyring(database).seal("甲", PLACE)
    beside = open_database(database.path, writable=False)
    vault.unlock(beside, password=PASSWORD)
    assert vault.keyring(beside).open(sealed, PLACE) == "甲"
    beside.release()


def test_a_copied_file_opens_with_the_same_password(database: Database, tmp_path: Path) -> None:
    with_password(database)
    database.close()
    copied = open_database(Path(shutil.copyfile(database.path, tmp_path / "別處.db")))
    vault.unlock(copied, password=PASSWORD)
    copied.release()
