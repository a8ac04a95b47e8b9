"""Rows of a payment sheet that are no payments: totals, the heading once more, and what begins another village."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from db.script import fold
from exports.payments import heading
from exports.payments.cells import Row, text_of
from exports.payments.heading import Heading
from exports.payments.whereabouts import Whereabouts

LABELS_WITHIN = 4
"""Texts of a row among which the word of a total stands."""
TITLE_CELLS = 3
"""Cells of a row that may be a title: its words, and what stands at the right of them."""
_BEHIND = r"(?:金额|资金|人民币|大写|户数|人数|笔数|发放|补贴|补助|[^\w]|\d|元|万元|$)"
_TOTAL = re.compile(rf"^.{{0,14}}?(?P<word>小计|合计|总计|共计|累计|总数|总额){_BEHIND}")
_SHORT_TOTAL = re.compile(r"^(?:(?:本|全|各)?[页组村社镇乡县]|以上)?(?:共?计|共)(?:\d+[户人笔].{0,6})?[:]?$")
_TOTAL_SIGNS = frozenset("计計总總共")


class Kind(Enum):
    """What a row that looks like a heading is: the sheet's own once more, or that of another table."""

    SAME = "same"
    OTHER = "other"


@dataclass(slots=True)
class Asides:
    """Knows them in one sheet; ``name`` is the column of names."""

    heading: Heading
    where: Whereabouts
    name: int
    _titles: list[str] = field(default_factory=list)
    _left: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Note the columns left of the names, where a row says what it is."""
        self._left = tuple(one.place for one in self.heading.columns if one.place < self.name)

    def total_word(self, row: Row, name: str) -> str:
        """Return the word of a total row (小計, 合計 …), empty for other rows."""
        if name:
            texts = [name] if not _TOTAL_SIGNS.isdisjoint(name) else []
            for place in self._left:
                value = row.get(place)
                if isinstance(value, str) and not _TOTAL_SIGNS.isdisjoint(value):
                    texts.append(text_of(value))
        else:
            texts = [text_of(row[place]) for place in sorted(row)[:LABELS_WITHIN] if isinstance(row[place], str)]
        for text in texts:
            folded = fold(text)
            found = _TOTAL.match(folded)
            if found is not None:
                return found["word"]
            if _SHORT_TOTAL.match(folded):
                return "小计" if folded.startswith(("本", "以上")) else "合计"
        return ""

    def heading_again(self, row: Row) -> Kind | None:
        """Tell whether a row is a heading, and which."""
        if heading.is_repeated(self.heading, row):
            return Kind.SAME
        return Kind.OTHER if heading.is_heading(row) else None

    def begin_again(self) -> str:
        """Take what the titles above a repeated heading say; return the unit of sums that they give, else empty."""
        titles, self._titles = self._titles, []
        self.where.begin_again(titles)
        return heading.money_told(titles)

    def payment(self) -> None:
        """Forget the titles that no heading followed."""
        if self._titles:
            self._titles = []

    def note(self, row: Row) -> bool:
        """Note a row that holds no payment; tell whether it says of which village the next rows are."""
        texts = [text for value in row.values() if isinstance(value, str) and (text := text_of(value))]
        if not texts or len(row) > TITLE_CELLS:
            return False
        self._titles += texts
        return self._names_village(texts, alone=len(row) == 1)

    def _names_village(self, texts: Sequence[str], *, alone: bool) -> bool:
        return any(self.where.section(text, alone=alone) for text in texts)
