"""What of a private number may be seen where it has to be recognised: the practice of published lists, as rules.

Identity numbers keep the first 2 and the last 3 signs, telephones the first 3 and the last 4, accounts 4 at both ends.
A number shorter than usual shows less, never more.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.digits import normalise_digits

STAR = "*"


@dataclass(frozen=True, slots=True)
class MaskRule:
    """How many signs are left at both ends, and how many are hidden at the least."""

    first: int
    last: int
    hidden: int

    def mask(self, number: str) -> str:
        """Return the number, normalised, with a star for each hidden sign."""
        number = normalise_digits(number)
        shown = max(0, len(number) - self.hidden)
        last = min(self.last, (shown + 1) // 2)
        first = min(self.first, shown - last)
        return number[:first] + STAR * (len(number) - first - last) + number[len(number) - last :]


IDENTITY = MaskRule(first=2, last=3, hidden=10)
ACCOUNT = MaskRule(first=4, last=4, hidden=6)
PHONE = MaskRule(first=3, last=4, hidden=4)


def mask_identity(number: str) -> str:
    """Return 「43*************23X」: province and the last three signs, by which namesakes are told apart."""
    return IDENTITY.mask(number)


def mask_account(number: str) -> str:
    """Return 「6217***********0123」: the bank and the last four digits."""
    return ACCOUNT.mask(number)


def mask_phone(number: str) -> str:
    """Return 「138****5678」."""
    return PHONE.mask(number)
