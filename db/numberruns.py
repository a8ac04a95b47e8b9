"""Runs of digits in a text, and the numbers of persons among them.

A run is digits with at most a few separators between them; what stands apart by words, columns or letters is another
run. Its digits between two separators are a part (段). Numbers begin and end with parts, so that neither a longer
number nor a row of small ones is taken for one; only an identity number with its check digit is also found glued to
other digits.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate

from db.digits import LINE_END
from db.identity import PROVINCES, IdentityState, has_luhn, identity_state, is_credit_code
from db.terms import PrivateKind

_BETWEEN = rf"[ \n{LINE_END}.\u200b-]{{0,4}}"
_RUN = re.compile(rf"[0-9](?:{_BETWEEN}[0-9])+(?:{_BETWEEN}X)?")
_PART = re.compile(r"[0-9X](?:\u200b*[0-9X])*")
_IDENTITY = re.compile(
    rf"(?=((?:{PROVINCES})[0-9]{{4}}(?:19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{{3}}[0-9X]))"
)
_OLD = re.compile(rf"(?:{PROVINCES})[0-9]{{13}}$")
_MOBILE = re.compile(r"(0086|86|0)?(1[3-9][0-9]{9})$")
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$")
_LETTER = re.compile(r"[0-9A-Za-z]")

_SEAMS = {6, 10, 12, 14, 17}  # of an identity number: region, year, month, day, order
_OLD_SEAMS = {6, 12}
_MOBILE_SHAPES = {(3, 4, 4), (3, 8), (3, 3, 5), (1,) * 11}
_MOBILE_HYPHENED = _MOBILE_SHAPES | {(7, 4), (4, 3, 4), (4, 4, 3), (3, 2, 2, 2, 2), (3, 2, 2, 4), (3, 2, 6)}
_IDENTITY_LENGTH, _OLD_LENGTH = 18, 15
_UNION_PAY = "62"
_CARD = range(16, 20)
_ACCOUNT = range(15, 24)
_FLOAT_DIGITS = 17  # as many as a spreadsheet writes of a fraction
_FEW = 3  # different digits; a run of fewer is filling
_WRAPPED, _WRAPPED_CELL = 8, 5  # digits in a line of a wrapped card number, at the least: of a page, in a cell
_MANY = 11  # digits; no number that is looked for here is shorter


@dataclass(frozen=True, slots=True)
class Number:
    """A private number from ``start`` to ``end`` of a text; ``value`` is it without what parts it."""

    kind: PrivateKind
    start: int
    end: int
    value: str
    sure: bool = True


@dataclass(slots=True)
class _Part:
    """Digits without a separator between them; ``gap`` is what parts them from those before, empty for the first."""

    text: str
    start: int
    end: int
    gap: str


@dataclass(slots=True)
class _Run:
    """The parts of one run; ``places`` says for each digit where it stands in the text."""

    parts: list[_Part]
    digits: str = ""
    places: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # which digit begins each part, and the number of digits
    before: str = ""  # the letters and digits that touch the run in front
    after: str = ""

    def number(self, kind: PrivateKind, first: int, last: int, value: str = "", *, sure: bool = True) -> Number:
        """Return the number of the parts from ``first`` to before ``last``."""
        value = value or "".join(part.text for part in self.parts[first:last])
        return Number(kind, self.parts[first].start, self.parts[last - 1].end, value, sure)

    def gap(self, first: int, last: int) -> str | None:
        """Return the one separator inside these parts, empty for a single part, None where they differ."""
        gaps = {part.gap for part in self.parts[first + 1 : last]}
        return "" if not gaps else gaps.pop() if len(gaps) == 1 else None

    def shape(self, first: int, last: int) -> tuple[int, ...]:
        """Return the lengths of these parts."""
        return tuple(len(part.text) for part in self.parts[first:last])


def numbers_in(straight: str) -> Iterator[Number]:
    """Yield identity numbers, accounts and mobile telephones of a text that is :func:`db.digits.plain`.

    They may overlap: what comes first counts.
    """
    for match in _RUN.finditer(straight):
        if match.end() - match.start() >= _MANY:
            run = _run(straight, match.start(), match.end())
            if len(run.digits) >= _MANY:
                yield from _identities(run)
                yield from _accounts(run)
                yield from _mobiles(run)


def _run(straight: str, start: int, end: int) -> _Run:
    if straight[end - 1] == "X" and sum(map(str.isdigit, straight[start:end])) < _IDENTITY_LENGTH - 1:
        end = start + len(straight[start : end - 1].rstrip(f" \n{LINE_END}.\u200b-"))
    parts: list[_Part] = []
    places: list[int] = []
    before = start
    for match in _PART.finditer(straight, start, end):
        text = match.group()
        places += [at for at in range(match.start(), match.end()) if straight[at] != "\u200b"]
        gap = _gap(straight[before : match.start()]) if parts else ""
        parts.append(_Part(text.replace("\u200b", ""), match.start(), match.end(), gap))
        before = match.end()
    starts = [0, *accumulate(len(part.text) for part in parts)]
    run = _Run(parts, "".join(part.text for part in parts), places, starts)
    run.before = _touching(straight[max(0, start - 10) : start][::-1])[::-1]
    run.after = _touching(straight[end : end + 1])
    return run


def _touching(text: str) -> str:
    count = 0
    while count < len(text) and _LETTER.match(text, count):
        count += 1
    return text[:count]


def _gap(between: str) -> str:
    """Return the kind of a separator: the strongest sign in it; wide room is one of its own."""
    between = between.replace("\u200b", "")
    for sign in (LINE_END, "\n", "-", "."):
        if sign in between:
            return sign
    return " " if len(between) <= 2 else "  "  # noqa: PLR2004 - a sign of full width, or two


def _identities(run: _Run) -> Iterator[Number]:
    edges = set(run.starts)
    for match in _IDENTITY.finditer(run.digits):
        value, first, end = match[1], match.start(1), match.end(1)
        state = identity_state(value)
        inside = range(bisect_right(run.starts, first), bisect_left(run.starts, end))
        breaks = {run.starts[at] - first for at in inside}
        gaps = {run.parts[at].gap for at in inside}
        whole = first in edges and end in edges
        if state is IdentityState.RIGHT:
            found = (whole or not breaks) and (LINE_END not in gaps or len(gaps) == 1)
        else:
            seamed = len(gaps) <= 1 and not gaps & {LINE_END, "\n", ".", "  "} and breaks <= _SEAMS
            found = state is IdentityState.WRONG_DIGIT and whole and seamed and not _is_touched(run, first, end)
        if found:
            places = run.places
            yield Number(
                PrivateKind.IDENTITY, places[first], places[end - 1] + 1, value, sure=state is IdentityState.RIGHT
            )
    for first in range(len(run.parts)):
        for last in range(first + 1, min(first + 4, len(run.parts) + 1)):
            if sum(run.shape(first, last)) == _OLD_LENGTH and _is_old(run, first, last):
                yield run.number(PrivateKind.IDENTITY, first, last, sure=False)


def _is_touched(run: _Run, first: int, end: int) -> bool:
    """Tell whether letters stand right before or behind these digits, as in codes and keys."""
    return bool((first == 0 and run.before) or (end == len(run.digits) and run.after))


def _is_old(run: _Run, first: int, last: int) -> bool:
    value = "".join(part.text for part in run.parts[first:last])
    breaks = {sum(run.shape(first, at)) for at in range(first + 1, last)}
    return (
        bool(_OLD.match(value))
        and identity_state(value) is IdentityState.OLD
        and breaks <= _OLD_SEAMS
        and run.gap(first, last) in ("", " ", "-")
        and not _is_decimal(run, first)
        and not _is_decimal(run, last - 1)
        and not _is_touched(run, run.starts[first], run.starts[last])
    )


def _mobiles(run: _Run) -> Iterator[Number]:
    for first in range(len(run.parts)):
        length = 0
        for last in range(first + 1, len(run.parts) + 1):
            length += len(run.parts[last - 1].text)
            if length > _OLD_LENGTH:
                break
            match = length >= _MANY and _MOBILE.match("".join(part.text for part in run.parts[first:last]))
            if match and _is_mobile(run, first, last, len(match[1] or "")):
                yield run.number(PrivateKind.MOBILE, first, last, match[2])
                break


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _is_mobile(run: _Run, first: int, last: int, prefix: int) -> bool:
    """Tell whether the parts are a telephone by the way they are parted; ``prefix`` digits are 86 or 0."""
    while prefix >= len(run.parts[first].text):
        prefix -= len(run.parts[first].text)
        first += 1
    if first == 0 and (_has_digit(run.before) or (run.before and run.after)):
        return False  # inside a key of letters and digits
    shape = run.shape(first, last)
    shape = (shape[0] - prefix, *shape[1:])
    if len(shape) == 1:
        return not _is_fraction(run, first) and not _has_cents(run, first)
    return not _DAY.match(run.parts[last - 1].text) and _is_shaped(run, first, last, shape)


def _is_shaped(run: _Run, first: int, last: int, shape: tuple[int, ...]) -> bool:
    """Tell whether telephones are written in parts like these, as amounts and ranges are not."""
    gaps = {part.gap for part in run.parts[first + 1 : last]}
    if gaps == {"-"}:
        return shape in _MOBILE_HYPHENED
    if len(shape) == 2 and gaps != {" "}:  # noqa: PLR2004 - wrapped; parted by a point it is an amount
        return gaps == {"\n"}
    return gaps in ({" "}, {"."}, {" ", "\n"}) and shape in _MOBILE_SHAPES


def _accounts(run: _Run) -> Iterator[Number]:
    for at, part in enumerate(run.parts):
        value = part.text.removesuffix("X")
        if len(value) in _ACCOUNT and _is_account(run, at, value):
            sure = len(value) in _CARD and has_luhn(value)
            yield run.number(PrivateKind.ACCOUNT, at, at + 1, value, sure=sure)
    for first in range(len(run.parts)):
        for last in range(min(first + 5, len(run.parts)), first + 1, -1):
            value = "".join(part.text for part in run.parts[first:last])
            if len(value) in _CARD and _is_parted_card(run, first, last) and has_luhn(value):
                yield run.number(PrivateKind.ACCOUNT, first, last)


def _is_account(run: _Run, at: int, value: str) -> bool:
    key = (at == 0 and _has_digit(run.before)) or (at == len(run.parts) - 1 and run.after != "")
    return (
        (not key or (value.startswith(_UNION_PAY) and has_luhn(value)))
        and len(set(value)) >= _FEW
        and not _is_decimal(run, at)
        and not is_credit_code(run.parts[at].text)
        and not _is_time_stamp(value)
    )


def _is_parted_card(run: _Run, first: int, last: int) -> bool:
    """Tell whether the parts are fours, or the lines of a wrapped number: the last may be shorter."""
    shape, gap = run.shape(first, last), run.gap(first, last)
    if len(set(shape[:-1])) > 1 or (len(shape) > 2 and shape[-1] > shape[0]):  # noqa: PLR2004 - three lines
        return False
    if gap in (" ", "-"):
        years = all(part.text.startswith(("19", "20")) for part in run.parts[first:last])
        return shape[0] == 4 and shape[-1] <= 4 and not years  # noqa: PLR2004 - fours
    return gap in ("\n", LINE_END) and shape[0] >= (_WRAPPED if gap == LINE_END else _WRAPPED_CELL)


def _is_time_stamp(value: str) -> bool:
    """Tell whether a number begins as 20220628143005 does and has at most milliseconds behind: a serial number."""
    if len(value) > 17 or not value.startswith(("19", "20")):  # noqa: PLR2004 - year to millisecond
        return False
    try:
        datetime.strptime(value[:14], "%Y%m%d%H%M%S")
    except ValueError:
        return False
    return True


def _is_decimal(run: _Run, at: int) -> bool:
    """Tell whether a long part is one side of a decimal number, as a spreadsheet writes it."""
    part = run.parts[at]
    if part.gap == "." and at:
        whole = run.parts[at - 1].text
        if whole == "0" or len(whole) + len(part.text) <= _FLOAT_DIGITS:
            return True
    return _has_cents(run, at)


def _is_fraction(run: _Run, at: int) -> bool:
    """Tell whether a part of 11 digits stands behind a decimal point, not behind the number of a list's line."""
    return at > 0 and run.parts[at].gap == "." and (len(run.parts[at - 1].text) > 2 or run.parts[at - 1].text == "0")  # noqa: PLR2004


def _has_cents(run: _Run, at: int) -> bool:
    following = run.parts[at + 1 : at + 2]
    return bool(following) and following[0].gap == "." and len(following[0].text) <= 2  # noqa: PLR2004 - 角分
