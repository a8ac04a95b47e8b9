"""The private side of a payment row: identity number, account and the rest, checked, masked, sealed, told apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from json import JSONEncoder

from stdnum.cn import ric

from db import masking
from db.identity import IdentityState, identity_state
from db.sealing import Keyring
from exports.payments.cells import Row, text_of
from exports.payments.fields import PRIVATE
from exports.payments.findings import Findings
from exports.payments.values import private_number

PLACE = "payment.sealed"
"""The place that the private side of a payment is sealed for."""
_LENGTH, _OLD_LENGTH = 18, 15
_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def canonical(number: str) -> str:
    """Return the number of 18 signs for one of 15 (of before 1999), others as they are: one person is one number."""
    if len(number) != _OLD_LENGTH or not number.isdigit():
        return number
    longer = f"{number[:6]}19{number[6:]}"
    return longer + str(ric.calc_check_digit(longer + "0"))


@lru_cache(maxsize=64)
def _shown(rule: masking.MaskRule, length: int) -> tuple[int, int]:
    """Return how many signs a mask leaves at both ends of a number of this length."""
    masked = rule.mask("1" * length)
    first = len(masked) - len(masked.lstrip("1"))
    return first, len(masked) - masked.rfind(masking.STAR) - 1 if masking.STAR in masked else 0


def masked(rule: masking.MaskRule, number: str) -> str:
    """Return a normalised number masked by a rule; as ``rule.mask``, without normalising once more."""
    length = len(number)
    first, last = _shown(rule, length)
    return number[:first] + masking.STAR * (length - first - last) + number[length - last :]


@dataclass(frozen=True, slots=True)
class Person:
    """What is stored of a row's private side; ``number`` is the identity number itself, for the checks of this run."""

    number: str = field(repr=False)
    identity_mask: str
    identity_digest: bytes | None
    account_mask: str
    account_digest: bytes | None
    sealed: bytes | None


NOBODY = Person("", "", None, "", None, None)


class Persons:
    """Reads the private columns of one sheet. Without ``keys`` only masks come of it; a preview seals nothing."""

    def __init__(self, columns: dict[str, int], findings: Findings, keys: Keyring | None, *, seal: bool) -> None:
        self._identity, self._account = columns.get("identity"), columns.get("account")
        self._others = [(key, columns[key]) for key in PRIVATE[2:] if key in columns]
        self._findings, self._keys, self._seal = findings, keys, seal
        self._none = self._identity is None and self._account is None and not self._others

    def read(self, at: int, row: Row) -> Person:
        """Return the private side of a row."""
        if self._none:
            return NOBODY
        number = self._number(at, row)
        account = self._account_of(at, row)
        identity_mask = masked(masking.IDENTITY, number)[:30] if number else ""
        account_mask = masked(masking.ACCOUNT, account)[:40] if account else ""
        keys = self._keys
        if keys is None:
            return Person(number, identity_mask, None, account_mask, None, None)
        digest = keys.digest("identity " + canonical(number)) if number else None
        if not self._seal:
            return Person(number, identity_mask, digest, account_mask, None, None)
        content = {"identity": number, "account": account} | dict(self._rest(row))
        given = {key: text for key, text in content.items() if text}
        return Person(
            number,
            identity_mask,
            digest,
            account_mask,
            keys.digest("account " + account) if account else None,
            keys.seal(_encode(given), PLACE) if given else None,
        )

    def _number(self, at: int, row: Row) -> str:
        value = row.get(self._identity) if self._identity is not None else None
        if value is None:
            return ""
        number, spoilt = private_number(value)
        if not number and not spoilt:
            return ""
        state = IdentityState.NONE if spoilt else identity_state(number)
        if state is IdentityState.RIGHT or state is IdentityState.OLD:
            return number
        if spoilt or _has_lost_digits(number, state):
            self._findings.add("identity_spoilt", at, self._identity, _spoilt(number))
            return ""
        kind = "identity_digit" if state is IdentityState.WRONG_DIGIT else "identity_wrong"
        self._findings.add(kind, at, self._identity, masking.mask_identity(number))
        return number

    def _account_of(self, at: int, row: Row) -> str:
        value = row.get(self._account) if self._account is not None else None
        if value is None:
            return ""
        number, spoilt = private_number(value)
        if spoilt:
            self._findings.add("account_spoilt", at, self._account, _spoilt(number))
            return ""
        return number

    def _rest(self, row: Row) -> Iterable[tuple[str, str]]:
        for key, place in self._others:
            value = row.get(place)
            if value is not None:
                yield key, text_of(value)


def _has_lost_digits(number: str, state: IdentityState) -> bool:
    """Tell whether a number of 18 digits ends as a spreadsheet leaves it: three noughts behind fifteen digits."""
    return state is not IdentityState.RIGHT and len(number) == _LENGTH and number.endswith("000")


def _spoilt(number: str) -> str:
    return masking.mask_identity(number)[:2] + "…000" if number else "科學計數"


def opened(sealed: bytes, keys: Keyring) -> dict[str, str]:
    """Return the private side of a stored payment by key: identity, account, bank, telephone, address."""
    import json

    found: dict[str, str] = json.loads(keys.open(sealed, PLACE))
    return found
