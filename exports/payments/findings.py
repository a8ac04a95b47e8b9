"""What was found wrong or doubtful in a payment sheet: by cell, masked, bounded in number, counted in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from db import masking
from db.private import find_private
from exports.problems import Problem
from exports.workbook.grid import address

MOST_TOLD = 300
"""Findings of a sheet that are told one by one; all are counted."""
LONGEST_FOUND = 30

# What stands behind a cell's content in a sentence; those of LEFT_OUT say that the row was not taken.
WORDS: Mapping[str, str] = {
    "rival": "看起來也是同樣內容的一欄，沒有採用；不對的，請指明各欄是什麼",
    "no_name": "缺姓名，這一行沒有採用",
    "no_amount": "缺金額，這一行沒有採用",
    "bad_name": "不是姓名，這一行沒有採用",
    "other_table": "是另一個表的表頭，與上面的不同；下面的行沒有採用，請分成兩個表導入",
    "other_head": "在另一個表頭下面，這一行沒有採用",
    "bad_amount": "不是能採用的金額，這一行沒有採用",
    "part_fen": "有不足一分的零頭，這一行沒有採用",
    "unknown_village": "區劃裏沒有這個村，或不止一個，要指明；這些行沒有採用",
    "unknown_policy": "沒有這項補貼政策，要指明；這些行沒有採用",
    "unknown_period": "看不出發放期，要指明；這些行沒有採用",
    "identity_spoilt": "身份證號已被表格軟件改壞，後幾位丟了；號碼沒有採用，請向村裏要文本格式的號碼",
    "identity_wrong": "不像身份證號，請核對",
    "identity_digit": "身份證號的校驗位不對，請核對",
    "account_spoilt": "賬號已被表格軟件改壞，後幾位丟了；號碼沒有採用",
    "bad_day": "不是日期，沒有採用",
    "bad_quantity": "不是數字，沒有採用",
    "broken": "公式有錯或沒有算出，沒有採用",
    "private_text": "寫有身份證號、賬號或電話，已遮蓋",
    "private_sign": "有自造字（造字區字符），不能打印和比對，請改用標準字",
    "negative": "是負數，請核對",
    "product": "與數量 × 標準不符，照表中金額採用",
    "twice": "身份證號在本次導入中重複",
    "stored": "身份證號已在別的發放表裏領過這項補貼的這一期",
    "two_names": "同一身份證號有兩種寫法的姓名",
    "maybe_twice": "同村、同名、同金額，可能重複",
    "bad_total": "合計不是能讀的金額，沒有核對",
    "total": "與各行相加的數不符",
    "other_village": "是另一個村；這些行按指明的村採用",
    "village_above": "村名是空的，按上一行的村採用",
    "dropped_row": "沒有姓名也沒有金額，當作說明略過",
    "already_paid": "這個村的這項補貼在這一期已有發放記錄",
}
LEFT_OUT = frozenset(
    {
        "no_name",
        "no_amount",
        "bad_name",
        "other_head",
        "bad_amount",
        "part_fen",
        "unknown_village",
        "unknown_policy",
        "unknown_period",
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: ``problem`` is its place and what was found, already masked."""

    kind: str
    problem: Problem

    @property
    def left_out(self) -> bool:
        """Tell whether the row was not taken."""
        return self.kind in LEFT_OUT

    def stored(self) -> dict[str, str]:
        """Return what is kept of it with the import."""
        one = self.problem
        sheet = without_private(one.sheet)[0]
        return {"kind": self.kind, "sheet": sheet, "cell": one.cell, "found": one.found, "told": one.expected}


@dataclass(slots=True)
class Findings:
    """The findings of one sheet. ``shift`` is how many columns right of the first a table beside it begins."""

    file: str
    sheet: str
    told: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    shift: int = 0

    def add(self, kind: str, row: int, column: int | None, found: str = "", more: str = "") -> None:
        """Note a finding in a cell, the row counted from 1; ``found`` must be masked already where it is private."""
        self.counts[kind] += 1
        if len(self.told) < MOST_TOLD:
            cell = address(row - 1, column + self.shift) if column is not None else f"第 {row} 行" if row else ""
            words = WORDS[kind] + (f"（{more}）" if more else "")
            self.told.append(Finding(kind, Problem(self.file, self.sheet, cell, safe(found), words)))

    @property
    def left_out(self) -> int:
        """Return how many rows were not taken."""
        return sum(self.counts[kind] for kind in LEFT_OUT)

    def report(self) -> dict[str, Any]:
        """Return what is kept with the import."""
        return {"counts": dict(self.counts), "findings": [one.stored() for one in self.told]}


def safe(text: str) -> str:
    """Return a text as it may be told: short, and without any private number in it."""
    text = without_private(text)[0] if any(sign.isdigit() for sign in text) else text
    return text if len(text) <= LONGEST_FOUND else text[: LONGEST_FOUND - 1] + "…"


def without_private(text: str) -> tuple[str, bool]:
    """Return a text with the private numbers in it masked, and whether there were any."""
    hits = find_private(text)
    for hit in reversed(hits):
        text = text[: hit.start] + hit.masked + text[hit.end :]
    if not hits:
        return text, False
    return text, True


def shown_identity(number: str) -> str:
    """Return what may be told of what stands in an identity column."""
    return masking.mask_identity(number)
