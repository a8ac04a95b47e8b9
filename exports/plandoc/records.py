"""A task list kept as data (JSON): its records as the rows of a table, its keys as the headings."""

from __future__ import annotations

import json
import re

from exports.plandoc.layout import MAX_COLUMNS, Grid

FEWEST_KEYS = 3
MAX_TRIES = 20  # lists of records looked for in one text
_BEGIN = re.compile(r"\[\s{0,200}\{")


def grid_of_records(text: str) -> Grid | None:
    """Return the first list of flat records in a text as a grid, None where there is none."""
    decoder = json.JSONDecoder()
    for tried, match in enumerate(_BEGIN.finditer(text)):
        if tried == MAX_TRIES:
            return None
        try:
            value, _ = decoder.raw_decode(text, match.start())
        except (ValueError, RecursionError):
            continue
        records = [record for record in value if isinstance(record, dict)]
        keys = list(dict.fromkeys(key for record in records for key in record))[:MAX_COLUMNS]
        if records and len(records) == len(value) and len(keys) >= FEWEST_KEYS:
            return Grid([keys, *([_shown(record.get(key)) for key in keys] for record in records)])
    return None


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "、".join(_shown(one) for one in value)
    return "" if value is None or isinstance(value, dict) else str(value)
