"""The recovery key: read back however it is typed, and the group with the slip is named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import codes, recovery
from db.errors import Refused

few = settings(max_examples=40, deadline=None)
keys = st.builds(recovery.new_key)


@few
@given(keys)
def test_a_key_is_read_as_it_is_printed(key: str) -> None:
    assert recovery.tidy(key) == key
    assert len(recovery.wrapping_key(key)) == 32


@few
@given(keys)
def test_a_key_is_read_in_small_letters_full_width_and_with_what_is_mistaken(key: str) -> None:
    full_width = "".join(chr(ord(sign) + 0xFEE0) for sign in key)
    mistaken = key.replace("0", "o").replace("1", "I").replace("8", "b").replace("5", "S").replace("2", "z")
    for typed in (key.lower(), key.replace("-", " "), f"  {key.replace('-', '')}\n", full_width, mistaken):
        assert recovery.wrapping_key(typed) == recovery.wrapping_key(key)


@few
@given(keys, st.integers(0, recovery.GROUPS * 5 - 1), st.sampled_from(codes.SIGNS))
def test_one_wrong_sign_is_told_by_its_group(key: str, at: int, sign: str) -> None:
    signs = key.replace("-", "")
    if signs[at] == sign:
        return
    with pytest.raises(Refused, match=f"第 {at // 5 + 1} 組"):
        recovery.tidy(signs[:at] + sign + signs[at + 1 :])


@few
@given(keys, st.integers(0, recovery.GROUPS - 2))
def test_two_exchanged_groups_are_told(key: str, at: int) -> None:
    groups = key.split("-")
    if groups[at] == groups[at + 1]:
        return
    groups[at], groups[at + 1] = groups[at + 1], groups[at]
    with pytest.raises(Refused, match=f"第 {at + 1} 組"):
        recovery.tidy("-".join(groups))


def test_a_key_cut_short_is_told() -> None:
    with pytest.raises(Refused, match="34 個字符"):
        recovery.tidy(recovery.new_key()[:-1])
    with pytest.raises(Refused, match="0 個字符"):
        recovery.tidy("")
