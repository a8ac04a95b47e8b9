"""Looking through all that a posting would show before it is made: what is private, and what no font can print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from db.errors import Refused
from db.private import EVERYTHING, NUMBERS, find_private
from db.terms import PrivateKind
from exports.posting.content import GROUP, NAME, NOTE, Content
from exports.privacy.finding import Place

_FREE = frozenset({NAME, GROUP, NOTE})  # where an address may have been written


@dataclass(frozen=True, slots=True)
class Finding:
    """Something private that would be printed: where, what kind, and the number masked."""

    place: Place
    kind: PrivateKind
    masked: str

    def told(self, convert: Callable[[str], str]) -> str:
        """Return a sentence with our own words passed through ``convert``."""
        template = convert("{place}含有" + self.kind.label + "（{masked}）")
        return template.format(place=self.place.told(convert), masked=self.masked)

    def __str__(self) -> str:
        return self.told(str)


class PrivateFound(Refused):
    """A posting that would show something private; ``findings`` say where. Nothing was made."""

    def __init__(self, title: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            "「{title}」沒有製作：{count} 處含有個人信息，如{first}。"
            "請在發放表裏改正後重新導入；備註、組別也可以選擇不印。",
            title=title,
            count=len(findings),
            first=findings[0],
        )
        self.findings = findings


def refuse_private(content: Content) -> None:
    """Raise :class:`PrivateFound` where anything private would be printed."""
    findings = tuple(find(content))
    if findings:
        raise PrivateFound(content.title, findings)


def find(content: Content) -> Iterator[Finding]:
    """Yield what is private in the texts of a posting; hotlines are public."""
    allowed = content.public_numbers
    for place, text in _heads(content):
        for hit in find_private(text, allowed=allowed, kinds=NUMBERS):
            yield Finding(place, hit.kind, hit.masked)
    for section in content.sections:
        for column, heading in enumerate(section.headings):
            kinds = EVERYTHING if heading.key in _FREE else NUMBERS
            known: dict[str, tuple[tuple[PrivateKind, str], ...]] = {}
            for number, row in enumerate(section.rows, start=1):
                text = row[column]
                if text not in known:
                    hits = find_private(text, allowed=allowed, kinds=kinds)
                    known[text] = tuple((hit.kind, hit.masked) for hit in hits)
                for kind, masked in known[text]:
                    facts: dict[str, object] = {"policy": section.name, "row": number, "column": heading.title}
                    yield Finding(Place("「{policy}」第 {row} 行「{column}」", facts), kind, masked)


def _heads(content: Content) -> Iterable[tuple[Place, str]]:
    yield Place("標題"), content.title
    yield Place("公示說明"), content.lead
    for line in content.closing:
        yield Place("電話一行"), line
    yield Place("落款"), content.committee
    for section in content.sections:
        yield Place("補貼名稱"), section.name
        yield Place("「{policy}」的標準", {"policy": section.name}), section.about
