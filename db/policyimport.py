"""Policies that come in from a list (導入): what each line would do, and doing it after the clerk has seen it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from db import policynames, policyphones, policytexts, subsidies, subsidylist
from db.changes import Changes
from db.database import Change, Database
from db.errors import Refused
from db.models import SubsidyPolicy
from db.subsidyitems import ENQUIRY, KEYS, PROFILE, SUPERVISION, TO
from db.subsidylist import PolicyBook, PolicyLine
from db.terms import PolicyVerdict, PostingProfile

NEW, SKIP = 0, -1
"""What a line may be taken for besides a policy's id: a new policy, or nothing."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One policy as a list states it: only what stands there. ``place`` tells where: ``表「目錄」第 5 行``."""

    values: Mapping[str, str]
    place: str
    valid_from: date | None = None
    valid_to: date | None = None
    profile: PostingProfile | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What one incoming policy would do.

    ``policy`` is the one it was recognised as, ``version`` the one of its versions that would be corrected; without
    a version a new one is begun. ``follows`` is the place of the line whose new policy this is a later version of.
    ``differs`` are old and new text by item. ``alike`` are the policies that it may be, where only the clerk can tell.
    """

    incoming: Incoming
    verdict: PolicyVerdict
    policy: int | None = None
    version: int | None = None
    follows: int | None = None
    differs: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    alike: tuple[tuple[int, str], ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Return the name that stands in the list."""
        return self.incoming.values["name"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. ``standing`` are the texts of all versions when it was made."""

    source: str
    lines: tuple[Line, ...]
    on: date
    standing: Mapping[int, Mapping[str, str]]

    def count(self, verdict: PolicyVerdict) -> int:
        """Return how many lines have this outcome."""
        return sum(line.verdict is verdict for line in self.lines)


def with_split_phones(one: Incoming) -> Incoming:
    """Return a line with telephone numbers that run together parted as proposed."""
    split = {key: policyphones.with_splits(one.values[key]) for key in (ENQUIRY, SUPERVISION) if one.values.get(key)}
    return replace(one, values={**one.values, **split})


def plan(session: Session, incoming: Sequence[Incoming], *, source: str, on: date | None = None) -> Plan:
    """Return what bringing these in would do; a list that names a policy twice is asked about."""
    day = on or date.today()
    books = subsidylist.books(session)
    known = _Known(books)
    met: dict[tuple[str, date | None], Mapping[str, str]] = {}
    begun: dict[str, int] = {}
    lines: list[Line] = []
    for place, one in enumerate(incoming):
        values = policytexts.tidy(one.values)
        tidied = Incoming(values, one.place, one.valid_from, one.valid_to, one.profile)
        mark = (policynames.key(values["name"]), one.valid_from)
        line = _line(tidied, known, day, twice=met.get(mark))
        if line.verdict is PolicyVerdict.NEW:
            first = begun.setdefault(mark[0], place)
            if first != place and one.valid_from is not None:
                line = replace(line, follows=first)
        lines.append(line)
        met.setdefault(mark, values)
    return Plan(source, tuple(lines), day, _standing(books))


def _standing(books: Sequence[PolicyBook]) -> dict[int, Mapping[str, str]]:
    return {version: texts for book in books for version, texts in book.texts.items()}


class _Known:
    """The policies there are, by name."""

    def __init__(self, books: Sequence[PolicyBook]) -> None:
        self.books = {book.id: book for book in books}
        self.exact: dict[str, list[int]] = {}
        self.loose: dict[str, list[int]] = {}
        for book in books:
            names = {book.name, *(line.values["name"] for line in book.versions)}
            for keys, of in ((self.exact, policynames.key), (self.loose, policynames.loose_key)):
                for one in {of(name) for name in names}:
                    keys.setdefault(one, []).append(book.id)

    def called(self, ids: Sequence[int]) -> tuple[tuple[int, str], ...]:
        """Return ids with names."""
        return tuple((one, self.books[one].name) for one in ids)


def _line(one: Incoming, known: _Known, day: date, *, twice: Mapping[str, str] | None) -> Line:
    doubts = tuple(policytexts.doubts(one.values, today=day))
    if twice is not None:
        same = twice == one.values
        return Line(one, PolicyVerdict.REPEATED if same else PolicyVerdict.ASKED, doubts=() if same else doubts)
    exact = known.exact.get(policynames.key(one.values["name"]), [])
    if len(exact) > 1:
        exact = _of_category(one, known, exact)
    if len(exact) == 1:
        return _known(one, known.books[exact[0]], day, doubts)
    alike = exact or known.loose.get(policynames.loose_key(one.values["name"]), [])
    if alike:
        return Line(one, PolicyVerdict.ASKED, alike=known.called(alike), doubts=doubts)
    return Line(one, PolicyVerdict.NEW, doubts=doubts)


def _of_category(one: Incoming, known: _Known, ids: Sequence[int]) -> list[int]:
    """Return which of several policies of one name stands under the category that the list names."""
    category = policynames.key(one.values.get("category", ""))
    some = [each for each in ids if policynames.key(known.books[each].versions[-1].values["category"]) == category]
    return some if len(some) == 1 else list(ids)


def _known(one: Incoming, book: PolicyBook, day: date, doubts: tuple[tuple[str, str], ...]) -> Line:
    """Compare a line with the version it speaks of; what the line does not state is left as it is."""
    version = _spoken_of(one, book, day)
    base = book.texts[(version or book.versions[-1]).version]
    differs = {key: (base[key], text) for key, text in one.values.items() if text and text != base[key]}
    if one.profile not in (None, book.profile):
        differs[PROFILE] = (book.profile.label, one.profile.label if one.profile else "")
    if version is None:
        return Line(one, PolicyVerdict.CHANGED, book.id, differs=differs, doubts=doubts)
    if one.valid_to not in (None, version.valid_to):
        differs[TO] = (str(version.valid_to or ""), str(one.valid_to))
    verdict = PolicyVerdict.CHANGED if differs else PolicyVerdict.SAME
    return Line(one, verdict, book.id, version.version, differs=differs, doubts=doubts if differs else ())


def _spoken_of(one: Incoming, book: PolicyBook, day: date) -> PolicyLine | None:
    """Return the version that a line is about: of its own first day, else the one of today; None for a later one."""
    if one.valid_from is None:
        return book.at(day)
    own = next((version for version in book.versions if version.valid_from == one.valid_from), None)
    last = book.versions[-1].valid_from
    if own is None and (last is None or last < one.valid_from):
        return None
    return own or book.at(one.valid_from)


def apply(
    database: Database,
    *,
    plan: Plan,
    choices: Mapping[int, int] | None = None,
    leave: frozenset[int] = frozenset(),
    valid_from: date | None = None,
) -> Changes:
    """Bring in what a plan shows, as one operation.

    ``choices`` settles the asked lines by their place: a policy's id, :data:`NEW` or :data:`SKIP`; those not settled
    are skipped, with a note. ``leave`` are further lines to pass over. With ``valid_from`` the changed ones become
    new versions from that day on instead of corrections. Raises :class:`Refused` where a policy moved since.
    """
    settled = dict(choices or {})
    with database.change(f"導入補貼政策：{plan.source}", operation="policyimport.apply") as change:
        _refuse_moved(change.session, plan)
        bringing = _Bringing(change, plan, valid_from)
        for place, line in enumerate(plan.lines):
            target = _target(line, settled.get(place))
            if place in leave or target == SKIP:
                if line.verdict is PolicyVerdict.ASKED and place not in leave:
                    change.notes.append(f"{line.incoming.place}「{line.name}」重名待定，沒有導入。")
            elif target == NEW:
                bringing.add(place, line)
            else:
                bringing.change(line, target)
        change.title = f"導入補貼政策：{plan.source}（新增 {bringing.added} 項，修改 {bringing.changed} 項）"
    return change.changes


def _target(line: Line, choice: int | None) -> int:
    if line.verdict is PolicyVerdict.ASKED:
        return SKIP if choice is None else choice
    if line.verdict in (PolicyVerdict.SAME, PolicyVerdict.REPEATED):
        return SKIP
    return NEW if line.policy is None else line.policy


def _refuse_moved(session: Session, plan: Plan) -> None:
    if _standing(subsidylist.books(session)) != plan.standing:
        raise Refused("補貼政策在預覽以後改動過，沒有導入。請重新讀取「{name}」再導入。", name=plan.source)


class _Bringing:
    """A list on its way in, within a running operation."""

    def __init__(self, change: Change, plan: Plan, valid_from: date | None) -> None:
        self._session, self._plan, self._valid_from = change.session, plan, valid_from
        self._begun: dict[int, SubsidyPolicy] = {}
        self._first = subsidies.next_position(change.session)
        self.added = self.changed = 0

    def add(self, place: int, line: Line) -> None:
        """Add a policy, or a later version of one that this list has begun."""
        one = line.incoming
        first = self._begun.get(line.follows) if line.follows is not None else None
        if first is not None and one.valid_from is not None:
            subsidies.succeed(
                self._session,
                first,
                valid_from=one.valid_from,
                valid_to=one.valid_to,
                values=dict.fromkeys(KEYS, "") | dict(one.values),
                source=self._plan.source,
            )
            return
        self._begun[place] = subsidies.insert(
            self._session,
            values=one.values,
            valid_from=one.valid_from or self._valid_from,
            valid_to=one.valid_to,
            profile=one.profile or PostingProfile.PLAIN,
            source=self._plan.source,
            position=self._first + self.added,
        )
        self.added += 1

    def change(self, line: Line, target: int) -> None:
        """Correct a version of a policy, or begin a new one."""
        one = line.incoming
        policy = subsidies.get(self._session, target)
        now = _known(one, subsidylist.book_of(policy), self._plan.on, ())
        if now.verdict is PolicyVerdict.SAME:
            return
        policy.profile = one.profile or policy.profile
        values = {key: new for key, (_old, new) in now.differs.items() if key in KEYS}
        begun = one.valid_from if now.version is None else self._valid_from
        row = subsidies.get_version(self._session, now.version) if now.version is not None else None
        if row is None or (begun is not None and row.valid_from != begun):
            assert begun is not None  # a line without a version is one that states its first day
            subsidies.succeed(
                self._session, policy, valid_from=begun, valid_to=one.valid_to, values=values, source=self._plan.source
            )
        else:
            subsidies.correct(self._session, row, values)
            if TO in now.differs:
                subsidies.hold(policy, row, row.valid_from, one.valid_to)
            row.source = self._plan.source
        self.changed += 1
