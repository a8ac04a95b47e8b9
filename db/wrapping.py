"""The data key wrapped: by a key made from the password, and by the recovery key.

A wrap is one byte for the form, a nonce, the encrypted key, and eight bytes of a plain checksum: by that a wrong
password is told from a damaged file.
"""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from db.errors import DatabaseDamaged, Refused
from db.sealing import KEY_LENGTH, NONCE_LENGTH

SALT_LENGTH = 16
SHORTEST = 8  # characters of a password
_DIGITS_SHORTEST = 12  # of one that has nothing but digits: telephones and birthdays are the first to be tried
_FORM = b"\x01"
_CHECKSUM_LENGTH = 8
_LENGTH = len(_FORM) + NONCE_LENGTH + KEY_LENGTH + 16 + _CHECKSUM_LENGTH


class WrongPassword(Refused):
    """The password or the recovery key is not the one that was set."""


@dataclass(frozen=True, slots=True)
class Kdf:
    """The cost of making a key from a password with scrypt: ``128 * n * r`` bytes of memory, ``p`` times over.

    The default takes 64 MB and about a third of a second; it is stored with every vault, so that it can be raised.
    """

    n: int = 2**16
    r: int = 8
    p: int = 2

    def stored(self) -> dict[str, Any]:
        """Return the parameters as they are kept."""
        return {"name": "scrypt", **asdict(self)}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Kdf:
        """Return the parameters as they were kept; raise :class:`DatabaseDamaged` where they are none."""
        try:
            if stored["name"] != "scrypt":
                raise damaged()
            return cls(int(stored["n"]), int(stored["r"]), int(stored["p"]))
        except (KeyError, TypeError, ValueError):
            raise damaged() from None

    def key(self, password: str, salt: bytes) -> bytes:
        """Return the key that a password stands for; full-width and half-width signs are the same."""
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

        plain = unicodedata.normalize("NFKC", password).encode("utf-8")
        try:
            return Scrypt(salt=salt, length=KEY_LENGTH, n=self.n, r=self.r, p=self.p).derive(plain)
        except (ValueError, MemoryError):  # parameters that scrypt refuses: a damaged row, not a wrong password
            raise damaged() from None


def damaged() -> DatabaseDamaged:
    """Return the sentence for a vault whose own record is broken."""
    return DatabaseDamaged("密碼的記錄已損壞，不能用來解鎖。數據沒有改動，請用備份恢復後再輸入密碼。")


def refuse_weak(password: str) -> None:
    """Raise :class:`Refused` for a password that is guessed too easily."""
    plain = unicodedata.normalize("NFKC", password)
    if len(plain) < SHORTEST:
        raise Refused("密碼太短：至少 {least} 個字符。可以用一句好記的話。", least=SHORTEST)
    if plain.isdigit() and len(plain) < _DIGITS_SHORTEST:
        raise Refused(
            "只有數字的密碼容易猜中，至少要 {least} 位；加上字母或漢字則 {short} 個字符就夠。",
            least=_DIGITS_SHORTEST,
            short=SHORTEST,
        )
    if len(set(plain)) < SHORTEST // 2:
        raise Refused("密碼裏重複的字符太多，容易猜中。請換一個。")


def _checksum(body: bytes, context: bytes) -> bytes:
    return hashlib.sha256(context + body).digest()[:_CHECKSUM_LENGTH]


def context_of(kdf: Mapping[str, Any], salt: bytes) -> bytes:
    """Return what a wrap by password depends on besides the key."""
    return json.dumps(kdf, sort_keys=True, separators=(",", ":")).encode("utf-8") + salt


def wrap(data_key: bytes, key: bytes, context: bytes) -> bytes:
    """Return the data key wrapped by another; ``context`` must be the same when it is unwrapped."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE_LENGTH)
    body = _FORM + nonce + AESGCM(key).encrypt(nonce, data_key, context)
    return body + _checksum(body, context)


def refuse_damaged(wrapped: bytes, context: bytes) -> None:
    """Raise :class:`DatabaseDamaged` where a wrap is not as it was written."""
    body, checksum = wrapped[:-_CHECKSUM_LENGTH], wrapped[-_CHECKSUM_LENGTH:]
    if len(wrapped) != _LENGTH or wrapped[:1] != _FORM or _checksum(body, context) != checksum:
        raise damaged()


def unwrap(wrapped: bytes, key: bytes, context: bytes) -> bytes | None:
    """Return the data key; None where ``key`` is not the one it was wrapped by."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    start = len(_FORM)
    nonce, rest = wrapped[start : start + NONCE_LENGTH], wrapped[start + NONCE_LENGTH : -_CHECKSUM_LENGTH]
    try:
        return AESGCM(key).decrypt(nonce, rest, context)
    except InvalidTag:
        return None
