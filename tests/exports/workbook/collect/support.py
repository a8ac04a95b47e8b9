"""A small sending, made once per run, and units that fill in their sheets."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import cast

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select

from db import assignments, planstore, progress, units
from db.comparing import Policy
from db.database import Database, open_database
from db.drafts import DocumentDraft, PlanDraft, PointDraft
from db.models import Assignment, WorkPoint
from db.returns import PlanCell, ReturnPlan
from db.script import fold
from db.terms import UnitLevel
from exports.dispatch import dispatch
from exports.workbook import travel
from exports.workbook.collect.files import plan_returns

PERIOD = "2022-12"
DUE = date(2099, 12, 28)


POINTS = (
    "規範辦理流程，公開辦事指南，按月更新政務服務事項清單。",
    "清理證明事項，推行告知承諾制，壓減申請材料。",
    "開展涉企收費專項整治，設立舉報電話並公布辦理結果。",
    "推進檔案電子化，完成五年內檔案的整理和掃描。",
    "組織業務培訓兩次，編印案例選編。",
    "建立聯席會議制度，每季度通報一次進展。",
)
UNITS = ("縣甲局", "縣乙局", "縣丙局")


@cache
def _sent() -> Path:
    """Divide a small plan among three units, report on it once, and send the sheets out."""
    folder = Path(mkdtemp(prefix="sent-"))
    database = open_database(folder / "year.db", operator="李")
    draft = DocumentDraft(text="".join(POINTS), title="清江縣2022年政務服務工作要點")
    draft.plans = [PlanDraft(title=draft.title, points=[PointDraft(f"{n}.", t) for n, t in enumerate(POINTS, 1)])]
    planstore.store(database, draft=draft, year=2022)
    made = [units.add(database, name=name, level=UnitLevel.COUNTY).ids("unit")[0] for name in UNITS]
    with database.reading() as session:
        points = list(session.scalars(select(WorkPoint.id).order_by(WorkPoint.id)))
    for place, point in enumerate(points):
        task = assignments.add(database, point=point, lead=made[0 if place < 4 else 1])
        assignments.set_others(database, ids=task.ids("assignment"), units=made)
    with database.reading() as session:
        codes = list(session.scalars(select(Assignment.code).order_by(Assignment.id)))
    for code in codes[:2]:
        report = progress.Report("2022-11", percent=40, text="已印發方案。")
        progress.add(database, code=code, report=report)
    dispatch(database, folder=folder / "out", due_on=DUE, period=PERIOD)
    database.release()
    return folder


@dataclass(slots=True)
class Sheet:
    """A unit's workbook as it went out, to be changed and saved under any name."""

    path: Path
    book: Workbook = field(init=False)
    page: Worksheet = field(init=False)

    def __post_init__(self) -> None:
        self.book = load_workbook(self.path)
        self.page = self.book.worksheets[0]

    @property
    def heading(self) -> int:
        return next(
            row for row in range(1, 20) if any(fold(str(cell.value)) == "编号" for cell in self.page[row] if cell.value)
        )

    def column(self, key: str) -> int:
        titles = {fold(name) for name in (travel.BY_KEY[key].title,)}
        return next(int(cell.column or 0) for cell in self.page[self.heading] if fold(str(cell.value)) in titles)

    @property
    def codes(self) -> dict[str, int]:
        column = self.column("code")
        found = {}
        for row in range(self.heading + 1, self.page.max_row + 1):
            value = self.page.cell(row, column).value
            if value and "-" in str(value):
                found[str(value)] = row
        return found

    def cell(self, code: str, key: str) -> Cell:
        return cast("Cell", self.page.cell(self.codes[code], self.column(key)))

    def write(self, code: str, **values: str | float | date | None) -> Sheet:
        for key, value in values.items():
            self.cell(code, key).value = value
        return self

    def save(self, path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.book.save(path)
        return path


@dataclass(slots=True)
class Office:
    """The county office's database after a sending, and the folder where files come back."""

    database: Database
    out: Path
    inbox: Path

    @property
    def files(self) -> list[Path]:
        return sorted(path for path in self.out.glob("*_T*.xlsx"))

    def sheet(self, least: int = 3) -> Sheet:
        """Return the first sheet with so many rows."""
        return next(sheet for path in self.files if len((sheet := Sheet(path)).codes) >= least)

    def sheet_of(self, unit: str) -> Sheet:
        """Return the sheet of one unit."""
        return Sheet(next(path for path in self.files if path.name.startswith(unit)))

    def plan(self, *paths: Path, policy: Policy | None = None) -> ReturnPlan:
        with self.database.reading() as session:
            return plan_returns(session, paths or (self.inbox,), policy)


def office_at(folder: Path) -> Iterator[Office]:
    """Yield an office of its own in ``folder``."""
    sent = _sent()
    inbox = folder / "收件"
    inbox.mkdir()
    path = folder / "year.db"
    shutil.copyfile(sent / "year.db", path)
    database = open_database(path, operator="李")
    yield Office(database, sent / "out", inbox)
    database.release()


def by_place(plan: ReturnPlan) -> dict[tuple[str, str], PlanCell]:
    """Return the cells of a plan by code and field."""
    return {(cell.code, cell.field): cell for cell in plan.cells}


def dated(path: Path, year: int) -> Path:
    """Let a workbook say that it was last saved in a year."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    core = parts["docProps/core.xml"].decode("utf-8")
    moment = f">{year}-06-01T08:00:00Z</dcterms:modified>"
    parts["docProps/core.xml"] = re.sub(r">[^<]*</dcterms:modified>", moment, core).encode("utf-8")
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


def damaged(sheet: Sheet, change: Callable[[Sheet], object], path: Path) -> Path:
    """Save a sheet after a change."""
    change(sheet)
    return sheet.save(path)
