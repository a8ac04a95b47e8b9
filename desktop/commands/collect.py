"""``taizhang ledger collect``: what came back from units, compared, shown, and on demand applied."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.commands.about import About, argument
from desktop.commands.collect_foreign import FOREIGN, foreign_choice, remember
from desktop.commands.context import Context, print_json

if TYPE_CHECKING:
    from db.merge import Value
    from db.returns import PlanCell, ReturnPlan

OURS, THEIRS, ASK = "ours", "theirs", "ask"
KEEP, ERASE = "keep", "erase"


def collect(context: Context, options: Namespace) -> int:
    """Report what files and folders would change; with ``--apply`` change it."""
    from db import collect as returns
    from db.comparing import Policy
    from db.merge import Blank
    from exports.workbook.collect.files import plan_returns

    policy = Policy(prefer=options.prefer, blank=Blank(options.blank))
    batch: int | None = None
    with context.database(writable=options.apply or bool(options.save)) as database:
        with database.reading() as session:
            choice, mapped = foreign_choice(session, options)
            plan = plan_returns(session, options.paths, policy, foreign=choice)
        if options.accept_proposals:
            plan = plan.choose_proposals(accept=True)
        remember(context, database, options, mapped)
        if options.apply:
            changes = returns.apply(database, plan=plan)
            batch = changes.batch
            if not options.json:
                context.tell(changes)
    if options.json:
        print_json(as_json(plan, batch))
    else:
        _tell(context, plan)
    return 1 if has_problems(plan) else 0


def errors(context: Context, options: Namespace) -> int:
    """Write what units have to mend as workbooks of their own rows."""
    from exports.workbook.collect.errorbook import write_errors

    with context.database(writable=False) as database, database.reading() as session:
        written = write_errors(session, batch=options.batch, folder=options.dir)
    context.table((one.unit, one.marked, one.path.name) for one in written)
    for one in written:
        if one.beside:
            context.say("{unit} 另有 {count} 處不在自己的行裏，請口頭說明。", unit=one.unit, count=one.beside)
    context.say("{count} 份已寫入：{folder}", count=len(written), folder=options.dir.absolute())
    return 0


def has_problems(plan: ReturnPlan) -> bool:
    """Tell whether anything needs the clerk: a file that was not merged, a cell in doubt."""
    from db.terms import ReturnState, Verdict

    fine = (ReturnState.RECOGNISED, ReturnState.DUPLICATE)
    doubts = (Verdict.CONFLICT, Verdict.INVALID, Verdict.PROPOSAL)
    return any(file.state not in fine for file in plan.files) or any(
        cell.verdict in doubts and not cell.accepted for cell in plan.cells
    )


def as_json(plan: ReturnPlan, batch: int | None) -> dict[str, Any]:
    """Return the plan in its stable JSON form."""
    return {
        "files": [
            {
                "path": file.path,
                "unit": file.unit or None,
                "dispatch": file.dispatch or None,
                "state": file.state.value,
                "late": file.late,
                "detail": file.detail,
            }
            for file in plan.files
        ],
        "cells": [_cell(plan, cell) for cell in plan.cells],
        "missing": [{"file": plan.files[file].path, "code": code} for file, code in plan.missing],
        "not_returned": list(plan.not_returned),
        "batch": batch,
    }


def _cell(plan: ReturnPlan, cell: PlanCell) -> dict[str, Any]:
    return {
        "file": plan.files[cell.file].path,
        "sheet": cell.sheet,
        "cell": cell.cell,
        "code": cell.code,
        "field": cell.field,
        "sent": _shown(cell.field, cell.sent),
        "ledger": _shown(cell.field, cell.ledger),
        "found": cell.found,
        "returned": _shown(cell.field, cell.returned),
        "parallel": cell.parallel,
        "verdict": cell.verdict.value,
        "problem": cell.problem,
    }


def _shown(field: str, value: Value) -> Value:
    """Return a value as people read it: a state by its label."""
    from db.terms import TaskState

    if field == "status" and isinstance(value, str) and value in set(TaskState):
        return TaskState(value).label
    return value


def _tell(context: Context, plan: ReturnPlan) -> None:
    from db.terms import Verdict

    shown = (Verdict.TAKEN, Verdict.CONFLICT, Verdict.INVALID, Verdict.PROPOSAL)
    for file in plan.files:
        totals = "　".join(f"{context.convert(one.label)} {file.totals.get(one, 0)}" for one in shown)
        late = context.convert("　遲報") if file.late else ""
        context.say(
            "{path}\t{unit}\t{state}{late}\t{totals}",
            path=file.path,
            unit=file.unit or "?",
            state=context.convert(file.state.label),
            late=late,
            totals=totals,
        )
        if file.detail:
            context.say("    {detail}", detail=context.convert(file.detail))
    for cell in plan.cells:
        if cell.problem or cell.verdict in shown[1:]:
            context.say(
                "{name}「{sheet}」{cell}\t{code}\t{verdict}\t{found}\t{problem}",
                name=plan.files[cell.file].name,
                sheet=cell.sheet,
                cell=cell.cell,
                code=cell.code,
                verdict=context.convert(cell.verdict.label),
                found=cell.found.replace("\n", " "),
                problem=context.convert(cell.problem),
            )
    for place, code in plan.missing:
        context.say("{name}\t缺行 {code}", name=plan.files[place].name, code=code)
    if plan.not_returned:
        context.say("未回：{units}", units="、".join(plan.not_returned))


_COLLECT = About(
    "collect",
    "收回各單位的表：比對、報告，加 --apply 才寫入",
    collect,
    (
        argument("paths", type=Path, nargs="+", metavar="PATH", help="文件、文件夾或 zip"),
        argument("--apply", action="store_true", help="按報告的結果寫入"),
        argument("--accept-proposals", action="store_true", help="把表裏新增的事項列為任務（臨時交辦）"),
        argument("--json", action="store_true", help="輸出 JSON"),
        argument("--prefer", choices=(OURS, THEIRS, ASK), default=ASK, help="衝突時以誰為準；默認留待核對"),
        argument("--blank", choices=(KEEP, ERASE), default=KEEP, help="空白格：不報（默認）或清除"),
        *FOREIGN,
    ),
)
_ERRORS = About(
    "errors",
    "把一次收回中要補正的內容寫成各單位的表",
    errors,
    (
        argument("batch", type=int, metavar="BATCH", help="收回的操作號"),
        argument("dir", type=Path, metavar="DIR", help="寫到這個文件夾"),
    ),
)
ABOUT = (_COLLECT, _ERRORS)
