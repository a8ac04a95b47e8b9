"""The three-way rule and its laws."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from db.merge import ERASED, NOTHING, Answer, Blank, Sides, Value, lowers, merge_row, settle, wanted
from db.terms import Verdict

VALUES = some.sampled_from([None, "", "甲", "乙", 0, 40, 60, date(2022, 6, 30)])
ANSWERS = some.one_of(some.just(NOTHING), some.just(ERASED), some.builds(Answer, VALUES))
ROWS = some.dictionaries(some.sampled_from(["percent", "text", "problem"]), some.builds(Sides, VALUES, VALUES, ANSWERS))
MIRRORED = {Verdict.TAKEN: Verdict.KEPT, Verdict.KEPT: Verdict.TAKEN}


@pytest.mark.parametrize(
    ("base", "ledger", "answer", "verdict"),
    [
        (None, None, NOTHING, Verdict.UNCHANGED),
        (None, None, Answer(60), Verdict.TAKEN),
        (40, 55, NOTHING, Verdict.KEPT),
        (40, 55, Answer(40), Verdict.KEPT),
        (40, 60, Answer(60), Verdict.SAME),
        (40, 55, Answer(60), Verdict.CONFLICT),
        ("甲", "甲", ERASED, Verdict.TAKEN),
        ("甲", "甲", NOTHING, Verdict.UNCHANGED),
        ("", None, ERASED, Verdict.UNCHANGED),
        (None, 0, Answer(0), Verdict.SAME),
        (None, None, Answer(0), Verdict.TAKEN),
    ],
)
def test_verdicts(base: Value, ledger: Value, answer: Answer, verdict: Verdict) -> None:
    assert merge_row({"percent": Sides(base, ledger, answer)})["percent"].verdict is verdict


def test_a_blank_cell_erases_only_where_the_clerk_says_so() -> None:
    row = {"text": Sides("甲", "甲", NOTHING)}
    assert merge_row(row)["text"].verdict is Verdict.UNCHANGED
    erased = merge_row(row, blank=Blank.ERASE)["text"]
    assert (erased.verdict, erased.returned) == (Verdict.TAKEN, None)


def test_changes_of_both_sides_in_different_cells_of_a_row_are_marked() -> None:
    row = {"percent": Sides(40, 55), "text": Sides(None, None, Answer("甲")), "problem": Sides(None, None)}
    outcome = merge_row(row)
    assert {key for key, one in outcome.items() if one.parallel} == {"percent", "text"}


def test_a_row_changed_by_one_side_only_is_not_parallel() -> None:
    row = {"percent": Sides(40, 40, Answer(60)), "text": Sides(None, None, Answer("甲"))}
    assert not any(one.parallel for one in merge_row(row).values())


@pytest.mark.parametrize(
    ("before", "returned", "lower"), [(60, 40, True), (60, 60, False), (None, 0, False), (0, 5, False)]
)
def test_a_lower_percentage_is_noticed(before: int | None, returned: int, lower: bool) -> None:  # noqa: FBT001
    assert lowers(before, returned) is lower


@settings(max_examples=200)
@given(VALUES, VALUES, VALUES)
def test_the_rule_is_symmetric(base: Value, ledger: Value, returned: Value) -> None:
    verdict = settle(base, ledger, returned)
    assert settle(base, returned, ledger) is MIRRORED.get(verdict, verdict)


@settings(max_examples=200)
@given(ROWS, some.sampled_from(Blank))
def test_what_was_taken_changes_nothing_the_second_time(row: dict[str, Sides], blank: Blank) -> None:
    first = merge_row(row, blank=blank)
    after = {
        key: Sides(
            sides.base, first[key].returned if first[key].verdict is Verdict.TAKEN else sides.ledger, sides.answer
        )
        for key, sides in row.items()
    }
    assert all(one.verdict is not Verdict.TAKEN for one in merge_row(after, blank=blank).values())


@settings(max_examples=200)
@given(ROWS, some.sampled_from(Blank))
def test_nothing_returned_is_dropped(row: dict[str, Sides], blank: Blank) -> None:
    """A value that came back stands in the ledger already, is taken, or is shown as different."""
    outcome = merge_row(row, blank=blank)
    assert outcome.keys() == row.keys()
    for key, sides in row.items():
        one = outcome[key]
        assert one.returned == wanted(sides.base, sides.answer, blank=blank)
        holds = (sides.ledger or None if sides.ledger == "" else sides.ledger) == one.returned
        assert holds == (one.verdict in (Verdict.UNCHANGED, Verdict.SAME))
        if one.verdict is Verdict.KEPT:
            assert one.returned == (None if sides.base == "" else sides.base)
