"""The manual: its topics in order, with the words of columns, states and commands filled in from where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.shipped import shipped

_BLANK = re.compile(r"\{\{([a-z]+)(?: ([A-Za-z]+))?\}\}")
_FIELD_TERM = re.compile(r"[（(]([㐀-鿿/、]+)[)）]")
# The topic that F1 opens on each page of the window.
OF_PAGE = {
    "OverviewPage": "overview",
    "PlansPage": "notice",
    "LedgerPage": "ledger",
    "EntryPage": "report",
    "ExchangePage": "exchange",
    "SubsidiesPage": "subsidies",
    "UnitsPage": "units",
    "SettingsPage": "settings",
    "Preview": "print",
}
FIRST = "start"


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of the manual: Markdown in traditional characters, everything filled in."""

    name: str
    title: str
    text: str


def folder() -> Path:
    """Return where the manual lies; its pictures are in ``pictures`` below, a folder for each script."""
    return shipped("manual")


def topics() -> list[Topic]:
    """Return all topics in the order of their files, ``03-divide.md`` being the topic ``divide``."""
    return [_topic(path) for path in sorted(folder().glob("[0-9]*.md"))]


def _topic(path: Path) -> Topic:
    text = filled(path.read_text(encoding="utf-8"))
    return Topic(path.stem.partition("-")[2], text.partition("\n")[0].lstrip("# "), text)


def filled(text: str) -> str:
    """Return a text with its ``{{blanks}}`` filled in."""
    return _BLANK.sub(lambda found: _FILLERS[found[1]](found[2] or ""), text)


def _terms(name: str) -> str:
    """Return the words of one closed list."""
    from db import terms

    return "、".join(f"「{one.label}」" for one in getattr(terms, name))


def _lights(_name: str) -> str:
    from desktop.theme import LIGHTS

    return _table(("燈", "意思"), [(light.shape, light.word) for light in LIGHTS.values()])


def _columns(which: str) -> str:
    from exports.workbook.columns import COLUMNS

    chosen = [column for column in COLUMNS if column.editable or which != "editable"]
    return "、".join(column.title for column in chosen)


def _items(which: str) -> str:
    """Return the seven items of a subsidy policy with what belongs there, or the words for the further ones."""
    from db.subsidyitems import FURTHER, SEVEN

    if which == "seven":
        return _table(("項", "怎樣填寫"), [(item.label, item.hint) for item in SEVEN])
    return "、".join(item.label for item in FURTHER)


def _commands(_name: str) -> str:
    from desktop.commands import ABOUT

    rows = []
    for about in ABOUT:
        parts = [(f"{about.name} {part.name}", part.help) for part in about.parts] or [(about.name, about.help)]
        rows += [(f"`taizhang {name}`", told) for name, told in parts]
    return _table(("命令", "作用"), rows)


def _snapshots(_name: str) -> str:
    from db.backup import REASONS

    return "、".join(REASONS.values())


def _glossary(_name: str) -> str:
    """Return every closed list of words with what it is about, as the field calls it."""
    from db import terms

    rows = []
    for kind in vars(terms).values():
        if isinstance(kind, type) and issubclass(kind, terms.Term) and kind is not terms.Term:
            told = _FIELD_TERM.search(kind.__doc__ or "")
            if told:
                rows.append((told[1], "、".join(one.label for one in kind)))
    return _table(("用語", "取值"), rows)


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '／') for cell in line)} |" for line in lines)


_FILLERS: dict[str, Callable[[str], str]] = {
    "terms": _terms,
    "lights": _lights,
    "columns": _columns,
    "items": _items,
    "commands": _commands,
    "snapshots": _snapshots,
    "glossary": _glossary,
}
