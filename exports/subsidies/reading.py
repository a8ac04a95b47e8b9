"""Reading lists of policies (補貼政策表): workbooks, documents, pages and plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from db.errors import UnreadableInput
from db.private import find_private
from db.subsidyitems import ENQUIRY, SUPERVISION
from db.terms import PrivateKind
from exports.problems import Problem
from exports.subsidies.blocks import read_blocks
from exports.subsidies.found import Found
from exports.subsidies.grids import Part, parts_of
from exports.subsidies.tables import read_table

_OF_PERSONS = frozenset({PrivateKind.IDENTITY, PrivateKind.ACCOUNT, PrivateKind.SOCIAL})
PURPOSE = "subsidies"
"""What mappings of headings are kept for."""
Recall = Callable[[Sequence[str]], Mapping[int, str] | None]
"""Returns what the clerk takes the columns under these headings for, None where nothing was settled."""


def read_policies(path: Path, recall: Recall | None = None) -> list[Found]:
    """Return the policies of a file, or of each file in an archive.

    Raises :class:`UnreadableInput` where a file cannot be read or none holds a policy.
    """
    found = [_of_file(name, parts, recall) for name, parts in parts_of(path)]
    if not any(one.policies or one.problems or one.tables for one in found):
        raise UnreadableInput(
            "「{name}」裏沒有找到補貼政策：應有「補貼項目」「補貼對象」「補助標準」這樣的表頭，"
            "或「文件依據：…」這樣的逐項文字。可先導出政策表作樣子。",
            name=path.name,
        )
    return found


def _of_file(name: str, parts: Sequence[Part], recall: Recall | None) -> Found:
    found = Found(name)
    unheaded = []
    for part in parts:
        if part.paragraphs or not _read(part, found, recall):
            unheaded.append(part)
        _leave_out_persons(found, part)
    for part in unheaded:
        if part.rows:
            read_blocks(_spoken(part), part, found)
        elif not found.policies:
            read_blocks([(str(place), text) for place, text in enumerate(part.paragraphs, start=1)], part, found)
        _leave_out_persons(found, part)
    return found


def _leave_out_persons(found: Found, part: Part) -> None:
    """Take out what holds numbers of persons: a register read as a list of policies would be kept in the clear."""
    for one in list(found.policies):
        texts = [text for key, text in one.values.items() if key not in {ENQUIRY, SUPERVISION}]
        hit = next((hit for text in texts for hit in find_private(text, kinds=_OF_PERSONS) if hit.sure), None)
        if hit is not None:
            found.policies.remove(one)
            place = one.place.removeprefix(f"表「{part.name}」")
            expected = "含有個人的號碼，沒有採用；發放表請用「發放」導入"
            found.problems.append(Problem(found.file, part.name, place, hit.masked, expected))


def _read(part: Part, found: Found, recall: Recall | None) -> bool:
    """Read a table, with the columns as they were settled for its headings."""
    trial = Found(found.file)
    if not read_table(part, trial):
        return False
    settled = recall(trial.tables[0].titles) if recall is not None else None
    if settled:
        trial = Found(found.file)
        read_table(part, trial, settled)
    found.policies += trial.policies
    found.problems += trial.problems
    found.tables += trial.tables
    found.passed += trial.passed
    return True


def _spoken(part: Part) -> list[tuple[str, str]]:
    """Return the rows of a table without a heading as lines: a label in one cell, its text in the next."""
    lines = []
    for place, row in enumerate(part.rows):
        texts = list(dict.fromkeys(text.strip() for text in row if text.strip()))
        if len(texts) > 1 and _NUMBER.fullmatch(texts[0]):
            del texts[0]
        if not texts:
            continue
        cell = part.cell(place, next(at for at, text in enumerate(row) if text.strip()))
        labelled = len(texts) > 1 and len(texts[0]) <= _LONGEST_LABEL and texts[0][-1] not in "：:】"
        told = [f"{texts[0]}：{texts[1]}", *texts[2:]] if labelled else texts
        lines += [(cell, line) for text in told for line in text.split("\n") if line.strip()]
    return lines


_NUMBER = re.compile(r"[(（]?[\d一二三四五六七八九十]{1,3}[)）、.．]?")
_LONGEST_LABEL = 12
