"""The register of postings (公示登記): made, hung up, photographed, objected to, taken down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from db import calendar
from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.models import Posting, PostingObjection, PostingRun
from db.private import EVERYTHING, find_private
from db.terms import PostingProfile


@dataclass(frozen=True, slots=True)
class MadePosting:
    """A posting whose files are written. ``key`` tells village and policy, ``content`` is the fingerprint of its text.

    ``files`` maps the names of the files, within the folder of the run, to their SHA-256.
    """

    place: int
    policy: int | None
    profile: PostingProfile
    title: str
    rows: int
    amount_fen: int
    files: Mapping[str, str]
    content: str

    @property
    def key(self) -> str:
        """Return what is the same whenever this posting is made again."""
        return key_of(self.place, self.policy)


def key_of(place: int, policy: int | None) -> str:
    """Return the key of a village's posting of one policy, or of all of them."""
    return f"{place}:{policy or ''}"


@dataclass(frozen=True, slots=True)
class Run:
    """One making of postings: where to, of which period, and how; ``failures`` say why some were not made."""

    folder: str
    period: str
    days: int
    working_days: bool
    options: Mapping[str, Any] = field(default_factory=dict)
    failures: Mapping[str, str] = field(default_factory=dict)


CONTENT = "content"
"""In the options of a run: the fingerprint of each posting made in it, by key."""


def record(database: Database, *, run: Run, made: Sequence[MadePosting]) -> Changes:
    """Enter postings that were made. An earlier one of the same village and policy stays in the register."""
    with database.change("製作公示", operation="postings.record") as change:
        if made:
            named = f"「{made[0].title}」" if len(made) == 1 else f" {len(made)} 份"
            change.title = f"製作公示{named}"
        now = datetime.now().replace(microsecond=0)
        options = {**run.options, CONTENT: {one.key: one.content for one in made}}
        row = PostingRun(made_at=now, folder=run.folder, period=run.period, options=options)
        row.failures = dict(run.failures)
        change.session.add(row)
        change.session.flush()
        for one in made:
            change.session.add(_posting(one, run, row))
    return change.changes


def _posting(one: MadePosting, run: Run, row: PostingRun) -> Posting:
    return Posting(
        run_id=row.id,
        place_id=one.place,
        policy_id=one.policy,
        period=run.period,
        profile=one.profile,
        title=one.title,
        made_at=row.made_at,
        rows=one.rows,
        amount_fen=one.amount_fen,
        days=run.days,
        working_days=run.working_days,
        folder=run.folder,
        files=dict(one.files),
    )


def get(session: Session, posting: int) -> Posting:
    """Return a posting; raise :class:`Refused` where it is gone."""
    row = session.get(Posting, posting)
    if row is None:
        raise Refused("這份公示已不在登記簿裏。請刷新後再試。")
    return row


def _chosen(session: Session, postings: Sequence[int]) -> list[Posting]:
    if not postings:
        raise Refused("請先選擇公示。")
    return [get(session, one) for one in dict.fromkeys(postings)]


def _told(rows: Sequence[Posting]) -> str:
    return f"「{rows[0].title}」" if len(rows) == 1 else f" {len(rows)} 份公示"


def post(
    database: Database, *, postings: Sequence[int], on: date, spot: str = "", today: date | None = None
) -> Changes:
    """Say that postings were hung up on a day; the first day on which they may come down follows from it.

    Said again it corrects the day and the place. The notes warn where working days had to be guessed.
    """
    with database.change("登記張貼", operation="postings.post") as change:
        _refuse_future(on, today)
        rows = _chosen(change.session, postings)
        change.title = f"登記張貼{_told(rows)}（{on.isoformat()}）"
        for row in rows:
            if row.taken_down_on is not None:
                raise Refused("「{title}」已於 {day} 撤下，不能再登記張貼。", title=row.title, day=row.taken_down_on)
            due = calendar.due_down(change.session, posted_on=on, days=row.days, working_days=row.working_days)
            row.posted_on, row.due_down_on = on, due.on
            row.spot = spot.strip() or row.spot
            change.notes += [one for one in due.warnings if one not in change.notes]
    return change.changes


class TooEarly(Refused):
    """A posting would come down before its time: a question, not a mistake."""


def take_down(
    database: Database,
    *,
    postings: Sequence[int],
    on: date,
    early: bool = False,
    today: date | None = None,
) -> Changes:
    """Say that postings were taken down on a day; before its time only where ``early`` is agreed."""
    with database.change("登記撤下", operation="postings.take_down") as change:
        _refuse_future(on, today)
        rows = _chosen(change.session, postings)
        change.title = f"登記撤下{_told(rows)}（{on.isoformat()}）"
        for row in rows:
            if row.posted_on is None:
                raise Refused("「{title}」還沒有登記張貼，不能登記撤下。請先登記張貼日期。", title=row.title)
            if on < row.posted_on:
                raise Refused("「{title}」{posted} 才張貼，撤下日期不能更早。", title=row.title, posted=row.posted_on)
            if row.due_down_on is not None and on < row.due_down_on and not early:
                raise TooEarly(
                    "「{title}」要公示到 {due} 才能撤下。確實提前撤下的，請確認。", title=row.title, due=row.due_down_on
                )
            row.taken_down_on = on
    return change.changes


def _refuse_future(on: date, today: date | None) -> None:
    if on > (today or date.today()):
        raise Refused("日期 {day} 還沒有到。請填實際的日期。", day=on)


def set_note(database: Database, *, posting: int, note: str) -> Changes:
    """Write a note beside a posting in the register."""
    with database.change("修改公示備註", operation="postings.set_note") as change:
        row = get(change.session, posting)
        change.title = f"修改公示備註「{row.title}」"
        row.note = _public(note)
    return change.changes


def drop(database: Database, *, postings: Sequence[int]) -> Changes:
    """Take postings that were never hung up out of the register; their files stay where they are."""
    with database.change("移出公示登記", operation="postings.drop") as change:
        rows = _chosen(change.session, postings)
        change.title = f"移出公示登記{_told(rows)}"
        for row in rows:
            if row.posted_on is not None:
                raise Refused("「{title}」已張貼過，要留在登記簿裏。", title=row.title)
            change.session.delete(row)
    return change.changes


# objections


def object_to(
    database: Database, *, posting: int, text: str, on: date, by: str = "", today: date | None = None
) -> Changes:
    """Enter an objection (異議) against a posting; private numbers in its text are refused."""
    with database.change("登記異議", operation="postings.object_to") as change:
        _refuse_future(on, today)
        row = get(change.session, posting)
        change.title = f"登記異議：「{row.title}」"
        if not text.strip():
            raise Refused("請寫明異議的內容。")
        objection = PostingObjection(posting_id=row.id, raised_on=on, raised_by=_public(by), text=_public(text))
        change.session.add(objection)
        change.session.flush()
        change.session.expire(row, ["objections"])
    return change.changes


def handle(database: Database, *, objection: int, handling: str, on: date, today: date | None = None) -> Changes:
    """Say how an objection was handled, and when."""
    with database.change("登記異議處理", operation="postings.handle") as change:
        _refuse_future(on, today)
        row = change.session.get(PostingObjection, objection)
        if row is None:
            raise Refused("這條異議已不存在。請刷新後再試。")
        if not handling.strip():
            raise Refused("請寫明處理情況。")
        if on < row.raised_on:
            raise Refused("異議 {raised} 才提出，處理日期不能更早。", raised=row.raised_on)
        change.title = f"登記異議處理：「{get(change.session, row.posting_id).title}」"
        row.handling, row.handled_on = _public(handling), on
    return change.changes


def _public(text: str) -> str:
    """Return a text of the register stripped; raise :class:`Refused` where it holds a private number."""
    hits = find_private(text, kinds=EVERYTHING)
    if hits:
        raise Refused(
            "這段文字裏有{kind}（{masked}），沒有存入。登記簿不保存這類信息，請刪去後再存。",
            kind=hits[0].kind.label,
            masked=hits[0].masked,
        )
    return text.strip()
