"""Applying what came back (收回): exactly the plan that was shown, as one operation, after a snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import newmatters, reports
from db.changes import Changes
from db.comparing import Standing, standings
from db.database import Change, Database
from db.errors import Refused
from db.models import Assignment, DispatchRow, DispatchSheet, ProgressEntry, ReturnedFile, StoredFile
from db.originals import keep_file
from db.outgoing import FIELDS
from db.progress import carry_over
from db.returns import PlanCell, PlanFile, ReturnPlan, Target
from db.terms import ReturnState, TaskState, Verdict

SOURCE = "收回"
_KEPT = frozenset({ReturnState.RECOGNISED, ReturnState.SUPERSEDED, ReturnState.OTHER_UNIT, ReturnState.OTHER_YEAR})
_REPORTED = frozenset({Verdict.INVALID, Verdict.CONFLICT, Verdict.PROPOSAL})


def apply(database: Database, *, plan: ReturnPlan) -> Changes:
    """Write the accepted cells of a plan and keep the files with their hashes; a snapshot is taken before.

    Every accepted row becomes a new entry, so that nothing is overwritten. Raises :class:`Refused`, with nothing
    changed, where a row has moved since the plan was made or a file was brought in meanwhile.
    """
    from db import backup  # keeps reading free of it

    with database.reading() as session:
        _refuse_moved(session, plan)
    backup.snapshot(database.path, reason="import", folder=database.backup_folder())
    with database.change("收回", operation="collect.apply") as change:
        _refuse_moved(change.session, plan)
        _Application(change, plan).run()
    return change.changes


def _refuse_moved(session: Session, plan: ReturnPlan) -> None:
    now = standings(session, {target.period for target in plan.tokens})
    blank = Standing(0, {})
    for target, token in plan.tokens.items():
        if now.get(target, blank).token != token:
            task = session.get(Assignment, target.assignment)
            raise Refused(
                "「{code}」在預覽之後又改過，沒有套用。請重新收回一次，核對後再套用。", code=task.code if task else "?"
            )
    hashes = [file.sha256 for file in plan.files if file.state in _KEPT]
    known = select(ReturnedFile.name).join(StoredFile, ReturnedFile.file_id == StoredFile.id)
    for start in range(0, len(hashes), 500):
        name = session.scalars(known.where(StoredFile.sha256.in_(hashes[start : start + 500]))).first()
        if name is not None:
            raise Refused("「{name}」在預覽之後已經收回，沒有再套用。", name=name)


@dataclass(slots=True)
class _Application:
    """The running operation."""

    change: Change
    plan: ReturnPlan

    def run(self) -> None:
        """Write entries, files, the register; say in the title how much it was."""
        proposed = [cell for cell in self.plan.accepted if cell.verdict is Verdict.PROPOSAL]
        accepted = [cell for cell in self.plan.accepted if cell.verdict is not Verdict.PROPOSAL]
        now = standings(self.change.session, {cell.target.period for cell in accepted if cell.target is not None})
        leads = self._leads({cell.target.assignment for cell in accepted if cell.target is not None})
        rows: dict[Target, list[PlanCell]] = {}
        for cell in accepted:
            assert cell.target is not None
            rows.setdefault(cell.target, []).append(cell)
        for target, cells in sorted(rows.items()):
            self._entry(target, cells, now.get(target), leads[target.assignment])
        added = 0
        made = newmatters.enter(self.change.session, files=self.plan.files, cells=proposed, notes=self.change.notes)
        for task, target, cells in made:
            added += 1
            if cells:
                self._entry(target, cells, None, task)
        kept = [file for file in self.plan.files if file.state in _KEPT]
        by_file: dict[int, list[PlanCell]] = {}
        for cell in self.plan.cells:
            by_file.setdefault(cell.file, []).append(cell)
        for place, file in enumerate(self.plan.files):
            if file.state in _KEPT:
                self._keep(place, file, by_file.get(place, []))
        self._returned()
        self.change.title = f"收回 {len(kept)} 份，採納 {len(accepted)} 格" + (f"，新增 {added} 項" if added else "")

    def _leads(self, ids: set[int]) -> dict[int, Assignment]:
        found: dict[int, Assignment] = {}
        wanted = sorted(ids)
        for start in range(0, len(wanted), 500):
            query = select(Assignment).where(Assignment.id.in_(wanted[start : start + 500]))
            found |= {task.id: task for task in self.change.session.scalars(query)}
        return found

    def _entry(self, target: Target, cells: Sequence[PlanCell], now: Standing | None, task: Assignment) -> None:
        values: dict[str, Any] = dict.fromkeys(FIELDS) | dict(now.values if now else {})
        values |= {cell.field: cell.returned for cell in cells}
        name = self.plan.files[cells[0].file].name
        state = TaskState(values["status"]) if values["status"] else None
        leads = task.lead_id == target.unit
        led_before = reports.of_lead(self.change.session, task) if leads else []
        self.change.session.add(
            ProgressEntry(
                assignment_id=target.assignment,
                unit_id=target.unit,
                period=target.period,
                percent=values["percent"],
                state=state,
                text=values["text"] or "",
                problem=values["problem"] or "",
                next_step=values["next_step"] or "",
                finished_on=date.fromisoformat(values["finished_on"]) if values["finished_on"] else None,
                source=f"{SOURCE}：{name}",
            )
        )
        if leads:
            self.change.session.flush()
            carry_over(self.change.session, task, led_before, reports.of_lead(self.change.session, task))

    def _keep(self, place: int, file: PlanFile, cells: Sequence[PlanCell]) -> None:
        session = self.change.session
        session.add(
            ReturnedFile(
                sheet_id=file.sheet_id,
                unit_id=file.unit_id,
                file_id=keep_file(session, name=file.name, content=file.content).id,
                name=file.name[:255],
                state=file.state,
                received_at=file.received,
                late=file.late,
                detail=file.detail,
                report={
                    "modified": file.modified.isoformat() if file.modified else None,
                    "returned": self._returned_values(file, cells),
                    "cells": [_told(cell) for cell in cells if cell.verdict in _REPORTED],
                    "missing": [code for one, code in self.plan.missing if one == place],
                },
            )
        )

    def _returned_values(self, file: PlanFile, cells: Sequence[PlanCell]) -> list[dict[str, Any]]:
        """Return what the unit said, by sheet and code: the base of its next return."""
        if file.state is not ReturnState.RECOGNISED:
            return []
        said = [c for c in cells if c.target and c.row_id and c.found and c.verdict is not Verdict.INVALID]
        sheets = self._sheets({cell.row_id for cell in said if cell.row_id})
        rows: dict[int, dict[str, Any]] = {}
        for cell in said:
            assert cell.row_id is not None
            row = rows.setdefault(cell.row_id, {"sheet": sheets[cell.row_id], "code": cell.code, "values": {}})
            row["values"][cell.field] = cell.returned
        return list(rows.values())

    def _sheets(self, rows: set[int]) -> Mapping[int, int]:
        found: dict[int, int] = {}
        wanted = sorted(rows)
        for start in range(0, len(wanted), 500):
            query = select(DispatchRow.id, DispatchRow.sheet_id).where(DispatchRow.id.in_(wanted[start : start + 500]))
            found |= {row.id: row.sheet_id for row in self.change.session.execute(query)}
        return found

    def _returned(self) -> None:
        """Note in the register which sheets have come back."""
        session = self.change.session
        back: dict[int, datetime] = {}
        said: dict[int, set[int]] = {}
        for cell in self.plan.cells:
            if cell.found and cell.row_id and cell.target:
                said.setdefault(cell.file, set()).add(cell.row_id)
        for place, rows in said.items():
            file = self.plan.files[place]
            if file.state is ReturnState.RECOGNISED:
                for sheet in set(self._sheets(rows).values()):
                    back[sheet] = max(back.get(sheet, file.received), file.received)
        for sheet_id, moment in back.items():
            answered = session.get_one(DispatchSheet, sheet_id)
            if answered.returned_at is None:
                answered.returned_at = moment


def _told(cell: PlanCell) -> dict[str, Any]:
    """Return a cell that was not simply taken, as it is kept for sending back."""
    return {
        "sheet": cell.sheet,
        "cell": cell.cell,
        "code": cell.code,
        "field": cell.field,
        "found": cell.found,
        "returned": cell.returned,
        "verdict": cell.verdict.value,
        "problem": cell.problem,
        "accepted": cell.accepted,
    }
