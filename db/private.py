"""Private numbers and addresses in a text, told apart from what only looks like them.

What is found:

* identity numbers of 18 signs with a birth date, parted or wrapped anyhow; with a wrong check digit, or old ones of
  15 digits, as doubtful (疑似) and only whole or parted at their seams (region, birth date, order, check digit);
* accounts: bank cards of 16 to 19 digits with a Luhn digit, whole, in fours or wrapped once; other numbers of 15 to
  23 digits, and shorter ones after a word such as 賬號 or 社保卡, as doubtful;
* mobile telephones, and telephones with an area code;
* detailed addresses (a house, building or room with its number), where asked for.

What is not: amounts (digits with a decimal point, and what a spreadsheet makes of a fraction), document numbers,
dates and time stamps, region codes of up to 14 digits, social credit codes, years in a row, runs of hardly more than
one digit, masked numbers, and the numbers that are ``allowed`` because they are meant to be public, such as hotlines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from db import masking
from db.digits import LINE_END, normalise_digits, plain
from db.numberruns import Number, numbers_in
from db.terms import PrivateKind

NUMBERS = frozenset(
    {PrivateKind.IDENTITY, PrivateKind.ACCOUNT, PrivateKind.SOCIAL, PrivateKind.MOBILE, PrivateKind.LANDLINE}
)
EVERYTHING = NUMBERS | {PrivateKind.ADDRESS}
_SHORTEST = 5  # signs; nothing private is shorter
_LOCAL = 7  # digits of a telephone without its area code, at the least

_LANDLINE = re.compile(
    r"(?<![0-9.])(0(?:10|2[0-9]|[3-9][0-9]{2}))[)）]?[ -]{0,3}([2-8][0-9]{2,3}[ -]?[0-9]{4})(?![0-9]|\.[0-9])"
)
_LABELLED = re.compile(
    r"(?:(?P<social>社保卡|社會保障卡|社会保障卡|社保號|社保号|醫保卡|医保卡)"
    r"|[賬帳账帐][號号戶户]|卡[號号]|存[折摺]|一卡通)[^0-9A-Za-z，。；;\n\x1e\x1f]{0,10}"
    r"(?P<number>[A-Z]?[0-9](?:[ -]?[0-9]){6,22}[0-9A-Z])(?![0-9A-Za-z]|\.[0-9])"
)
_HEADING = re.compile(
    r"(?!.*[額额數数元期率])(?:.*(?P<social>社保|社會保障|社会保障|醫保|医保).*[號号]"
    r"|.*(?:[賬帳账帐]號|[賬帳账帐]号|[賬帳账帐][戶户]|卡號|卡号|存折|存摺)).*"
)
_HEADING_LENGTH = 20
_IN_COLUMN = re.compile(r"[A-Z]?[0-9]{8,14}")
_N = "[0-9一二三四五六七八九十百零〇○]{1,6}"
_COUNT = re.compile(_N)
_LINES = re.compile(rf"[\n{LINE_END}]+")
_NEAR = r"[^，。；、,;〔〕\[\]()（）第字\n\x1e\x1f]"
_ADDRESS = re.compile(
    rf"(?:村|社區|社区|小區|小区|[路街巷弄道組组隊队園园苑]){_NEAR}{{0,12}}?{_N}[ -]?(?:號|号|室|戶|户)(?!文)"
    rf"|{_N} ?(?:棟|栋|幢|座|樓|楼|單元|单元){_NEAR}{{0,6}}?{_N}(?: ?(?:室|號|号|戶|户|單元|单元)|(?![0-9一-鿿]))"
)
_PHONES = re.compile(r"[0-9(][0-9() -]{3,}[0-9]")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something private in a text: from ``start`` to ``end``; ``sure`` is false for what is only doubtful (疑似).

    ``value`` is the number normalised, or the address as it stands: for comparing, never for showing.
    """

    kind: PrivateKind
    start: int
    end: int
    value: str
    sure: bool = True

    @property
    def masked(self) -> str:
        """Return what may be shown of it."""
        return masked(self.kind, self.value)


def masked(kind: PrivateKind, value: str) -> str:
    """Return what may be shown of a private value of this kind."""
    if kind is PrivateKind.IDENTITY:
        return masking.mask_identity(value)
    if kind in (PrivateKind.MOBILE, PrivateKind.LANDLINE):
        return masking.mask_phone(value)
    if kind is PrivateKind.ADDRESS:
        return _COUNT.sub(masking.STAR, value)
    return masking.mask_account(value)


def find_private(text: str, *, allowed: Iterable[str] = (), kinds: Collection[PrivateKind] = NUMBERS) -> list[Hit]:
    """Return the private things in ``text`` in their order; none of them overlap.

    ``allowed`` are numbers meant to be public, as they are written: one entry may hold several, and one without area
    code allows it with any. Between the columns of a page stands :data:`db.digits.COLUMN`, else numbers of two
    columns could be taken for one.
    """
    if len(text) < _SHORTEST:
        return []
    straight = plain(text)
    found: list[Hit] = []
    for number in (*numbers_in(straight), *_landlines(straight), *_labelled(straight)):
        _add(found, number)
    if PrivateKind.ADDRESS in kinds:
        for match in _ADDRESS.finditer(straight):
            _add(found, Number(PrivateKind.ADDRESS, match.start(), match.end(), text[match.start() : match.end()]))
    if not found:
        return []
    public = public_numbers(allowed)
    return [
        one
        for one in found
        if one.kind in kinds
        and not _is_public(one.value, public)
        and not _all_public(straight[one.start : one.end], public)
    ]


def heads(heading: str) -> PrivateKind | None:
    """Return what a column with this heading holds, where that is accounts or numbers of social-insurance cards."""
    dense = "".join(heading.split())
    match = _HEADING.fullmatch(dense) if len(dense) <= _HEADING_LENGTH else None
    if match is None:
        return None
    return PrivateKind.SOCIAL if match["social"] else PrivateKind.ACCOUNT


def under_heading(kind: PrivateKind, text: str, *, allowed: Iterable[str] = ()) -> Hit | None:
    """Return a number of a column that holds such numbers, where it is too short to be known by its form."""
    value = normalise_digits(text)
    if _IN_COLUMN.fullmatch(value) is None or _is_public(value, public_numbers(allowed)):
        return None
    return Hit(kind, 0, len(text), value, sure=False)


def public_numbers(written: Iterable[str]) -> frozenset[str]:
    """Return the digits of every number in texts such as ``0731-1234567、7654321（縣財政局）``."""
    numbers = {
        normalise_digits(match.group()).replace("(", "").replace(")", "").replace(" ", "")
        for text in written
        for match in _PHONES.finditer(plain(text))
    }
    return frozenset(numbers | {number.removeprefix("86") for number in numbers})


def _is_public(number: str, public: frozenset[str]) -> bool:
    """Tell whether a number is one of these, also without its area code or the extension behind it."""
    return number in public or any(
        min(len(one), len(number)) >= _LOCAL
        and (number.endswith(one) or one.endswith(number) or (number.startswith("0") and one.startswith(number)))
        for one in public
    )


def _all_public(written: str, public: frozenset[str]) -> bool:
    """Tell whether what looks like one number is several public ones, each on a line of its own, as hotlines stand."""
    lines = _LINES.split(written)
    return len(lines) > 1 and all(normalise_digits(line) in public for line in lines)


def _add(found: list[Hit], number: Number) -> None:
    """Put a number among those found, which stand in order, unless it overlaps one of them."""
    at = bisect_left(found, number.start, key=lambda hit: hit.start)
    if (at == 0 or found[at - 1].end <= number.start) and (at == len(found) or number.end <= found[at].start):
        found.insert(at, Hit(number.kind, number.start, number.end, number.value, number.sure))


def _landlines(straight: str) -> Iterable[Number]:
    for match in _LANDLINE.finditer(straight):
        yield Number(PrivateKind.LANDLINE, match.start(), match.end(), normalise_digits(match[1] + match[2]))


def _labelled(straight: str) -> Iterable[Number]:
    for match in _LABELLED.finditer(straight):
        kind = PrivateKind.SOCIAL if match["social"] else PrivateKind.ACCOUNT
        value = normalise_digits(match["number"])
        yield Number(kind, match.start("number"), match.end("number"), value, sure=False)
