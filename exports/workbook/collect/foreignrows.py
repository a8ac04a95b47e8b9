"""Which task of the ledger a row of a foreign sheet is: by code, by text, by number with a text that is like it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from db.numerals import ordinal
from db.sentrows import Sent, SentRow, SentSheet
from db.unsent import led
from exports.workbook.collect.rows import Match, RowFinder, code_key, folded, told_apart

LEAST_ALIKE, LEAST_WITH_NUMBER, AHEAD = 72.0, 45.0, 6.0
"""Likenesses from 0 to 100: to be asked, enough beside the same number, ahead of the next best."""
_WHOLE = 12
"""Signs from which a part of a task's text tells the task."""
_APART = "、,，;；/ \n"


class ForeignRows(RowFinder):
    """Finds rows among the tasks of one unit, or of all where ``unit`` is None: then each row names its own."""

    def __init__(self, against: Sent, own: SentSheet, *, mixed: bool) -> None:
        super().__init__(against, own)
        self.mixed = mixed
        self._against = against
        if mixed:
            self.rows = led(against.all_rows())
            self._by_code = {code_key(row.code): row for row in self.rows}

    def by_text(self, named: Mapping[str, str], *, taken: Collection[int]) -> Match:
        """Return the row that a line is most like; only one whose whole text is the same is sure."""
        rows = [row for row in self._candidates(named) if row.id not in taken]
        told = [_texts(row) for row in rows]
        wanted = {_wanted(named), folded(named.get("task", "")), folded(named.get("measure", ""))} - {""}
        if not wanted or not rows:
            return Match(None)
        whole = [row for row, texts in zip(rows, told, strict=True) if texts[0] == _wanted(named)]
        same = whole or [row for row, texts in zip(rows, told, strict=True) if wanted & set(texts)]
        if len(same) > 1:
            same = told_apart(same, named)
        if len(same) == 1:
            return Match(same[0], same[0].code)
        if same:
            return Match(None, "", f"與 {same[0].code} 等 {len(same)} 項任務文字相同，分不清是哪一項；請補上編號")
        return _likest(rows, [max(_score(one, text) for one in wanted for text in texts) for texts in told], named)

    def _candidates(self, named: Mapping[str, str]) -> list[SentRow]:
        """Return the rows of the unit that a line names, else all."""
        if not self.mixed:
            return self.rows
        unit = self._against.units.get(folded(_first_name(named.get("lead") or named.get("others") or "")))
        own = [sheet.id for sheet in self._against.sheets.values() if sheet.unit_id == unit]
        return self._against.rows(own[0]) if own else self.rows


def _first_name(text: str) -> str:
    for sign in _APART:
        text = text.strip().partition(sign)[0]
    return text


def _wanted(named: Mapping[str, str]) -> str:
    return folded(named.get("task", "")) + folded(named.get("measure", ""))


def _texts(row: SentRow) -> tuple[str, ...]:
    """Return what a row may be called: task and measure, either alone."""
    task, measure = folded(row.sent.get("task") or ""), folded(row.sent.get("measure") or "")
    return tuple(text for text in (task + measure, task, measure) if text)


def _likest(rows: Sequence[SentRow], scores: Sequence[float], named: Mapping[str, str]) -> Match:
    ranked = sorted(zip(scores, range(len(rows)), strict=True), reverse=True)
    number = ordinal(named.get("sequence", ""))
    same = [one for one in ranked if number is not None and rows[one[1]].sent.get("number") == number]
    for some, least, how in ((ranked, LEAST_ALIKE, "文字相近"), (same, LEAST_WITH_NUMBER, "序號相同、文字相近")):
        ahead = len(some) == 1 or (len(some) > 1 and some[0][0] - some[1][0] >= AHEAD)
        if ahead and some[0][0] >= least:
            row = rows[some[0][1]]
            return Match(row, row.code, f"沒有編號，因{how}認作「{row.code}」，請確認", sure=False)
    return Match(None)


def _score(text: str, other: str) -> float:
    from rapidfuzz import fuzz

    whole = float(fuzz.ratio(text, other))
    if min(len(text), len(other)) < _WHOLE:
        return whole
    return max(whole, 0.97 * float(fuzz.partial_ratio(text, other)))
