"""Filling a superior's form: which mapping holds for it, the plan that is shown, the file that is written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.orm import Session

from db import ledger, mappings, settings
from db.errors import Refused
from db.mappings import Settled
from db.script import fold
from exports.safewrite import safe_write_bytes
from exports.upward.fields import FIELDS, propose
from exports.upward.form import Form
from exports.upward.patch import filled
from exports.upward.plan import UpwardPlan, plan
from exports.words import words_of

PURPOSE = "upward"


def fields_for(session: Session, form: Form, *, mapping: str = "") -> tuple[dict[int, str], Settled | None]:
    """Return the fields of a form's columns by place, and the remembered mapping they come from, None if proposed.

    ``mapping`` names one to be used although the headings differ: its columns are found by their headings.
    """
    if mapping:
        settled = mappings.named(session, purpose=PURPOSE, name=mapping)
        return _by_heading(settled, form), settled
    found = mappings.recall(session, purpose=PURPOSE, headings=form.titles)
    if found is not None:
        return {place: key for place, key in found.fields.items() if key in FIELDS}, found
    return propose(form.titles), None


def _by_heading(settled: Settled, form: Form) -> dict[int, str]:
    places = {fold(title): place for place, title in reversed(list(enumerate(form.titles))) if title}
    found = {}
    for place, key in settled.fields.items():
        at = places.get(fold(settled.headings[place]))
        if at is not None and key in FIELDS:
            found[at] = key
    return found


def prepare(session: Session, form: Form, fields: Mapping[int, str], *, plan_id: int | None = None) -> UpwardPlan:
    """Return what would be written into a form from the ledger of one plan, or of all."""
    words = words_of(settings.office(session))
    rows = [row for row in ledger.read(session, plan=plan_id).rows if row.confirmed]
    if not rows:
        raise Refused("臺賬裏還沒有已採納的任務，沒有可填的內容。")
    return plan(form, fields, rows, words)


def write_upward(made: UpwardPlan, target: Path) -> Path:
    """Write the form as planned under a new name; return the path.

    Raises :class:`Refused` where nothing would be written, or the name is of another kind than the form's.
    """
    kind = Path(made.form.name).suffix.lower()
    if target.suffix.lower() != kind:
        raise Refused("輸出的文件要和上報表同為 {kind}。", kind=kind)
    if not made.fills:
        raise Refused("「{name}」沒有可填的格：沒有認出的任務行，或要填的格都已有內容。", name=made.form.name)
    return safe_write_bytes(target, filled(made))
