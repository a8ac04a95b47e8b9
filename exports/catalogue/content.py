"""What the catalogue shows, once for every kind of file: its columns, its rows, and what is not stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db import policyphones
from db.errors import Refused
from db.settings import Office
from db.subsidyitems import BY_KEY, ENQUIRY, FURTHER, NOT_STATED, SEVEN, SUPERVISION, Item
from db.subsidylist import PolicyLine
from exports.lists.listing import day
from exports.words import Words, printable, words_of


@dataclass(frozen=True, slots=True)
class Lacking:
    """A policy and the labels of those of its seven items that nobody stated."""

    policy: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: the key of its item, its title as printed."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The finished content, all texts as printed. Each row has one text for each heading; ``public`` are hotlines."""

    title: str
    issuer: str
    on: date
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]
    lacking: tuple[Lacking, ...]
    public: tuple[str, ...]
    words: Words

    @property
    def particulars(self) -> tuple[str, str]:
        """Return what stands under the title, left and right."""
        fixed = self.words.fixed
        left = fixed("公布單位：") + self.issuer if self.issuer else fixed(f"共 {len(self.rows)} 項")
        return left, fixed(f"政策執行情況截至 {day(self.on)}")


def catalogue_of(
    lines: Sequence[PolicyLine], *, office: Office, on: date, further: Sequence[str] = (), issuer: str = ""
) -> Catalogue:
    """Return the catalogue of the policies that held on ``on``: the seven items in order, then ``further`` ones.

    ``issuer`` is the office's own name where it is empty. Raises :class:`Refused` for a further item that is none, and
    where there is no policy.
    """
    if not lines:
        raise Refused("{day}沒有執行中的補貼政策，目錄是空的。請先導入政策，或換一個日期。", day=day(on))
    words, items = words_of(office), _items(further)
    return Catalogue(
        title=printable(words.data(office.county) + words.fixed(f"{on.year}年惠民惠農財政補貼政策七公開目錄")),
        issuer=printable(words.data(issuer or office.office_name)),
        on=on,
        headings=tuple(Heading(item.key, words.fixed(item.label)) for item in items),
        rows=tuple(tuple(_shown(line, item, words) for item in items) for line in lines),
        lacking=lacking(lines),
        public=hotlines(lines),
        words=words,
    )


def lacking(lines: Sequence[PolicyLine]) -> tuple[Lacking, ...]:
    """Return the policies that do not state all seven items; to be shown before anything is printed."""
    return tuple(
        Lacking(line.values["name"], tuple(BY_KEY[key].label for key in line.missing)) for line in lines if line.missing
    )


def hotlines(lines: Sequence[PolicyLine]) -> tuple[str, ...]:
    """Return the numbers that stand in the catalogue on purpose: they are public, also where one is a mobile."""
    texts = (line.values.get(key, "") for line in lines for key in (ENQUIRY, SUPERVISION))
    return tuple(phone.number for text in texts for phone in policyphones.parted(text) if phone.number)


def _items(further: Sequence[str]) -> list[Item]:
    chosen = list(SEVEN)
    for name in further:
        found = next((item for item in FURTHER if name in (item.key, item.label)), None)
        if found is None:
            known = "、".join(item.label for item in FURTHER)
            raise Refused("目錄沒有「{name}」這一欄。可以加的有：{known}。", name=name, known=known)
        chosen.append(found)
    return chosen


def _shown(line: PolicyLine, item: Item, words: Words) -> str:
    text = line.values.get(item.key, "")
    if not text and item.seven:
        return words.fixed(NOT_STATED)
    return printable(words.data(text))
