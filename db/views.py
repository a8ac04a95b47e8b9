"""Saved views of the ledger (視圖): filters, order, grouping and columns under a name, kept with the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import filters
from db.arranging import Arrangement, sortable
from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.filters import LedgerFilter
from db.models import Setting
from db.script import fold
from db.terms import DueWindow, Grouping, Light, ReportState

SETTING = "ledger_views"
LONGEST = 40


@dataclass(frozen=True, slots=True)
class View:
    """``columns`` are keys of the ledger's columns in their order on screen; empty means the usual ones."""

    arrangement: Arrangement = field(default_factory=Arrangement)
    columns: tuple[str, ...] = ()


READY: Mapping[str, View] = {
    "逾期未完成": View(Arrangement(LedgerFilter(window=DueWindow.LATE), sort="deadline")),
    "本月到期": View(Arrangement(LedgerFilter(window=DueWindow.MONTH), sort="deadline")),
    "退回補正，按單位": View(Arrangement(LedgerFilter(report_states=(ReportState.RETURNED,)), grouping=Grouping.UNIT)),
    "本期未報，按單位": View(Arrangement(LedgerFilter(report_states=(ReportState.MISSING,)), grouping=Grouping.UNIT)),
    "擬辦待核": View(Arrangement(LedgerFilter(lights=(Light.PROPOSED, Light.NO_LEAD)))),
    "按分管領導": View(Arrangement(grouping=Grouping.LEADER)),
    "全部，按章節": View(Arrangement(grouping=Grouping.SECTION)),
}
"""Views that every office needs, shipped with the program."""


def saved(session: Session) -> dict[str, View]:
    """Return the saved views by name, in the order they were saved."""
    kept = session.scalars(select(Setting).where(Setting.name == SETTING)).first()
    values = kept.value if kept is not None and isinstance(kept.value, list) else []
    return {str(one["name"]): _view(one) for one in values if isinstance(one, dict) and one.get("name")}


def find(session: Session, name: str) -> View:
    """Return the view of this name, the office's or a shipped one, in either script; else raise :class:`Refused`."""
    known = {**READY, **saved(session)}
    found = next((view for one, view in known.items() if fold(one) == fold(name)), None)
    if found is None:
        raise Refused("沒有名為「{name}」的視圖。已有：{known}。", name=name, known="、".join(known))
    return found


def save(database: Database, *, name: str, view: View) -> Changes:
    """Save a view under a name; one of the same name is replaced. Raises :class:`Refused` for a name that is none."""
    name = name.strip()
    if not name or len(name) > LONGEST:
        raise Refused("視圖要有名稱，不超過 {longest} 個字。", longest=LONGEST)
    with database.change(f"保存視圖「{name}」", operation="views.save") as change:
        known = saved(change.session)
        known[name] = view
        _keep(change.session, known)
    return change.changes


def remove(database: Database, *, name: str) -> Changes:
    """Remove a saved view."""
    with database.change(f"刪除視圖「{name}」", operation="views.remove") as change:
        known = saved(change.session)
        if known.pop(name, None) is None:
            raise Refused("視圖「{name}」已不存在。請刷新後再試。", name=name)
        _keep(change.session, known)
    return change.changes


def _keep(session: Session, known: dict[str, View]) -> None:
    value = [{"name": name, **_json(view)} for name, view in known.items()]
    row = session.scalars(select(Setting).where(Setting.name == SETTING)).first()
    if row is None:
        session.add(Setting(name=SETTING, value=value))
    else:
        row.value = value


def _json(view: View) -> dict[str, Any]:
    how = view.arrangement
    return {
        "filter": how.filter.to_json(),
        "sort": how.sort,
        "descending": how.descending,
        "grouping": how.grouping.value,
        "columns": list(view.columns),
    }


def _view(kept: dict[str, Any]) -> View:
    """Return a view from its kept form; what this program does not understand is passed over."""
    sort, columns = kept.get("sort"), kept.get("columns")
    how = Arrangement(
        filters.from_json(kept.get("filter")),
        sort if isinstance(sort, str) and sortable(sort) else "",
        kept.get("descending") is True,
        next((one for one in Grouping if one == kept.get("grouping")), Grouping.NONE),
    )
    return View(how, tuple(key for key in columns if isinstance(key, str)) if isinstance(columns, list) else ())
