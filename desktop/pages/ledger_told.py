"""An assignment's year in words: its reports with all units side by side, and what was done to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from db.course import Step
from db.taskhistory import Alteration, Deed
from desktop import theme
from desktop.pages.entry_rows import Told
from desktop.words import Words

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Say = Callable[[str], str]
_LABELS = (("text", "進展"), ("problem", "問題"), ("next_step", "下一步"))


@dataclass(frozen=True, slots=True)
class Story:
    """``entries`` are the newest first, ``steps`` by day, ``deeds`` the latest first."""

    assignment: int
    entries: tuple[Told, ...] = ()
    steps: tuple[Step, ...] = ()
    deeds: tuple[Deed, ...] = ()


def load(session: Session, assignment: int) -> Story:
    """Read what is told about an assignment."""
    from db import course, taskhistory
    from desktop.pages.entry_rows import card

    found = card(session, assignment)
    return Story(
        assignment,
        found.entries if found else (),
        tuple(course.steps(session, assignment)),
        tuple(taskhistory.of_task(session, assignment)),
    )


def timeline(story: Story, words: Words) -> str:
    """Return the reports by period, the newest first, the units of one period side by side, as HTML."""
    if not story.entries and not story.steps:
        return _faint(words.say("還沒有填報。按 Enter 填報進展。"))
    parts = [f"<p>{_faint(_step(step, words))}</p>" for step in reversed(story.steps)]
    for period, some in groupby(story.entries, lambda entry: entry.period):
        newest: dict[int | None, Told] = {}
        entries = list(some)
        for entry in entries:
            newest.setdefault(entry.unit_id, entry)
        parts.append(f"<h4>{escape(period)}</h4>")
        cells = "".join(
            f'<td valign="top" width="{100 // len(newest)}%">{_entry(entry, words)}</td>' for entry in newest.values()
        )
        parts.append(f'<table width="100%" cellpadding="{theme.STEP}"><tr>{cells}</tr></table>')
        corrected = len(entries) - len(newest)
        if corrected:
            parts.append(_faint(words.say("此前另有 {n} 條，已更正。", n=corrected)))
    return "".join(parts)


def _entry(entry: Told, words: Words) -> str:
    facts = [f"{entry.percent}%"] if entry.percent is not None else []
    facts += [words.say(entry.state.label)] if entry.state is not None else []
    facts += [words.say("完成於 {day}", day=entry.finished_on)] if entry.finished_on else []
    lines = [f"<b>{escape(entry.unit)}</b>", _faint("　".join([*facts, words.say(entry.source)]))]
    for key, label in _LABELS:
        text = getattr(entry, key)
        if text:
            lines.append(_faint(words.say(label) + "：") + escape(text).replace("\n", "<br>"))
    lines += [
        f'<a href="evidence:{line.id}" style="color:{theme.ACCENT}">{escape(line.name)}</a>' for line in entry.evidence
    ]
    return "<br>".join(lines)


def _step(step: Step, words: Words) -> str:
    """Return a step of the year's course in one line."""
    units = "→".join(filter(None, (step.from_unit, step.to_unit)))
    facts = (str(step.on), words.say(step.kind.label), step.other, units, step.reason)
    return "　".join(part for part in facts if part)


def deeds(story: Story, words: Words) -> str:
    """Return what was done to the assignment, the latest first, as HTML."""
    parts = []
    for deed in story.deeds:
        head = f"{deed.at:%Y-%m-%d %H:%M}　{deed.operator}"
        lines = [_faint(head), f"<b>{escape(words.say_stored(deed.title))}</b>", *_changes(deed.alterations, words)]
        parts.append(f"<p>{'<br>'.join(lines)}</p>")
    return "".join(parts) or _faint(words.say("還沒有記錄。"))


def _changes(alterations: Sequence[Alteration], words: Words) -> Iterable[str]:
    for one in alterations:
        say: Say = words.say if one.ours else str
        before, after = (escape(say(value)) or _faint(words.say("空")) for value in (one.before, one.after))
        yield f"{escape(words.say(one.label))}：{before} → {after}"


def _faint(text: str) -> str:
    return f'<span style="color:{theme.FAINT}">{escape(text)}</span>'
