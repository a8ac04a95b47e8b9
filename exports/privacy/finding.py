"""Something private in a file: where it stands, what it is, and as much of it as may be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from db.private import Hit
from db.terms import PrivateKind


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: a phrase of ours in traditional characters, and its facts (names of sheets, cells, pages)."""

    template: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.facts)

    def told(self, convert: Callable[[str], str]) -> str:
        """Return the place with its fixed words passed through ``convert``."""
        return convert(self.template).format(**self.facts)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something private at ``place`` in ``file`` (its name). ``excerpt`` is masked; ``sure`` is false for 疑似."""

    file: str
    place: Place
    kind: PrivateKind
    excerpt: str = ""
    sure: bool = True

    def __str__(self) -> str:
        return self.told(str)

    def told(self, convert: Callable[[str], str]) -> str:
        """Return 「表「名單」單元格 F7：疑似銀行賬號 6217***0123」, our own words passed through ``convert``."""
        doubt = "" if self.sure else convert("疑似")
        return f"{self.place.told(convert)}：{doubt}{convert(self.kind.label)} {self.excerpt}".rstrip()


def found(file: str, place: Place, hit: Hit) -> Finding:
    """Return the finding of a hit at a place."""
    return Finding(file, place, hit.kind, hit.masked, hit.sure)
