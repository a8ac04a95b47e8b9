"""Lists on paper: register, reminders, contacts; as workbook and as PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pypdf
import pytest
from sqlalchemy import select

from db import dispatch, register, units
from db.database import Database, open_database
from db.errors import Refused
from db.models import DispatchSheet
from exports.lists.contacts import write_contacts
from exports.lists.reminders import write_reminders
from exports.safewrite import CannotWrite
from tests.db.worlds import divided

DUE = date(2022, 6, 28)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = open_database(tmp_path / "臺賬.db", operator="李")
    divided(made)
    with made.reading() as session:
        outgoing = dispatch.prepare(session, due_on=DUE)
    files = {sheet.token: dispatch.Written("甲.xlsx", "") for sheet in outgoing.sheets}
    dispatch.record(made, outgoing=outgoing, files=files, folder=tmp_path)
    yield made
    made.release()


def returned(database: Database, count: int) -> list[str]:
    """Let the first sheets return; return the names of the units still out."""
    with database.change("報回", operation="test") as change:
        for sheet in change.session.scalars(select(DispatchSheet).order_by(DispatchSheet.position).limit(count)):
            sheet.returned_at = datetime(2022, 6, 20, 9, 0)
    with database.reading() as session:
        return [row.unit for row in register.not_returned(session, dispatch=register.find(session))]


def cells(path: Path) -> list[str]:
    page = openpyxl.load_workbook(path).worksheets[0]
    return [str(cell.value) for line in page.iter_rows() for cell in line if cell.value is not None]


def remind(database: Database, target: Path, on: date) -> Path:
    with database.reading() as session:
        path, missing = write_reminders(session, target, dispatch=register.find(session), on=on)
    assert missing == ()
    return path


@pytest.mark.parametrize(("on", "late"), [(date(2022, 6, 28), "0"), (date(2022, 7, 1), "3")])
def test_only_units_that_have_not_returned_are_reminded(
    database: Database, tmp_path: Path, on: date, late: str
) -> None:
    out = returned(database, 1)
    found = cells(remind(database, tmp_path / "催報單.xlsx", on))
    with database.reading() as session:
        names = {row.unit for row in register.rows(session)}
    assert out
    assert [text for text in found if text in names] == out
    assert found.count(late) >= len(out)
    assert f"未报 {len(out)} 个" in " ".join(found)


def test_the_same_list_as_a_pdf(database: Database, tmp_path: Path) -> None:
    out = returned(database, 1)
    text = pypdf.PdfReader(remind(database, tmp_path / "催報單.pdf", DUE)).pages[0].extract_text()
    assert all(name in text for name in out)
    assert "2022年6月" in text


def test_nobody_is_reminded_when_all_have_returned(database: Database, tmp_path: Path) -> None:
    assert returned(database, 99) == []
    with pytest.raises(Refused):
        remind(database, tmp_path / "催報單.xlsx", DUE)
    assert not (tmp_path / "催報單.xlsx").exists()


def test_a_file_of_another_kind_is_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        remind(database, tmp_path / "催報單.docx", DUE)
    assert remind(database, tmp_path / "催報單", DUE).name == "催報單.xlsx"


def test_every_person_of_a_unit_is_on_the_list_of_contacts(database: Database, tmp_path: Path) -> None:
    with database.reading() as session:
        with pytest.raises(Refused):
            write_contacts(session, tmp_path / "通訊錄.xlsx")
        unit = register.rows(session)[0]
    people: list[Mapping[str, str]] = [
        {"name": "趙會計", "duty": "科長", "telephone": "0700-5550001", "email": "a@example.cn"},
        {"name": "錢主任", "duty": "", "telephone": "0700-5550002", "email": ""},
    ]
    units.set_contacts(database, unit=unit.unit_id, contacts=people)
    with database.reading() as session:
        path, count, _ = write_contacts(session, tmp_path / "通訊錄.xlsx")
    found = cells(path)
    assert count == 1
    assert found.count(unit.unit) == 2  # in the line of each person: a page may begin between them
    assert {"趙會計", "錢主任", "0700-5550001", "0700-5550002", "a@example.cn"} <= set(found)
