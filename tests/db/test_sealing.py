"""Sealing: what was sealed comes back for its own place and key only, and nothing tells the keys."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.sealing import BOX_OVERHEAD, TEXT_OVERHEAD, Keyring, SealBroken, boxed

PLACE = "payment.sealed"
KEYS = Keyring(b"k" * 32)
few = settings(max_examples=40, deadline=None)


@few
@given(st.text(max_size=200))
def test_a_text_comes_back_as_it_was(text: str) -> None:
    sealed = KEYS.seal(text, PLACE)
    assert KEYS.open(sealed, PLACE) == text
    assert len(sealed) == len(text.encode()) + TEXT_OVERHEAD


@few
@given(st.binary(max_size=500))
def test_a_file_comes_back_as_it_was(content: bytes) -> None:
    box = boxed(KEYS.public, content, PLACE)
    assert KEYS.open_box(box, PLACE) == content
    assert len(box) == len(content) + BOX_OVERHEAD


@few
@given(st.text(max_size=30), st.data())
def test_one_changed_byte_is_told(text: str, data: st.DataObject) -> None:
    for sealed, opens in (
        (KEYS.seal(text, PLACE), KEYS.open),
        (boxed(KEYS.public, text.encode(), PLACE), KEYS.open_box),
    ):
        at = data.draw(st.integers(0, len(sealed) - 1))
        spoilt = bytes([*sealed[:at], sealed[at] ^ (1 << data.draw(st.integers(0, 7))), *sealed[at + 1 :]])
        with pytest.raises(SealBroken, match="解不開"):
            opens(spoilt, PLACE)


@few
@given(st.binary(max_size=70))
def test_what_was_never_sealed_is_told_as_broken(content: bytes) -> None:
    for opens in (KEYS.open, KEYS.open_box):
        with pytest.raises(SealBroken):
            opens(content, PLACE)


def test_a_value_moved_to_another_column_does_not_open() -> None:
    with pytest.raises(SealBroken, match=r"payment\.account"):
        KEYS.open(KEYS.seal("430102199001011234", PLACE), "payment.account")


def test_the_same_text_is_never_sealed_the_same_but_has_one_digest() -> None:
    assert KEYS.seal("430102199001011234", PLACE) != KEYS.seal("430102199001011234", PLACE)
    assert KEYS.digest("430102199001011234") == KEYS.digest("430102199001011234")
    assert KEYS.digest("430102199001011234") != KEYS.digest("430102199001011235")
    assert Keyring(b"o" * 32).digest("430102199001011234") != KEYS.digest("430102199001011234")


def test_another_key_opens_nothing() -> None:
    other = Keyring(b"o" * 32)
    with pytest.raises(SealBroken):
        other.open(KEYS.seal("甲", PLACE), PLACE)
    with pytest.raises(SealBroken):
        other.open_box(boxed(KEYS.public, b"a", PLACE), PLACE)


def test_keys_are_neither_shown_nor_pickled() -> None:
    assert repr(KEYS) == "<Keyring>"
    with pytest.raises(TypeError):
        pickle.dumps(KEYS)
