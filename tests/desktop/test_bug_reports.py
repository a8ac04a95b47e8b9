"""What is written of a bug: the places in the code, and nothing that anyone entered."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db import vault
from db.database import Database
from desktop.app import tell_bugs
from desktop.desk import Desk
from desktop.errors import write_report
from tests.db.vaults import PASSWORD, traces, with_password

NUMBER = "430102199001011234"


def failure(database: Database) -> BaseException:
    """A bug on whose way the number and the password are at hand."""
    number, password, keys = NUMBER, PASSWORD, vault.keyring(database)
    try:
        int(f"{number} {password} {keys!r}")
    except ValueError as error:
        return error
    raise AssertionError


def test_a_report_quotes_neither_message_nor_values(desk: Desk, tmp_path: Path) -> None:
    key = with_password(desk.database)
    path = write_report(failure(desk.database), tmp_path / "報告")
    report = path.read_text(encoding="utf-8")
    assert "ValueError" in report
    assert traces(path.parent, [NUMBER, PASSWORD, key]) == []


def test_a_failed_statement_does_not_quote_what_was_to_be_stored(desk: Desk) -> None:
    with pytest.raises(DBAPIError) as caught, desk.database.reading() as session:
        session.execute(text("INSERT INTO no_such_table VALUES (:number)"), {"number": NUMBER})
    assert NUMBER not in str(caught.value)


def test_a_bug_in_a_slot_leaves_no_words_on_the_console(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    tell_bugs(desk)
    with_password(desk.database)
    bug = failure(desk.database)
    told: list[BaseException] = []
    desk.troubled.connect(told.append)
    sys.excepthook(type(bug), bug, bug.__traceback__)
    assert told == [bug]
    err = capsys.readouterr().err
    assert "ValueError" in err
    assert "test_bug_reports" in err
    assert NUMBER not in err
    assert PASSWORD not in err
