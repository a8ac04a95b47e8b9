"""Hotlines of a policy in one text: parted, joined again, checked for form; the numbers stay as entered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SHORT = ("12388", "12345", "12317", "12316", "12333", "12380", "12309", "12358")
"""Short public numbers in use: 紀檢舉報、政務服務便民、扶貧監督、三農服務、人社、組織舉報、檢察、價格."""
_HYPHEN = "－—–‐-"  # the plain one last: it stands in brackets of patterns
_LAND = rf"(?:[(（]0\d{{2,3}}[)）]|0\d{{2,3}})\s?[{_HYPHEN}]?\s?[2-9]\d{{6,7}}"
_MOBILE = r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}"
_LOCAL = r"[2-9]\d{6,7}"
_HOTLINE = rf"(?:400|800)[{_HYPHEN}]?\d{{3}}[{_HYPHEN}]?\d{{4}}|1[02]\d{{3}}|12\d{{3}}|9[56]\d{{3,4}}"
_EXTENSION = rf"(?:\s?(?:转|轉|分机|分機|{'|'.join(_HYPHEN)})\s?\d{{1,5}})?"
_ONE = re.compile(rf"(?:{_LAND}{_EXTENSION}|{_MOBILE}|{_HOTLINE}|{_LOCAL}{_EXTENSION})")
_MOST_IN_ONE = 4  # numbers glued together
_RUN = re.compile(rf"(?:[(（]0\d{{2,3}}[)）]|\d)[\d{_HYPHEN}]*(?:\s?(?:转|轉|分机|分機)\s?\d{{1,5}})?")
_FIRM = re.compile(r"[\n；;]+|[、，,/／](?![^（(]*[）)])|(?<=\d)\s*(?:或|和)\s*(?=\d)")
_BETWEEN = " \t　:：,，、。（()）"
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Phone:
    """One number as entered and whose it is; a text without any number stands as ``owner`` alone."""

    owner: str
    number: str

    @property
    def text(self) -> str:
        """Return the line that is printed."""
        return " ".join(filter(None, (self.owner, self.number)))


def joined(phones: Sequence[Phone]) -> str:
    """Return numbers as one text, each on a line of its own."""
    return "\n".join(phone.text for phone in phones)


def parted(text: str) -> list[Phone]:
    """Return the numbers in a text as it was typed or stands in a cell; what runs together stays together."""
    found: list[Phone] = []
    for piece in _FIRM.split(text):
        if piece and piece.strip():
            found += _of_piece(piece.strip())
    return found


def _of_piece(piece: str) -> Iterator[Phone]:
    runs = [run for run in _RUN.finditer(piece) if sum(map(str.isdigit, run[0])) >= _FEWEST and len(run[0]) <= _LONGEST]
    if not runs:
        yield Phone(piece, "")
        return
    start = 0
    for place, run in enumerate(runs):
        before = piece[start : run.start()].strip(_BETWEEN)
        start = run.end()
        last = place == len(runs) - 1
        after = piece[run.end() :].strip(_BETWEEN) if last else ""
        yield Phone(f"{before}（{after}）" if before and after else before or after, run[0].strip())


_FEWEST = 5  # digits of a number


def split_proposed(number: str) -> tuple[str, ...]:
    """Return the numbers that stand in one without a gap, where there is one way to part them; else nothing."""
    plain = number.strip()
    if _ONE.fullmatch(plain):
        return ()
    ways = [way for way in _ways(plain, _MOST_IN_ONE) if len(way) > 1]
    alike = [way for way in ways if len({len(one) for one in way}) == 1]
    chosen = alike if len(alike) == 1 else ways
    return chosen[0] if len(chosen) == 1 else ()


def _ways(text: str, most: int) -> Iterator[tuple[str, ...]]:
    if not text:
        yield ()
    if not text or most == 0:
        return
    for end in range(_FEWEST, len(text) + 1):
        one = text[:end]
        if _GLUED_ONE.fullmatch(one):
            for rest in _ways(text[end:], most - 1):
                yield (one, *rest)


_GLUED_ONE = re.compile(rf"0\d{{2,3}}[{_HYPHEN}]?[2-9]\d{{6,7}}|1[3-9]\d{{9}}|{'|'.join(SHORT)}|{_LOCAL}")


def with_splits(text: str) -> str:
    """Return a text with glued numbers parted as proposed."""
    lines = []
    for phone in parted(text):
        parts = split_proposed(phone.number) or (phone.number,)
        lines += [Phone(phone.owner, part) for part in parts]
    return joined(lines)


def doubts(phone: Phone) -> list[str]:
    """Return what is not as it should be in a number, as sentences; an empty list where all is well."""
    number = phone.number
    if not number:
        return [f"「{phone.owner[:30]}」裏沒有電話號碼。"]
    if re.fullmatch(_MOBILE, number):
        return [f"「{number}」是手機號碼，屬個人信息，公開前請核實能不能公布。"]
    if re.fullmatch(rf"{_LOCAL}{_EXTENSION}", number):
        return [f"「{number}」沒有區號，外地打不通。"]
    if _ONE.fullmatch(number):
        return []
    parts = split_proposed(number)
    if parts:
        return [f"「{number}」像是{len(parts)}個號碼連在一起：{'、'.join(parts)}。"]
    return [f"「{number}」的位數不像電話號碼，請核對。"]
