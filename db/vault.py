"""The vault (加密保管): setting, changing and forgetting the password that private data are encrypted with.

A random data key is kept twice, wrapped by the password and by the recovery key (``db/wrapping.py``). Once unlocked its
keys are at ``database.keyring`` until :func:`lock` or closing; they are never written anywhere.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import recovery
from db.changes import Changes
from db.database import Change, Database
from db.engine import erase_deleted
from db.errors import DatabaseDamaged, DatabaseTrouble, PrivateLocked, Refused
from db.models import VaultKey
from db.sealing import KEY_LENGTH, Keyring
from db.terms import Term
from db.wrapping import SALT_LENGTH, Kdf, WrongPassword, context_of, damaged, refuse_damaged, refuse_weak, unwrap, wrap

COST = Kdf()  # of passwords set from now on
_ROW = 1
_PUBLIC = "public"  # beside the parameters of the key derivation: the key that files are sealed with
_RECOVERY_CONTEXT = b"taizhang recovery"


class VaultState(Term):
    """Whether a password was set, and whether its keys are at hand."""

    ABSENT = "absent", "未設密碼"
    LOCKED = "locked", "已鎖定"
    UNLOCKED = "unlocked", "已解鎖"


@dataclass(frozen=True, slots=True)
class NewPassword:
    """What setting a password brought about. The recovery key is told here and never again.

    ``residue`` is why what was plain before could not be wiped off the file, None where it was.
    """

    recovery_key: str = field(repr=False)
    changes: Changes
    residue: DatabaseTrouble | None = None


def state(database: Database) -> VaultState:
    """Return where the vault of an open database stands."""
    if database.keyring is not None:
        return VaultState.UNLOCKED
    with database.reading() as session:
        return VaultState.LOCKED if exists(session) else VaultState.ABSENT


def exists(session: Session) -> bool:
    """Tell whether a password was set."""
    return session.get(VaultKey, _ROW) is not None


def public_key(session: Session) -> bytes | None:
    """Return the key that files are sealed with, also while the vault is locked; None where no password was set."""
    row = session.get(VaultKey, _ROW)
    return _public(row) if row is not None else None


def keyring_in(session: Session) -> Keyring | None:
    """Return the keys in a session of an unlocked database, None elsewhere."""
    found: Keyring | None = session.info.get("keyring")
    return found


def keyring(database: Database) -> Keyring:
    """Return the keys of an unlocked database; raise :class:`PrivateLocked` or :class:`Refused`, with what to do."""
    if database.keyring is not None:
        return database.keyring
    if state(database) is VaultState.ABSENT:
        raise Refused("還沒有設置密碼，個人信息不能加密保存。請先在「設置 → 安全」或用 taizhang vault set 設置密碼。")
    raise locked("個人信息")


def locked(what: object) -> PrivateLocked:
    """Return the refusal for private data that are asked for while the vault is locked."""
    return PrivateLocked(
        "{what}已加密，要先輸入密碼：在窗口底部點「已鎖定」；命令行請設環境變量 TAIZHANG_PASSWORD，或在終端裏運行。",
        what=what,
    )


# the password


def set_password(database: Database, *, password: str, kdf: Kdf | None = None) -> NewPassword:
    """Set the first password: from here on private data are kept encrypted, and the vault stands unlocked.

    Originals that were kept before are encrypted in the same transaction (see ``db.originals.seal_kept``).
    Raises :class:`Refused` for a weak password, and where one was set already.
    """
    from db.originals import seal_kept

    refuse_weak(password)
    refuse_second(database)
    data_key, cost = os.urandom(KEY_LENGTH), kdf or COST
    keys, key = Keyring(data_key), recovery.new_key()
    with database.change("設置密碼", operation="vault.set_password") as change:
        row = VaultKey(id=_ROW, kdf=_parameters(cost, keys), salt=os.urandom(SALT_LENGTH), made_at=_now())
        row.by_password = _by_password(row, data_key, cost, password)
        row.by_recovery = wrap(data_key, recovery.wrapping_key(key), _RECOVERY_CONTEXT)
        change.session.add(row)
        change.session.flush()
        erase_deleted(change.session.connection())  # should the wiping afterwards not be reached
        sealed = seal_kept(change.session)
        if sealed:
            change.title = f"設置密碼：已加密保存原件 {sealed} 份"
        _record(change, None, row.made_at)
    database.keyring = keys
    return NewPassword(key, change.changes, _wiped(database))


def refuse_second(database: Database) -> None:
    """Raise :class:`Refused` where a password was set already."""
    if state(database) is not VaultState.ABSENT:
        raise Refused("密碼已經設置過。要換一個，請用「修改密碼」。")


def _wiped(database: Database) -> DatabaseTrouble | None:
    """Wipe what was deleted or replaced off the file; return why that was not possible."""
    try:
        database.wipe()
    except DatabaseTrouble as trouble:
        return trouble
    return None


def unlock(database: Database, *, password: str) -> None:
    """Bring the keys to hand; raise :class:`WrongPassword`, or a ``DatabaseDamaged`` where their record is broken."""
    with database.reading() as session:
        database.keyring = Keyring(_data_key(_row(session), password))


def lock(database: Database) -> None:
    """Let go of the keys."""
    database.keyring = None


def carry_over(keys: Keyring | None, database: Database) -> None:
    """Unlock a database that was put in the place of another, where the keys of that one are its own too."""
    with database.reading() as session:
        if keys is not None and exists(session) and public_key(session) == keys.public:
            database.keyring = keys


def change_password(database: Database, *, old: str, new: str, kdf: Kdf | None = None) -> Changes:
    """Set another password for the same data key: nothing is encrypted anew, and the recovery key stays."""
    refuse_weak(new)
    with database.change("修改密碼", operation="vault.change_password") as change:
        row = _row(change.session)
        data_key = _data_key(row, old)
        _renew(change, row, data_key, new, kdf or COST)
    database.keyring = Keyring(data_key)
    return change.changes


def recover(database: Database, *, recovery_key: str, password: str, kdf: Kdf | None = None) -> Changes:
    """Set another password with the recovery key, which stays valid; raise :class:`Refused` where it is not the one."""
    refuse_weak(password)
    with database.change("用恢復密鑰重設密碼", operation="vault.recover") as change:
        row = _row(change.session)
        data_key = _recovered(row, recovery_key)
        _renew(change, row, data_key, password, kdf or COST)
    database.keyring = Keyring(data_key)
    return change.changes


def refuse_wrong_key(database: Database, *, recovery_key: str) -> None:
    """Raise :class:`Refused` where this is not the recovery key, so that it is told before a password is typed."""
    with database.reading() as session:
        _recovered(_row(session), recovery_key)


def renew_recovery_key(database: Database, *, password: str) -> NewPassword:
    """Make another recovery key, where the printed one was lost or seen; the one before is worth nothing then."""
    key = recovery.new_key()
    with database.change("更換恢復密鑰", operation="vault.renew_recovery_key") as change:
        row = _row(change.session)
        data_key = _data_key(row, password)
        row.by_recovery = wrap(data_key, recovery.wrapping_key(key), _RECOVERY_CONTEXT)
        _record(change, row.made_at, row.made_at)
    database.keyring = Keyring(data_key)
    return NewPassword(key, change.changes)


# the row


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)


def _row(session: Session) -> VaultKey:
    row = session.get(VaultKey, _ROW)
    if row is None:
        raise Refused("這個數據庫還沒有設置密碼。請先在「設置 → 安全」或用 taizhang vault set 設置。")
    return row


def _parameters(cost: Kdf, keys: Keyring) -> dict[str, Any]:
    return cost.stored() | {_PUBLIC: base64.b64encode(keys.public).decode("ascii")}


def _public(row: VaultKey) -> bytes:
    try:
        return base64.b64decode(row.kdf[_PUBLIC], validate=True)
    except (KeyError, TypeError, binascii.Error):
        raise damaged() from None


def _by_password(row: VaultKey, data_key: bytes, cost: Kdf, password: str) -> bytes:
    return wrap(data_key, cost.key(password, row.salt), context_of(row.kdf, row.salt))


def _data_key(row: VaultKey, password: str) -> bytes:
    context = context_of(row.kdf, row.salt)
    refuse_damaged(row.by_password, context)
    found = unwrap(row.by_password, Kdf.of(row.kdf).key(password, row.salt), context)
    if found is None:
        raise WrongPassword("密碼不對。請檢查大小寫和輸入法；忘記了可以用打印的恢復密鑰重設。")
    return found


def _recovered(row: VaultKey, recovery_key: str) -> bytes:
    key = recovery.wrapping_key(recovery_key)
    refuse_damaged(row.by_recovery, _RECOVERY_CONTEXT)
    found = unwrap(row.by_recovery, key, _RECOVERY_CONTEXT)
    if found is None:
        raise WrongPassword("這不是本數據庫現在的恢復密鑰：它可能屬於另一個數據庫，或已經更換。請核對是哪一張。")
    return found


def _renew(change: Change, row: VaultKey, data_key: bytes, password: str, cost: Kdf) -> None:
    before = row.made_at
    row.kdf, row.salt = _parameters(cost, Keyring(data_key)), os.urandom(SALT_LENGTH)
    row.by_password, row.made_at = _by_password(row, data_key, cost, password), _now()
    _record(change, before, row.made_at)


def _record(change: Change, before: datetime | None, after: datetime) -> None:
    """Let the operation stand in the trail with its time and nothing of the keys."""
    from db.audit import Entry

    was = {"made_at": before.isoformat()} if before is not None else None
    change.entries.append(Entry(VaultKey.__tablename__, _ROW, was, {"made_at": after.isoformat()}))


def problems(session: Session) -> Iterator[str]:
    """Yield a sentence for what is broken in the record of the keys; it shows without the password too."""
    row = session.get(VaultKey, _ROW)
    if row is None:
        return
    wraps = ((row.by_password, context_of(row.kdf, row.salt), "密碼"), (row.by_recovery, _RECOVERY_CONTEXT, "恢復密鑰"))
    for wrapped, context, name in wraps:
        try:
            refuse_damaged(wrapped, context)
        except DatabaseDamaged:
            yield f"{name}的記錄已損壞，不能用來解鎖。"


def changed_since(session: Session) -> datetime | None:
    """Return when the password was set last, None where there is none."""
    return session.scalar(select(VaultKey.made_at))
