"""A report that came as a message (微信、郵件), sorted under the form's fields by its own labels only."""

from __future__ import annotations

import re
from dataclasses import dataclass

from db.script import fold

_LABELS = {
    "text": "(?:目前|工作)?(?:进展|进度)(?:情况)?|(?:工作)?(?:动态|落实情况|推进情况|办理情况|推进落实情况)",
    "problem": "(?:存在|具体)?(?:的)?(?:主要)?(?:问题|困难)(?:和困难)?|未完成原因",
    "next_step": "下一步(?:工作)?(?:打算|措施|计划|安排)?",
}
_LINE = re.compile(
    r"^(?:[(]?[一二三四五六七八九十\d]+[)、.]?)?(?:"
    + "|".join(f"(?P<{key}>{words})" for key, words in _LABELS.items())
    + r")[::]"
)
_PERCENT = re.compile(r"^(?:完成|目前|工作)?(?:进度|完成率|百分比)[::]?(\d{1,3})[%%]?[。.]?$")
_COLON = re.compile(r"[:：]")
FULL = 100


@dataclass(slots=True)
class ReportText:
    """What a message says, by field; ``percent`` only where a line states it as a number."""

    percent: int | None = None
    text: str = ""
    problem: str = ""
    next_step: str = ""


def read(message: str) -> ReportText:
    """Sort the lines of a message under the labels that stand before them; what has none belongs to the text."""
    found = ReportText()
    parts: dict[str, list[str]] = {key: [] for key in _LABELS}
    now = "text"
    for line in message.splitlines():
        folded = fold(line)
        percent = _PERCENT.match(folded)
        if percent and int(percent[1]) <= FULL:
            found.percent = int(percent[1])
            continue
        label = _LINE.match(folded)
        if label is not None:
            now = str(label.lastgroup)
            line = _COLON.split(line, maxsplit=1)[1]  # noqa: PLW2901 - the label itself is not kept
        parts[now].append(line.strip())
    for key, lines in parts.items():
        setattr(found, key, "\n".join(lines).strip())
    return found
