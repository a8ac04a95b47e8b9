"""What a preview of payment sheets says, as plain values: for the terminal, for JSON, for the window."""

from __future__ import annotations

from typing import Any

from db.money import figures
from exports.payments.fields import BY_KEY
from exports.payments.findings import safe
from exports.payments.importing import FileResult, Preview
from exports.payments.reading import SheetResult
from exports.workbook.grid import address

ASKED = {"village": "哪個村", "policy": "哪項補貼政策", "period": "哪個發放期"}


def letter(place: int) -> str:
    """Return the letters of a column counted from 0."""
    return address(0, place)[:-1]


def columns(sheet: SheetResult) -> list[tuple[str, str, str]]:
    """Return letter, heading and what it is taken for (in our words, empty where unknown) of each column."""
    if sheet.heading is None:
        return []
    return [
        (letter(one.place), one.heading, BY_KEY[one.field].label if one.field else "")
        for one in sheet.heading.columns
        if one.heading
    ]


def villages(shown: Preview, sheet: SheetResult) -> list[tuple[str, str, str, int, int, int | None]]:
    """Return village, policy, period, rows, sum and the sheet's own total (分, None where it has none) of each part."""
    return [
        (
            shown.names.get(place, str(place)),
            shown.policies.get(policy, str(policy)),
            period,
            one.rows,
            one.amount_fen,
            sheet.totals.by_place.get(place),
        )
        for (policy, place, period), one in sheet.sums.items()
    ]


def as_json(shown: Preview) -> dict[str, Any]:
    """Return the preview as one JSON document; sums in 分."""
    return {
        "rows": shown.rows,
        "amount_fen": shown.amount_fen,
        "left_out": shown.left_out,
        "doubts": shown.doubts,
        "identity_kept": shown.sealing,
        "files": [
            {
                "path": str(file.path),
                "imported": file.known[0] if file.known else None,
                "hidden_sheets": list(file.hidden),
                "sheets": [_sheet(shown, sheet) for sheet in file.sheets],
            }
            for file in shown.files
        ],
    }


def _sheet(shown: Preview, sheet: SheetResult) -> dict[str, Any]:
    return {
        "sheet": sheet.sheet,
        "usable": sheet.usable,
        "money": sheet.money,
        "rows": sheet.total.rows,
        "amount_fen": sheet.total.amount_fen,
        "total_fen": sheet.totals.own,
        "columns": [{"column": place, "heading": text, "taken": taken} for place, text, taken in columns(sheet)],
        "villages": [
            {"village": village, "policy": policy, "period": period, "rows": rows, "amount_fen": fen, "total_fen": own}
            for village, policy, period, rows, fen, own in villages(shown, sheet)
        ],
        "questions": [
            {"kind": kind, "town": safe(town), "written": safe(written), "rows": rows}
            for (kind, town, written), rows in sheet.questions.items()
        ],
        "counts": dict(sheet.findings.counts),
        "findings": [one.stored() | {"left_out": one.left_out} for one in sheet.findings.told],
    }


def known_line(file: FileResult) -> tuple[str, dict[str, object]]:
    """Return a sentence of ours with its facts: when the file was imported; empty where it was not."""
    if file.known is None:
        return "", {}
    number, at = file.known
    facts = {"name": file.name, "at": f"{at:%Y-%m-%d %H:%M}", "number": number}
    return "「{name}」已於 {at} 導入過（第 {number} 號發放表）。", facts


def total_line(sheet: SheetResult) -> str:
    """Return how the rows stand to the sheet's own total, in our words."""
    own = sheet.totals.own
    if own is None:
        return "表中沒有合計行"
    if own == sheet.total.amount_fen:
        return "與表中合計相符"
    return f"表中合計 {figures(own)} 元，差 {figures(own - sheet.total.amount_fen)} 元"
