"""Reading the register of postings: its lines with their states, what is due to come down, period by village."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, selectinload

from db.models import Payment, PaymentImport, Place, Posting, PostingRun, SubsidyPolicy
from db.postings import CONTENT, get, key_of
from db.terms import PostingProfile, PostingState

SHAPES = {
    PostingState.MADE: "◇",
    PostingState.POSTED: "●",
    PostingState.DUE_DOWN: "▲",
    PostingState.TAKEN_DOWN: "✓",
}
"""A state is told by its shape and its word, never by colour alone."""
NOT_MADE, NOT_MADE_SHAPE = "未製作", "○"


@dataclass(frozen=True, slots=True)
class PostingLine:
    """A posting as the register shows it. ``policy`` is empty for all policies together.

    ``superseded`` tells that it was made again since; ``objections`` counts all, ``open_objections`` the unhandled.
    """

    id: int
    place: int
    town: str
    village: str
    policy_id: int | None
    policy: str
    period: str
    profile: PostingProfile
    title: str
    made_at: datetime
    rows: int
    amount_fen: int
    days: int
    working_days: bool
    folder: str
    files: Mapping[str, str]
    posted_on: date | None
    spot: str
    due_down_on: date | None
    taken_down_on: date | None
    note: str
    state: PostingState
    superseded: bool
    photos: int
    objections: int
    open_objections: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of a posting, without its content."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection and how it was handled; ``handled_on`` is None while it is open."""

    id: int
    raised_on: date
    raised_by: str
    text: str
    handling: str
    handled_on: date | None


def state_of(posting: Posting, *, on: date) -> PostingState:
    """Return how far a posting is on a day; on the first day on which it may come down it is due."""
    if posting.taken_down_on is not None:
        return PostingState.TAKEN_DOWN
    if posting.posted_on is None:
        return PostingState.MADE
    due = posting.due_down_on
    return PostingState.DUE_DOWN if due is not None and on >= due else PostingState.POSTED


def listed(
    session: Session,
    *,
    on: date | None = None,
    period: str | None = None,
    place: int | None = None,
    states: Iterable[PostingState] = (),
) -> list[PostingLine]:
    """Return the postings in the register, the latest made first within the order of towns and villages."""
    town = aliased(Place)
    query = (
        select(Posting, Place.name, town.name, SubsidyPolicy.name)
        .join(Place, Posting.place_id == Place.id)
        .outerjoin(town, Place.parent_id == town.id)
        .outerjoin(SubsidyPolicy, Posting.policy_id == SubsidyPolicy.id)
        .options(selectinload(Posting.photos), selectinload(Posting.objections))
        .order_by(town.position, town.id, Place.position, Place.id, Posting.id.desc())
    )
    if period is not None:
        query = query.where(Posting.period == period)
    if place is not None:
        query = query.where(Posting.place_id == place)
    wanted, day = frozenset(states), on or date.today()
    latest: set[tuple[str, int, int | None]] = set()
    found = []
    for posting, village, above, policy in session.execute(query):
        key = (posting.period, posting.place_id, posting.policy_id)
        line = _line(posting, village, above or "", policy or "", state_of(posting, on=day), key in latest)
        latest.add(key)
        if not wanted or line.state in wanted:
            found.append(line)
    return found


def _line(
    one: Posting,
    village: str,
    town: str,
    policy: str,
    state: PostingState,
    superseded: bool,  # noqa: FBT001
) -> PostingLine:
    return PostingLine(
        id=one.id,
        place=one.place_id,
        town=town,
        village=village,
        policy_id=one.policy_id,
        policy=policy,
        period=one.period,
        profile=one.profile,
        title=one.title,
        made_at=one.made_at,
        rows=one.rows,
        amount_fen=one.amount_fen,
        days=one.days,
        working_days=one.working_days,
        folder=one.folder,
        files=one.files,
        posted_on=one.posted_on,
        spot=one.spot,
        due_down_on=one.due_down_on,
        taken_down_on=one.taken_down_on,
        note=one.note,
        state=state,
        superseded=superseded,
        photos=len(one.photos),
        objections=len(one.objections),
        open_objections=sum(objection.handled_on is None for objection in one.objections),
    )


def due(session: Session, *, on: date | None = None) -> list[PostingLine]:
    """Return the postings that may come down on a day, the longest due first."""
    lines = listed(session, on=on, states=(PostingState.DUE_DOWN,))
    return sorted(lines, key=lambda line: line.due_down_on or date.max)


def particulars(session: Session, posting: int) -> tuple[list[Photo], list[Objection]]:
    """Return the photos and the objections of a posting, in order."""
    row = get(session, posting)
    photos = [Photo(one.id, one.name) for one in row.photos]
    objections = [
        Objection(one.id, one.raised_on, one.raised_by, one.text, one.handling, one.handled_on)
        for one in row.objections
    ]
    return photos, objections


@dataclass(frozen=True, slots=True)
class Entered:
    """A posting that was made into a folder: the fingerprint of its content, its files, whether it was hung up."""

    key: str
    content: str
    files: Mapping[str, str]
    hung: bool


def in_folder(session: Session, *, period: str, folder: str) -> list[Entered]:
    """Return the postings of a period that were made into a folder, the oldest first."""
    query = select(Posting).where(Posting.period == period, Posting.folder == folder).order_by(Posting.id)
    runs = {
        run.id: run.options.get(CONTENT, {})
        for run in session.scalars(select(PostingRun).where(PostingRun.period == period, PostingRun.folder == folder))
    }
    found = []
    for posting in session.scalars(query):
        key = key_of(posting.place_id, posting.policy_id)
        content = runs.get(posting.run_id or 0, {}).get(key, "")
        found.append(Entered(key, content, posting.files, posting.posted_on is not None))
    return found


# period by village


@dataclass(frozen=True, slots=True)
class Cell:
    """A village in a period: what was paid, and where its postings stand.

    ``state`` is that of the posting that is least far, None where something paid has no posting yet; ``changed``
    tells that payments differ from what was posted; ``postings`` are the ids of the current ones.
    """

    rows: int
    amount_fen: int
    policies: int
    state: PostingState | None
    changed: bool
    postings: tuple[int, ...]

    @property
    def told(self) -> str:
        """Return shape and word of the state."""
        word = f"{NOT_MADE_SHAPE} {NOT_MADE}" if self.state is None else f"{SHAPES[self.state]} {self.state.label}"
        return f"{word}（已變動）" if self.changed else word


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A village with its cells by period."""

    place: int
    town: str
    village: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Period by village (公示情況): ``periods`` are the columns, the latest first."""

    periods: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


_FAR = (PostingState.DUE_DOWN, PostingState.MADE, PostingState.POSTED, PostingState.TAKEN_DOWN)  # most pressing first
_Paid = dict[tuple[int, str], dict[int, tuple[int, int]]]  # by village and period: rows and sum of each policy


def matrix(session: Session, *, on: date | None = None, periods: Sequence[str] | None = None) -> Matrix:
    """Return where the postings of every village stand that was paid anything, in the order of towns and villages."""
    paid = _paid(session)
    current: dict[tuple[int, str], list[PostingLine]] = defaultdict(list)
    for line in listed(session, on=on):
        if not line.superseded:
            current[line.place, line.period].append(line)
    columns = sorted({period for _, period in paid} | {period for _, period in current}, reverse=True)
    wanted = tuple(one for one in columns if periods is None or one in periods)
    town = aliased(Place)
    query = (
        select(Place.id, town.name, Place.name)
        .outerjoin(town, Place.parent_id == town.id)
        .order_by(town.position, town.id, Place.position, Place.id)
    )
    rows = []
    for place, above, name in session.execute(query):
        cells = {
            period: _cell(paid.get((place, period), {}), current.get((place, period), []))
            for period in wanted
            if (place, period) in paid or (place, period) in current
        }
        if cells:
            rows.append(MatrixRow(place, above or "", name, cells))
    return Matrix(wanted, tuple(rows))


def _paid(session: Session) -> _Paid:
    query = (
        select(Payment.place_id, Payment.period, Payment.policy_id, func.count(), func.sum(Payment.amount_fen))
        .join(PaymentImport, Payment.import_id == PaymentImport.id)
        .where(PaymentImport.active)
        .group_by(Payment.place_id, Payment.period, Payment.policy_id)
    )
    found: _Paid = defaultdict(dict)
    for place, period, policy, rows, fen in session.execute(query):
        found[place, period][policy] = (rows, fen)
    return found


def _cell(paid: Mapping[int, tuple[int, int]], lines: Sequence[PostingLine]) -> Cell:
    rows, fen = (sum(one[at] for one in paid.values()) for at in (0, 1))
    together = [line for line in lines if line.policy_id is None]
    covered = set(paid) if together else {line.policy_id for line in lines}
    changed = any((line.rows, line.amount_fen) != _now(line, paid, (rows, fen)) for line in lines)
    states = {line.state for line in lines}
    state = next((one for one in _FAR if one in states), None) if set(paid) <= covered else None
    return Cell(rows, fen, len(paid), state, changed, tuple(line.id for line in lines))


def _now(line: PostingLine, paid: Mapping[int, tuple[int, int]], whole: tuple[int, int]) -> tuple[int, int]:
    return whole if line.policy_id is None else paid.get(line.policy_id, (0, 0))
