"""Postings of the whole county in one run (批量公示): folders by town, an index, taken up again where it was left.

What is finished is in the journal on the disk and, when the run ends, in the register. A run that was stopped or killed
is begun again with the same folder: files that are there unchanged and would come out the same are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from db import postinglist, postings, settings
from db.changes import Changes
from db.database import Database
from db.errors import Cancelled, Refused
from db.postings import MadePosting
from db.settings import Office
from exports.pdf.document import Missing
from exports.posting.beside import beside
from exports.posting.filenames import free_stem, stem
from exports.posting.index import KEPT, LEFT, MADE, Line, write_index
from exports.posting.journal import Finished, Journal
from exports.posting.make import Order, Outcome, fingerprint
from exports.posting.options import Options
from exports.posting.wanted import Posted, Tick, Wanted, places_of, posted, question
from exports.posting.workers import carry_out
from exports.words import Words, words_of

Secrets = Callable[[Posted], tuple[str, ...]]
"""Gives the real numbers of the people on a posting, none where the vault is locked."""


@dataclass(slots=True)
class Result:
    """What came of a run. ``failures`` are titles with the sentence why; ``stopped`` tells that the clerk ended it."""

    folder: Path
    made: list[MadePosting] = field(default_factory=list)
    kept: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    index: Path | None = None
    changes: Changes | None = None
    stopped: bool = False

    @property
    def whole(self) -> bool:
        """Tell whether every posting that was wanted is there, with every sign."""
        return not (self.failures or self.missing or self.stopped)


def run(
    database: Database,
    *,
    wanted: Wanted,
    options: Options,
    folder: Path,
    confirmed: bool = False,
    secrets: Secrets | None = None,
    tick: Tick | None = None,
    processes: int | None = None,
) -> Result:
    """Make postings into a folder and enter them in the register as one operation.

    Raises ``Unconfirmed`` where sensitive aid is among them and ``confirmed`` is off, :class:`Refused` where nothing
    was paid. One that cannot be made is in ``failures``; the others stand. Stopped by ``tick`` raising ``Cancelled``,
    what is finished is entered all the same.
    """
    folder = folder.absolute()
    with database.reading() as session:
        asked = None if confirmed else question(session, wanted, options=options)
        office, total = settings.office(session), len(places_of(session, wanted))
    if asked is not None:
        raise asked
    if not total:
        raise Refused("「{period}」沒有要公示的發放記錄。請先導入發放表，或核對期間和村。", period=wanted.period)
    folder.mkdir(parents=True, exist_ok=True)
    running = _Running(database, wanted, options, folder, office)
    try:
        with closing(carry_out(running.orders(secrets), processes=processes)) as outcomes:
            for done, outcome in enumerate(outcomes, start=1):
                running.take(outcome)
                if tick is not None:
                    tick(min(total, done + running.result.kept), total)
    except Cancelled:
        running.result.stopped = True
    finally:
        running.close()
    return running.result


class _Running:
    """One run: hands out what is to be made and takes back what was."""

    def __init__(self, database: Database, wanted: Wanted, options: Options, folder: Path, office: Office) -> None:
        self.result = Result(folder)
        self._database, self._wanted, self._options = database, wanted, options
        self._folder, self._office = folder, office
        self._words: Words = words_of(office)
        self._journal = Journal(folder)
        self._earlier = self._journal.read(wanted.period)
        self._ordered: dict[str, tuple[MadePosting, Line]] = {}
        self._lines: dict[str, Line] = {}
        self._public: dict[str, None] = {}
        self._reasons: dict[str, str] = {}

    def orders(self, secrets: Secrets | None) -> Iterator[Order]:
        """Yield what has to be made; what stands unchanged is entered as kept."""
        with self._database.reading() as session:
            entered = postinglist.in_folder(session, period=self._wanted.period, folder=str(self._folder))
            standing = {one.key: Finished(one.content, one.files) for one in entered}
            hung = {name for one in entered if one.hung for name in one.files}
            taken: set[str] = set()
            for one in posted(session, self._wanted, options=self._options, office=self._office):
                order = self._order(one, standing, hung, taken)
                if order is not None:
                    yield order if secrets is None else replace(order, secrets=secrets(one))

    def _order(self, one: Posted, standing: dict[str, Finished], hung: set[str], taken: set[str]) -> Order | None:
        content = one.composed.content
        mark = fingerprint(content, paper=self._options.paper, kinds=self._options.kinds)
        self._public |= dict.fromkeys(content.public_numbers)
        self.result.warnings += [f"「{content.title}」：{warning}" for warning in one.composed.warnings]
        path = free_stem(stem(one.facts, self._words), taken, self._words)
        before, journalled = standing.get(one.key), self._earlier.get(one.key)
        if before is not None and before.stands(self._folder, mark):
            taken.add(path.casefold())
            self._lines[one.key] = _line(one, dict(before.files), KEPT)
            self.result.kept += 1
            return None
        made = _made(one, mark)
        if journalled is not None and journalled.stands(self._folder, mark):
            taken.add(path.casefold())
            self._enter(made, _line(one, dict(journalled.files), KEPT))
            self.result.kept += 1
            return None
        while any(path + kind in hung for kind in self._options.kinds):  # what hangs on a board keeps its file
            path = free_stem(path + self._words.fixed("（更正）"), taken, self._words)
        taken.add(path.casefold())
        self._ordered[one.key] = (made, _line(one, {}, MADE))
        self._lines[one.key] = self._ordered[one.key][1]
        files = tuple(path + kind for kind in self._options.kinds)
        return Order(one.key, content, self._folder, files, self._options.paper, self._office)

    def take(self, outcome: Outcome) -> None:
        """Take what came of an order."""
        made, line = self._ordered.pop(outcome.key)
        if outcome.failure:
            self.result.failures.append((made.title, outcome.failure))
            self._reasons[outcome.key] = outcome.failure
            self._lines[outcome.key] = replace(line, state=outcome.failure)
            return
        self._journal.add(self._wanted.period, outcome.key, Finished(made.content, outcome.files))
        self.result.missing += outcome.missing
        self._enter(made, replace(line, files=outcome.files))

    def _enter(self, made: MadePosting, line: Line) -> None:
        self._lines[made.key] = line
        self.result.made.append(replace(made, files=line.files))

    def close(self) -> None:
        """Enter what was made in the register, write the index, and let go of the journal."""
        for key, (_, line) in self._ordered.items():
            self._lines[key] = replace(line, state=LEFT)
        result = self.result
        if result.made or self._reasons:
            entry = postings.Run(
                folder=str(self._folder),
                period=self._wanted.period,
                days=self._options.days,
                working_days=self._options.working_days,
                options=self._options.stored(),
                failures=self._reasons,
            )
            result.changes = postings.record(self._database, run=entry, made=result.made)
        with self._database.reading() as session:
            others, left = beside(session, self._wanted, self._folder, self._lines)
        if not result.stopped:
            result.warnings += [f"「{name}」是以前製作的，現在的發放記錄裏沒有，請不要張貼。" for name in left]
        result.index = write_index(
            [*self._lines.values(), *others],
            self._folder,
            period=self._wanted.period,
            office=self._office,
            public_numbers=tuple(self._public),
        )
        self._journal.close()


def _made(one: Posted, mark: str) -> MadePosting:
    content = one.composed.content
    return MadePosting(
        place=one.facts.place,
        policy=one.policy,
        profile=one.profile,
        title=content.title,
        rows=content.rows,
        amount_fen=content.amount_fen,
        files={},
        content=mark,
    )


def _line(one: Posted, files: dict[str, str], state: str) -> Line:
    content, facts = one.composed.content, one.facts
    subject = facts.policies[0].name if one.policy is not None else ""
    return Line(facts.town, facts.village, subject, content.rows, content.amount_fen, files, state)
