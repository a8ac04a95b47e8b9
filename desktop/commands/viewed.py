"""Options that choose, sort and group the rows of the ledger as its page does."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from db.errors import Refused
from db.filters import LedgerFilter
from db.script import fold
from db.terms import DueWindow, Grouping, Light, ReportState, TaskState, Term
from desktop.commands.about import argument

if TYPE_CHECKING:
    from typing import TypeVar

    from sqlalchemy.orm import Session

    from db.arranging import Arrangement
    from db.ledger import Ledger
    from db.views import View

    T = TypeVar("T", bound=Term)

ARGUMENTS = (
    argument("--view", metavar="NAME", help="按這個視圖：自己保存的，或「逾期未完成」「本月到期」等"),
    argument("--unit", action="append", default=[], metavar="NAME", help="只要這個單位（可重複）"),
    argument("--leader", action="append", default=[], metavar="NAME", help="只要這位領導分管的（可重複）"),
    argument(
        "--state", action="append", default=[], metavar="WORD", help="任務狀態或報送狀態，如 進行中、未報（可重複）"
    ),
    argument("--light", action="append", default=[], metavar="WORD", help="燈，如 逾期、臨期、擬辦（可重複）"),
    argument("--window", metavar="WORD", help="時限：今天、本週、本月、逾期、無期限"),
    argument("--year", action="append", default=[], type=int, metavar="N", help="年度（可重複）"),
    argument("--text", default="", metavar="WORDS", help="含有這些文字，繁簡均可"),
    argument("--sort", metavar="COLUMN", help="按這一欄排序"),
    argument("--descending", action="store_true", help="倒序"),
    argument("--group", metavar="WORD", help="分組：章節、牽頭單位、分管領導，或 不分組"),
)


def ledger(session: Session, options: Namespace, plan: int | None) -> tuple[Ledger, Sequence[str] | None]:
    """Return the ledger the options ask for and the columns of their view, None for the office's own.

    Raises :class:`Refused` where there is no task yet, none fits, or a word of the options is none.
    """
    from db import ledger as rows_of
    from db.arranging import arranged
    from desktop.models.ledger_columns import on_paper

    wanted = view(session, options)
    how = wanted.arrangement
    whole = rows_of.read(session, plan=plan, with_withdrawn=True)
    if not whole.rows:
        raise Refused("臺賬裏還沒有任務。請先運行 taizhang assign --auto 分解計劃。")
    rows = [row for group in arranged(whole.rows, how, on=date.today()) for row in group.rows]
    if not rows:
        raise Refused("沒有符合條件的任務，沒有導出。請放寬條件。")
    return rows_of.made_of(session, rows, how.grouping), on_paper(wanted.columns) if wanted.columns else None


def view(session: Session, options: Namespace) -> View:
    """Return the view the options name, with what else they ask for in its place."""
    from db import views

    named = views.find(session, options.view) if options.view else views.View(_usual())
    return replace(named, arrangement=_arrangement(session, options, named.arrangement))


def _usual() -> Arrangement:
    """Return the order of the printed ledger: the notice's own, by section."""
    from db.arranging import Arrangement

    return Arrangement(grouping=Grouping.SECTION)


def _arrangement(session: Session, options: Namespace, how: Arrangement) -> Arrangement:
    """Return a view's arrangement with what the options ask for in its place."""
    states = [_of((*TaskState, *ReportState), word) for word in options.state]
    wanted: dict[str, object] = {
        "units": tuple(_unit(session, name) for name in options.unit),
        "leaders": tuple(options.leader),
        "task_states": tuple(one for one in states if isinstance(one, TaskState)),
        "report_states": tuple(one for one in states if isinstance(one, ReportState)),
        "lights": tuple(_of(tuple(Light), word) for word in options.light),
        "window": _of(tuple(DueWindow), options.window) if options.window else None,
        "years": tuple(options.year),
        "text": options.text,
    }
    chosen: LedgerFilter = replace(how.filter, **{key: value for key, value in wanted.items() if value})  # type: ignore[arg-type]
    how = replace(how, filter=chosen)
    if options.sort:
        how = replace(how, sort=_column(options.sort), descending=options.descending)
    return replace(how, grouping=_of(tuple(Grouping), options.group)) if options.group else how


def _of(terms: Sequence[T], word: str) -> T:
    """Return the term that is called so, or whose label begins or ends so; raise :class:`Refused` else."""
    told = fold(word)
    exact = [term for term in terms if told in (term.value, fold(term.label))]
    found = exact or [term for term in terms if fold(term.label).startswith(told) or fold(term.label).endswith(told)]
    if not found or not told:
        raise Refused("「{word}」不認識。可用：{known}。", word=word, known="、".join(term.label for term in terms))
    return found[0]


def _unit(session: Session, name: str) -> int:
    from db.names import directory

    found = directory(session).find(name)
    if found is None:
        raise Refused("「{name}」不在單位表裏。請先用 taizhang units list 查看。", name=name)
    return found.id


def _column(name: str) -> str:
    from db.arranging import sortable
    from exports.workbook.columns import chosen

    key = chosen([name])[0].key
    if not sortable(key):
        raise Refused("不能按「{name}」排序。", name=name)
    return key
