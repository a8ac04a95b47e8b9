"""Sealing private data (加密): the keys of an unlocked vault, and what they turn texts and files into.

A sealed text is one byte for the form, a random nonce of 12 bytes, and AES-256-GCM's answer with its tag of 16; the
place that it belongs to (``payment.account``) is part of what the tag covers, so that no value can be moved to another
column. A file is sealed with a public key (X25519), so that it can be put away while the vault is locked.
"""

from __future__ import annotations

import hmac
import os
from typing import NoReturn

from db.errors import DatabaseTrouble

# cryptography is imported where it is used: 0.04 s that an office without a password need not wait for.

KEY_LENGTH = 32  # bytes
NONCE_LENGTH = 12
_TAG_LENGTH = 16
_FORM = b"\x01"
_TEXT_HEAD = len(_FORM) + NONCE_LENGTH
_BOX_FORM = b"\x02"
_BOX_HEAD = len(_BOX_FORM) + KEY_LENGTH + NONCE_LENGTH
TEXT_OVERHEAD = _TEXT_HEAD + _TAG_LENGTH
BOX_OVERHEAD = _BOX_HEAD + _TAG_LENGTH


class SealBroken(DatabaseTrouble):
    """Something sealed cannot be opened with the right key: it was damaged or tampered with."""


def _broken(place: str) -> SealBroken:
    return SealBroken(
        "加密保存的內容（{place}）解不開：它已損壞，或被別的程序改動過。數據沒有改動，請用備份恢復。", place=place
    )


def _failures() -> tuple[type[Exception], ...]:
    """Return what tells that something does not open; a ValueError: it is cut short, or its key is none."""
    from cryptography.exceptions import InvalidTag

    return InvalidTag, ValueError


def derived(secret: bytes, purpose: str) -> bytes:
    """Return a key of 32 bytes for one purpose from a secret that no one can guess."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=None, info=f"taizhang {purpose}".encode()).derive(secret)


class Keyring:
    """The keys of an unlocked vault. They live in memory only: neither ``repr`` nor ``pickle`` tells them."""

    __slots__ = ("_digests", "_fields", "_opener", "public")

    def __init__(self, data_key: bytes) -> None:
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._fields = AESGCM(derived(data_key, "fields"))
        self._digests = hmac.new(derived(data_key, "digests"), digestmod="sha256")
        self._opener = X25519PrivateKey.from_private_bytes(derived(data_key, "files"))
        self.public = self._opener.public_key().public_bytes_raw()

    def __repr__(self) -> str:
        return "<Keyring>"

    def __reduce__(self) -> NoReturn:
        message = "keys are not written anywhere"
        raise TypeError(message)

    def seal(self, text: str, place: str) -> bytes:
        """Return ``text`` sealed for ``place``, the table and column it is kept in; never twice the same bytes."""
        nonce = os.urandom(NONCE_LENGTH)
        return _FORM + nonce + self._fields.encrypt(nonce, text.encode("utf-8"), place.encode("utf-8"))

    def open(self, sealed: bytes, place: str) -> str:
        """Return the text of :meth:`seal`; raise :class:`SealBroken` where it is not what was sealed for ``place``."""
        if sealed[:1] != _FORM:
            raise _broken(place)
        nonce, rest = sealed[1:_TEXT_HEAD], sealed[_TEXT_HEAD:]
        try:
            return self._fields.decrypt(nonce, rest, place.encode("utf-8")).decode("utf-8")
        except _failures():
            raise _broken(place) from None

    def digest(self, text: str) -> bytes:
        """Return 32 bytes that are the same for the same text and tell nothing of it without the key."""
        made = self._digests.copy()  # the key is worked in once, not for every row
        made.update(text.encode("utf-8"))
        return made.digest()

    def open_box(self, box: bytes, place: str) -> bytes:
        """Return the content of :func:`boxed`; raise :class:`SealBroken` where it is not what was put in."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if box[:1] != _BOX_FORM or len(box) < BOX_OVERHEAD:
            raise _broken(place)
        theirs, nonce, rest = box[1 : 1 + KEY_LENGTH], box[1 + KEY_LENGTH : _BOX_HEAD], box[_BOX_HEAD:]
        try:
            shared = self._opener.exchange(X25519PublicKey.from_public_bytes(theirs))
            return AESGCM(_box_key(shared, theirs, self.public)).decrypt(nonce, rest, place.encode("utf-8"))
        except _failures():
            raise _broken(place) from None


def _box_key(shared: bytes, theirs: bytes, ours: bytes) -> bytes:
    return derived(shared + theirs + ours, "box")


def boxed(public: bytes, content: bytes, place: str) -> bytes:
    """Return ``content`` sealed for the holder of the vault whose public key is given; only its password opens it."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    once = X25519PrivateKey.generate()
    mine, nonce = once.public_key().public_bytes_raw(), os.urandom(NONCE_LENGTH)
    key = _box_key(once.exchange(X25519PublicKey.from_public_bytes(public)), mine, public)
    return _BOX_FORM + mine + nonce + AESGCM(key).encrypt(nonce, content, place.encode("utf-8"))
