"""Payment files from path to ledger: read, shown to the clerk, and stored as they were shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from db import mappings, paymentstore, vault
from db.changes import Changes
from db.database import Database
from db.errors import Refused, UnreadableInput
from db.paymentperiods import settled
from db.paymentstore import IncomingSheet, Outcome
from db.places import PlaceRow
from db.sealing import Keyring
from db.vault import VaultState
from exports.payments.choices import Choices, Known
from exports.payments.doubles import Memory
from exports.payments.findings import without_private
from exports.payments.opening import OpenFile, OpenSheet, hash_of, opened
from exports.payments.reading import SheetReader, SheetResult, Stored, Surroundings

PURPOSE = "payments"
"""Of the settled mappings of columns."""
Progress = Callable[[int, int], None]
"""Told how far reading is: done and total, in any unit; raises ``Cancelled`` where the user stops it."""


@dataclass(slots=True)
class FileResult:
    """What came of one file. ``known`` is number and time of the import that holds it already."""

    path: Path
    sha256: str
    sheets: list[SheetResult]
    hidden: tuple[str, ...] = ()
    known: tuple[int, datetime] | None = None

    @property
    def name(self) -> str:
        """Return the file's name."""
        return self.path.name

    @property
    def usable(self) -> bool:
        """Tell whether any sheet of it holds payments."""
        return any(sheet.usable for sheet in self.sheets)


@dataclass(slots=True)
class Preview:
    """What an import would take, exactly; :func:`apply` takes that or refuses.

    ``sealing`` tells whether identity numbers and accounts will be kept, encrypted.
    """

    files: list[FileResult]
    choices: Choices
    sealing: bool
    names: dict[int, str] = field(default_factory=dict)
    policies: dict[int, str] = field(default_factory=dict)

    @property
    def sheets(self) -> list[SheetResult]:
        """Return the sheets that hold payments."""
        return [sheet for file in self.files for sheet in file.sheets if sheet.usable]

    @property
    def rows(self) -> int:
        """Return how many payments would be stored."""
        return sum(sheet.total.rows for sheet in self.sheets)

    @property
    def amount_fen(self) -> int:
        """Return their sum."""
        return sum(sheet.total.amount_fen for sheet in self.sheets)

    @property
    def left_out(self) -> int:
        """Return how many rows would not be taken."""
        return sum(sheet.findings.left_out for sheet in self.sheets)

    @property
    def doubts(self) -> int:
        """Return how many findings there are that keep nothing from being taken."""
        return sum(sum(sheet.findings.counts.values()) for sheet in self.sheets) - self.left_out


def preview(
    database: Database, *, paths: Sequence[Path], choices: Choices | None = None, progress: Progress | None = None
) -> Preview:
    """Read payment files and return what an import would take. Raises ``UnreadableInput`` for what is no payment file.

    A database with a password must be unlocked: else :class:`db.errors.PrivateLocked` is raised.
    """
    choices = _settled(choices or Choices())
    keys = _keys(database)
    with database.reading() as session, ExitStack() as stack:
        files = [stack.enter_context(opened(path)) for path in dict.fromkeys(paths)]
        around = _surroundings(session, choices, keys, seal=False)
        known = around.known
        told = _Told(files, progress)
        results = [_read_file(file, around, told) for file in files]
        _refuse_foreign(results)
        imported = paymentstore.known_files(session, {one.sha256 for one in results})
        for one in results:
            one.known = imported.get(one.sha256)
        names = {village.id: village.called for town in known.places.towns for village in town.villages}
    return Preview(results, choices, keys is not None, names, known.policy_names)


def apply(database: Database, *, shown: Preview, progress: Progress | None = None) -> Changes:
    """Store what was shown, in one transaction that leaves nothing where it is cancelled or fails.

    Raises :class:`Refused` where a file or the ledger has changed since, or a file was imported before.
    """
    for file in shown.files:
        if hash_of(file.path) != file.sha256:
            raise Refused("「{name}」在預覽之後改動過，沒有導入。請重新預覽。", name=file.name)
    keys = _keys(database)
    if (keys is not None) != shown.sealing:
        raise Refused("預覽之後設置了密碼，沒有導入。請重新預覽。")
    with ExitStack() as stack:
        usable = [file for file in shown.files if file.usable]
        files = [stack.enter_context(opened(file.path)) for file in usable]
        run = _Run(shown.choices, keys, _Told(files, progress))
        sheets = [
            run.incoming(file, sheet, before)
            for file, seen in zip(files, usable, strict=True)
            for sheet, before in zip(file.sheets, seen.sheets, strict=True)
            if before.usable
        ]
        changes = paymentstore.store(database, sheets=sheets)
    _remember_columns(database, shown)
    return changes


def _settled(choices: Choices) -> Choices:
    return replace(choices, period=settled(choices.period)) if choices.period else choices


def _keys(database: Database) -> Keyring | None:
    """Return the keys, None where no password was ever set; raise where the vault is locked."""
    return None if vault.state(database) is VaultState.ABSENT else vault.keyring(database)


def _surroundings(session: Session, choices: Choices, keys: Keyring | None, *, seal: bool) -> Surroundings:
    def columns(headings: Sequence[str]) -> dict[int, str] | None:
        found = mappings.recall(session, purpose=PURPOSE, headings=_public(headings))
        return dict(found.fields) if found is not None else None

    known = Known.of(session)
    holders = partial(paymentstore.holders, session) if keys is not None and known.paid else None
    return Surroundings(known, choices, Memory(), keys, seal=seal, settled=columns, holders=holders)


def _public(headings: Sequence[str]) -> list[str]:
    """Return headings as they are kept: a telephone may stand in one (備注（問13…）)."""
    return [without_private(heading)[0] for heading in headings]


@dataclass(slots=True)
class _Told:
    """Tells how far the reading of several sheets is."""

    files: Sequence[OpenFile]
    progress: Progress | None
    before: int = 0

    def during(self, sheet: OpenSheet) -> None:
        """Tell how far a sheet is."""
        if self.progress is not None:
            total = sum(one.size for file in self.files for one in file.sheets)
            self.progress(min(self.before + sheet.read(), total), max(total, 1))

    def after(self, sheet: OpenSheet) -> None:
        """Count a sheet as read."""
        self.before += sheet.size
        self.during(OpenSheet("", sheet.rows, 0))


def _refuse_foreign(files: Sequence[FileResult]) -> None:
    """Raise :class:`UnreadableInput` for a file none of whose sheets has anything like the heading of payments."""
    for file in files:
        if all(sheet.heading is None for sheet in file.sheets):
            raise UnreadableInput(
                "「{name}」裏沒有找到發放表：前 30 行應有「姓名」「金額」這樣的表頭。請檢查是不是這個文件。",
                name=file.name,
            )


def _read_file(file: OpenFile, around: Surroundings, told: _Told) -> FileResult:
    results = []
    for sheet in file.sheets:
        reader = SheetReader(file.name, sheet.name, around)
        for _ in reader.read(sheet.rows()):
            told.during(sheet)
        told.after(sheet)
        results.append(reader.result)
    return FileResult(file.path, file.sha256, results, file.hidden)


@dataclass(slots=True)
class _Run:
    """The storing of sheets that were shown: all are read with what the ledger knew when the first one began."""

    choices: Choices
    keys: Keyring | None
    told: _Told
    around: Surroundings | None = None

    def incoming(self, file: OpenFile, sheet: OpenSheet, before: SheetResult) -> IncomingSheet:
        """Return a sheet to be stored as it was shown."""
        made: list[SheetResult] = []

        def slices(session: Session) -> Iterator[list[Stored]]:
            if self.around is None:
                self.around = _surroundings(session, self.choices, self.keys, seal=True)
            reader = SheetReader(file.name, sheet.name, self.around)
            made.append(reader.result)
            for rows in reader.read(sheet.rows()):
                self.told.during(sheet)
                yield rows
            self.told.after(sheet)

        def outcome() -> Outcome:
            result = made[-1]
            if result.sums != before.sums or result.findings.left_out != before.findings.left_out:
                raise Refused("臺賬在預覽之後改動過，「{name}」沒有導入。請重新預覽。", name=file.name)
            return Outcome(result.total.rows, result.total.amount_fen, result.totals.own, result.findings.report())

        file_name, sheet_name = without_private(file.name)[0], without_private(sheet.name)[0]
        return IncomingSheet(file_name, file.sha256, sheet_name, self.keys is not None, slices, outcome)


def _remember_columns(database: Database, shown: Preview) -> None:
    """Keep what the clerk settled of columns for the next sheet with these headings."""
    for sheet in shown.sheets:
        chosen = shown.choices.columns.get((sheet.file, sheet.sheet))
        if chosen and sheet.heading is not None:
            headings, wanted = _public(sheet.heading.headings), without_private(sheet.sheet)[0]
            with database.reading() as session:
                name = mappings.free_name(session, purpose=PURPOSE, wanted=wanted, headings=headings)
            mappings.remember(database, purpose=PURPOSE, name=name, headings=headings, fields=dict(chosen))


def missing_places(shown: Preview) -> list[PlaceRow]:
    """Return the villages that a preview could not find and whose town stands beside them, to be added on request."""
    wanted = dict.fromkeys(
        (town, written) for sheet in shown.sheets for kind, town, written in sheet.questions if kind == "village"
    )
    return [PlaceRow(town, village) for town, village in wanted if town and village]
