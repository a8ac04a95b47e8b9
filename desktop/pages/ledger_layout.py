"""How the page 臺賬 was left: columns, widths, grouping and panes, remembered between starts on this account."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from db.terms import Grouping

NAME = "ledger"


@dataclass(frozen=True, slots=True)
class Layout:
    """``widths`` are px at 100 % of the columns whose width the clerk has chosen."""

    columns: tuple[str, ...] = ()
    widths: dict[str, int] = field(default_factory=dict)
    grouping: Grouping = Grouping.NONE
    detail: bool = True


def kept(layouts: dict[str, Any]) -> Layout:
    """Return the remembered layout; what cannot be understood is as it usually is."""
    value = layouts.get(NAME)
    values = value if isinstance(value, dict) else {}
    columns, widths = values.get("columns"), values.get("widths")
    return Layout(
        tuple(key for key in columns if isinstance(key, str)) if isinstance(columns, list) else (),
        {key: width for key, width in widths.items() if type(width) is int} if isinstance(widths, dict) else {},
        next((one for one in Grouping if one == values.get("grouping")), Grouping.NONE),
        values.get("detail") is not False,
    )


def keep(layouts: dict[str, Any], layout: Layout) -> None:
    """Remember a layout."""
    layouts[NAME] = asdict(layout) | {"columns": list(layout.columns), "grouping": layout.grouping.value}
