"""Who signs what is done when nobody said a name."""

from __future__ import annotations

import getpass

import pytest

from desktop.cli import account


def test_the_account_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "zhang")
    assert account() == "zhang"


def test_an_account_without_a_name_can_work_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise KeyError("getpwuid(): uid not found: 1000")

    monkeypatch.setattr(getpass, "getuser", unknown)
    assert account() == "未署名"
