"""Mappings of columns: kept by headings, found again, carried to another office."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import mappings, undo
from db.database import Database, open_database
from db.errors import Refused, UnreadableInput
from db.mappings import Settled

HEADINGS = ("序號", "工作任務", "進展情況")


def keep(database: Database, name: str = "省表", headings: tuple[str, ...] = HEADINGS, field: str = "progress") -> int:
    changes = mappings.remember(
        database, purpose="upward", name=name, headings=headings, fields={0: "sequence", 1: "text", 2: field}
    )
    return changes.batch or 0


def recalled(database: Database, headings: tuple[str, ...] = HEADINGS, purpose: str = "upward") -> Settled | None:
    with database.reading() as session:
        return mappings.recall(session, purpose=purpose, headings=headings)


def test_a_mapping_is_found_by_its_headings_in_either_script(database: Database) -> None:
    keep(database)
    found = recalled(database, ("序 号", "工作任务", "进展情况"))
    assert found is not None
    assert (found.name, found.fields[2]) == ("省表", "progress")
    assert recalled(database, (*HEADINGS, "備註")) is None
    assert recalled(database, purpose="progress") is None


def test_a_corrected_mapping_takes_the_place_of_the_first(database: Database) -> None:
    keep(database)
    batch = keep(database, field="problem")
    found = recalled(database)
    assert found is not None
    assert found.fields[2] == "problem"
    undo.undo(database, batch=batch)
    again = recalled(database)
    assert again is not None
    assert again.fields[2] == "progress"


def test_the_same_mapping_again_changes_nothing(database: Database) -> None:
    assert keep(database)
    assert keep(database) == 0


def test_a_name_means_one_kind_of_sheet(database: Database) -> None:
    keep(database)
    with pytest.raises(Refused):
        keep(database, headings=("序號", "任務", "情況"))
    with database.reading() as session:
        assert mappings.named(session, purpose="upward", name="省表").headings == HEADINGS
        with pytest.raises(Refused, match="省表"):
            mappings.named(session, purpose="upward", name="市表")


def test_a_mapping_can_be_forgotten(database: Database) -> None:
    keep(database)
    mappings.forget(database, purpose="upward", name="省表")
    assert recalled(database) is None


def test_mappings_go_to_another_office(database: Database, fresh_file: Path, tmp_path: Path) -> None:
    keep(database)
    with database.reading() as session:
        text = mappings.to_json(session)
    (tmp_path / "他.db").write_bytes(fresh_file.read_bytes())
    other = open_database(tmp_path / "他.db")
    mappings.bring_in(other, text=text, source="對應.json")
    assert recalled(other) == recalled(database)
    assert mappings.bring_in(other, text=text, source="對應.json").batch is None
    other.release()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"mappings": [{"name": "甲"}]}',
        '{"mappings": [{"purpose": "無此用途", "name": "甲", "headings": ["a"], "fields": {"0": "text"}}]}',
        '{"mappings": [{"purpose": "upward", "name": "甲", "headings": ["a"], "fields": {"7": "text"}}]}',
        '{"mappings": [{"purpose": "upward", "name": "甲", "headings": [1], "fields": {}}]}',
    ],
)
def test_a_document_that_is_none_is_refused_whole(database: Database, text: str) -> None:
    with pytest.raises(UnreadableInput, match=r"對應\.json"):
        mappings.bring_in(database, text=text, source="對應.json")
    with database.reading() as session:
        assert mappings.listed(session) == []
