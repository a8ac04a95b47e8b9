"""Telephones of persons (聯繫人的電話): mobile numbers are masked, and kept whole only where a password was set.

What is stored is then the masked number, a separator and the sealed one: who has not unlocked sees the first part, and
so do the audit trail and everything that reads the column as it is.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable

from sqlalchemy.orm import Session, object_session

from db.models import UnitContact
from db.sealing import Keyring, boxed
from db.vault import keyring_in, public_key

PLACE = "unit_contact.telephone"
_SEALED = "\u2063"  # invisible separator: what follows is base64
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")


def masked_mobile(text: str) -> str:
    """Return a telephone with the middle of a mobile number hidden; an office's number stays whole.

    The number of a person is private and is not kept in the clear (國辦發〔2018〕23號: de-identification).
    """
    return _MOBILE.sub(r"\1****\2", re.sub(r"(?<=\d)[ -](?=\d{4})", "", text) if _looks_mobile(text) else text)


def _looks_mobile(text: str) -> bool:
    return _MOBILE.search(re.sub(r"[ -]", "", text)) is not None


def masked(stored: str) -> str:
    """Return what anyone may see of a stored telephone."""
    return stored.partition(_SEALED)[0]


def shown(contact: UnitContact) -> str:
    """Return a person's telephone: whole where the vault is unlocked, else masked."""
    session = object_session(contact)
    keys = keyring_in(session) if session is not None else None
    return _opened(contact.telephone, keys)


def _opened(stored: str, keys: Keyring | None) -> str:
    told, mark, sealed = stored.partition(_SEALED)
    if not mark or keys is None:
        return told
    try:
        box = base64.b64decode(sealed, validate=True)
    except binascii.Error:
        box = b""  # is told as broken like any other that does not open
    return keys.open_box(box, PLACE).decode("utf-8")


def kept(session: Session, given: str, before: Iterable[str] = ()) -> str:
    """Return what is to be stored of a telephone; ``before`` are those stored for the same unit until now.

    A number that is one of these, or is given back masked as it was shown, stays as it is stored.
    """
    given, keys = given.strip(), keyring_in(session)
    for stored in before:
        if given in (masked(stored), _opened(stored, keys)):
            return stored
    public = public_key(session)
    told = masked_mobile(given)
    if told == given or public is None:
        return told
    return told + _SEALED + base64.b64encode(boxed(public, given.encode("utf-8"), PLACE)).decode("ascii")
