"""Payment sheets as clerks send them, for tests. Nobody in them lives anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from db import places, subsidies
from db.database import Database
from db.places import PlaceRow
from exports.payments import importing
from exports.payments.choices import Choices
from exports.payments.importing import Preview
from tests.db.villages import FARM_ITEMS, identity

HEAD = ("序號", "姓名", "身份證號碼", "一卡通賬號", "面積(畝)", "補貼標準(元/畝)", "補貼金額(元)", "備注")
TITLE = "石橋鎮石橋村2022年耕地地力保護補貼發放清冊"
Line = tuple[object, ...]


def account(number: int) -> str:
    """Return a made-up account."""
    return f"621700{number * 7919 % 10**13:013d}"


def line(number: int, name: str = "王建國", area: object = 5, amount: object = 525, **more: object) -> Line:
    """Return the cells under :data:`HEAD`."""
    person = more.get("identity", identity(number))
    return (number, name, person, more.get("account", account(number)), area, 105, amount, more.get("note"))


ROWS = (line(1), line(2, "李秀英", 12.5, 1312.5), line(3, "張偉", 3.25, 341.25))
TOTAL = ("合計", None, None, None, 20.75, None, 2178.75)


def write(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """Write a workbook with these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def one(path: Path, *rows: Sequence[object], title: str = TITLE, head: Sequence[object] = HEAD) -> Path:
    """Write a workbook with one sheet under a title and a heading."""
    return write(path, {"發放表": [(title,), head, *rows]})


def county(database: Database) -> int:
    """Add two towns with villages, and a policy; return the policy's id."""
    tree = {"石橋鎮": ("石橋村", "新華村", "大石橋村"), "安定鎮": ("新華村", "河東村")}
    rows = [PlaceRow(town, village) for town, villages in tree.items() for village in villages]
    places.bring_in(database, rows=rows, source="區劃.xlsx")
    return subsidies.add(database, values=FARM_ITEMS).ids("subsidy_policy")[0]


def shown(database: Database, *paths: Path, **choices: object) -> Preview:
    """Return what an import would take."""
    return importing.preview(database, paths=paths, choices=Choices(**choices))  # type: ignore[arg-type]


def told(preview: Preview) -> list[tuple[str, str]]:
    """Return the findings of the first sheet as kind and cell."""
    return [(finding.kind, finding.problem.cell) for finding in preview.sheets[0].findings.told]
