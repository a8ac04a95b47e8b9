"""Short codes: one wrong or swapped character is caught, and no two tasks share one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import assignments, planstore, proposals
from db.codes import SIGNS, check_sign, find_codes, free_mark, is_valid, make_code, tidy
from db.database import Database
from db.errors import Refused
from tests.db import worlds

HAN = [chr(point) for point in range(0x4E00, 0x9FFF)]
codes = st.builds(
    make_code,
    year=st.integers(2000, 2099),
    mark=st.builds(
        lambda han, serial: han + serial, st.sampled_from(HAN), st.from_regex(r"[0-9]{0,4}", fullmatch=True)
    ),
    point=st.integers(1, 9999),
    number=st.integers(1, 999),
)


@given(codes)
def test_a_code_is_valid_however_it_is_typed(code: str) -> None:
    full_width = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in code)
    for typed in (code, code.lower(), f" {code} ", code.replace("-", "—"), full_width):
        assert tidy(typed) == code
    assert is_valid(code)
    assert find_codes(f"見{code}。") == [code]


@given(codes, st.data())
def test_any_one_wrong_character_is_caught(code: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from([char for char in SIGNS + "-BIOSZ" if char != code[place]]))
    assert not is_valid(code[:place] + other + code[place + 1 :])


@given(codes, st.data())
def test_any_two_swapped_characters_are_caught(code: str, data: st.DataObject) -> None:
    one, two = sorted(data.draw(st.lists(st.integers(0, len(code) - 1), min_size=2, max_size=2, unique=True)))
    swapped = code[:one] + code[two] + code[one + 1 : two] + code[one] + code[two + 1 :]
    assert swapped == code or not is_valid(swapped)


@given(codes, st.data())
def test_one_lost_character_is_caught_by_its_form_or_sign_nearly_always(code: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, 2))  # the year or the mark
    assert not is_valid(code[:place] + code[place + 1 :])


@given(st.lists(st.sampled_from(HAN), min_size=1, max_size=40), st.sets(st.sampled_from(HAN), max_size=10))
def test_a_wrong_mark_never_stands_for_another_plan(wanted: list[str], others: set[str]) -> None:
    taken = {f"{char}16" for char in others}
    mark = free_mark(wanted, suffix="16", taken=taken)
    assert mark not in taken
    for other in taken - {mark}:  # the mark of one plan typed for that of another
        body = f"22-{mark}-07-2"
        wrong = body.replace(mark, other) + check_sign(body)
        assert mark[0] == other[0] or not is_valid(wrong)


def test_the_tasks_of_many_plans_have_different_codes(database: Database) -> None:
    for number in range(6):
        draft = worlds.draft(name=f"通知{number}.txt")
        plan = planstore.store(database, draft=draft, again=True).ids("plan")[0]
        proposals.propose(database, plan=plan)
    made = worlds.codes(database)
    assert len(set(made)) == len(made) == 18
    assert all(map(is_valid, made))


def test_a_number_in_full_width_digits_makes_a_code_that_can_be_typed(database: Database) -> None:
    plan = planstore.store(database, draft=replace(worlds.draft(), doc_no="清政辦發〔２０２２〕１６號")).ids("plan")[0]
    proposals.propose(database, plan=plan)
    assert worlds.codes(database)[0].startswith("22-政16-01-1")


def test_a_typed_code_finds_its_task_or_says_why_not(database: Database) -> None:
    worlds.divided(database)
    code = worlds.codes(database)[0]
    with database.reading() as session:
        assert assignments.by_code(session, code.lower().replace("-", "－")).code == code
        with pytest.raises(Refused, match="有錯字"):
            assignments.by_code(session, code[:-1] + ("A" if code[-1] != "A" else "C"))
        with pytest.raises(Refused, match="臺賬裏沒有"):
            assignments.by_code(session, make_code(year=2031, mark="政9", point=1, number=1))
