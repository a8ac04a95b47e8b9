"""The shared strings of a workbook: searched once, told with the cells that show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from db.private import Hit, heads
from db.terms import PrivateKind
from exports.privacy.package import Package
from exports.privacy.sought import Sought
from exports.privacy.workbook import Workbook


@dataclass(slots=True)
class SharedStrings:
    """``hits`` by the number of the string; ``headings`` are the strings that head a column of accounts."""

    parts: frozenset[str] = frozenset()
    texts: list[str] = field(default_factory=list)
    headings: dict[int, PrivateKind] = field(default_factory=dict)
    hits: dict[int, list[Hit]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    @classmethod
    def read(cls, package: Package, book: Workbook | None, sought: Sought) -> SharedStrings:
        """Read and search the strings of a workbook; of another package there are none."""
        parts = [part for part in package.parts if part.filename.lower().endswith("xl/sharedstrings.xml")]
        if book is None or len(parts) != 1:
            return cls()  # two of one name: searched as any other part
        shared = cls(frozenset((parts[0].filename,)))
        beside: list[Any] = []
        for root in package.trees(parts[0], "sst", each="si"):
            shared.texts += ("".join(one.itertext()) for one in root if isinstance(one.tag, str))
            beside += root.xpath("//comment()/self::node()|//processing-instruction()|//@*")
        shared.headings = {at: kind for at, text in enumerate(shared.texts) if (kind := heads(text))}
        shared.texts += (one if isinstance(one, str) else one.text or "" for one in beside)  # no cell shows these
        for at, _, hit in sought.hits_by_piece((text, at) for at, text in enumerate(shared.texts)):
            shared.hits.setdefault(at, []).append(hit)
        return shared

    def unused(self) -> Iterator[tuple[int, list[Hit]]]:
        """Yield what was found in strings that no cell shows."""
        yield from ((at, hits) for at, hits in self.hits.items() if at not in self.used)
