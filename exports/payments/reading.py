"""A payment sheet to rows as they are stored, in slices: every cell checked, every doubt noted, nothing guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from db.money import figures
from db.paymentstore import IDENTITY_DIGEST, NAME, PERIOD, POLICY, ROW, Holder
from db.script import fold
from db.sealing import Keyring
from exports.payments import fields, heading
from exports.payments.asides import LABELS_WITHIN, Asides, Kind
from exports.payments.cells import Broken, Row, Value, text_of
from exports.payments.choices import Choices, Known
from exports.payments.doubles import Doubles, Memory
from exports.payments.findings import Findings, without_private
from exports.payments.heading import Heading
from exports.payments.items import Items
from exports.payments.kept import Kept
from exports.payments.persons import Persons
from exports.payments.totals import TotalRow, Totals
from exports.payments.values import LARGEST_TOTAL, NotMoneyError, fen_of, product_fen
from exports.payments.whereabouts import Where, Whereabouts, is_title

SLICE = 2_000
"""Rows that are stored at once."""
_FOOT = re.compile(r"[:：]|^(?:备注|说明|注|填表|制表|审核|经办|负责人|复核|公示)")
_FIGURE = re.compile(r"[-+\d.,，¥￥元 ]+")
_NAME = re.compile("[^\\W\\d_]|[\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""A letter: a row of column numbers under the heading names nobody."""
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_ROUNDINGS = (10, 100)
Stored = tuple[object, ...]
"""A payment in the order of ``db.paymentstore.COLUMNS``."""


@dataclass(slots=True)
class Sum:
    """How many rows were taken, and their sum."""

    rows: int = 0
    amount_fen: int = 0

    def add(self, fen: int) -> None:
        """Count a row."""
        self.rows += 1
        self.amount_fen += fen


@dataclass(slots=True)
class SheetResult:
    """What came of one sheet.

    ``sums`` are by policy, place and period; ``questions`` are names that nobody knows (kind, town, as written) with
    how many rows they hold up.
    """

    file: str
    sheet: str
    findings: Findings
    heading: Heading | None = None
    money: str = "元"
    total: Sum = field(default_factory=Sum)
    sums: dict[tuple[int, int, str], Sum] = field(default_factory=dict)
    totals: Totals = field(default_factory=Totals)
    questions: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    @property
    def usable(self) -> bool:
        """Tell whether the sheet has the columns that a payment needs."""
        return self.heading is not None and all(key in self.heading.places for key in fields.REQUIRED)


@dataclass(slots=True)
class Surroundings:
    """What a sheet is read with. ``keys`` make the hashes and seal the private side where ``seal`` is set.

    ``settled`` returns what is known of a sheet's columns by its headings; ``holders`` the payments that stand by the
    hash of a person, None where nothing can stand.
    """

    known: Known
    choices: Choices
    memory: Memory
    keys: Keyring | None = None
    seal: bool = False
    settled: Callable[[Sequence[str]], Mapping[int, str] | None] = lambda _headings: None
    holders: Callable[[Sequence[bytes]], Mapping[bytes, Sequence[Holder]]] | None = None


class SheetReader:
    """Reads one sheet: the heading first, then row by row."""

    def __init__(self, file: str, sheet: str, surroundings: Surroundings) -> None:
        self._around = surroundings
        self._known, self._choices = surroundings.known, surroundings.choices
        self.result = SheetResult(file, sheet, Findings(file, sheet))
        self._findings = self.result.findings
        self._products: Kept[tuple[str, str], tuple[int, int] | None] = Kept()
        self._money: Kept[Value, int] = Kept()

    def read(self, rows: Iterator[tuple[int, Row]]) -> Iterator[list[Stored]]:
        """Yield what is to be stored in slices; nothing where the sheet has no columns of name and sum."""
        first = list(islice(rows, heading.WITHIN + 2))
        found = self.result.heading = self._find_heading(first)
        if found is None or not self.result.usable:
            return
        self._begin(found)
        batch: list[Stored] = []
        for at, row in chain(first, rows):
            if at <= found.row:
                continue
            for part in self._beside(row, found.sides) if found.sides else (row,):
                stored = self._row(at, part)
                if stored is not None:
                    batch.append(stored)
            if len(batch) >= SLICE:
                self._check_stored(batch)
                yield batch
                batch = []
        self._check_stored(batch)
        yield batch
        self._end()

    def _beside(self, row: Row, sides: Sequence[int]) -> Iterator[Row]:
        """Yield the parts of a row that belong to tables side by side, each with the columns of the first one."""
        wide = sides[0]
        for begin in (0, *sides):
            part = {place - begin: value for place, value in row.items() if begin <= place < begin + wide}
            if part:
                self._findings.shift = begin
                yield part
        self._findings.shift = 0

    def _find_heading(self, first: Sequence[tuple[int, Row]]) -> Heading | None:
        chosen = self._choices.columns.get((self.result.file, self.result.sheet))
        found = heading.find(first, chosen)
        if found is None or chosen is not None:
            return found
        settled = self._around.settled(found.headings)
        return heading.find(first, settled) if settled is not None else found

    def _check_stored(self, batch: Sequence[Stored]) -> None:
        """Hold persons against the payments that stand already."""
        if self._around.holders is None:
            return
        rows = {digest: row for row in batch if isinstance(digest := row[IDENTITY_DIGEST], bytes)}
        found = self._around.holders(list(rows))
        for digest, row in rows.items() if found else ():
            what = (row[POLICY], row[PERIOD])
            self._doubles.check_stored(int(str(row[ROW])), str(row[NAME]), what, found.get(digest, ()))

    def _begin(self, found: Heading) -> None:
        result = self.result
        columns = dict(found.places)
        self._heading = found
        self._name, self._amount = columns["name"], columns["amount"]
        self._unit = result.money = found.money or self._choices.money or "元"
        self._foreign = False
        self._where = Whereabouts(self._known, self._choices, self._findings, columns)
        self._where.begin((*found.titles, result.sheet, result.file))
        result.questions = self._where.questions
        self._asides = Asides(found, self._where, self._name)
        for other, kept in found.rivals:
            self._findings.add("rival", found.row, other.place, other.heading, f"採用的是「{kept.heading}」")
        self._persons = Persons(columns, self._findings, self._around.keys, seal=self._around.seal)
        self._items = Items(found, self._findings)
        memory = self._around.memory
        sheet = memory.enter(result.sheet)
        self._doubles = Doubles(memory, self._findings, sheet, columns.get("identity"), self._name)

    def _end(self) -> None:
        self.result.totals.check(self._findings, self._amount)
        for policy, place, period in self.result.sums:
            before = self._known.paid.get((place, policy, period), 0)
            if before:
                village = self._known.places.village(place)
                self._findings.add("already_paid", 0, None, village.called if village else "", f"{before} 筆")

    def _row(self, at: int, row: Row) -> Stored | None:
        name, amount = text_of(row.get(self._name)), row.get(self._amount)
        word = self._asides.total_word(row, name)
        if word:
            self._meet_total(at, word, amount)
            return None
        if not self._is_payment(at, row, name, amount):
            return None
        fen = self._fen(at, amount)
        where = self._where.of(at, row) if fen is not None else None
        return self._stored(at, row, name, fen, where) if fen is not None and where is not None else None

    def _is_payment(self, at: int, row: Row, name: str, amount: Value | None) -> bool:
        """Tell payments from what else stands in a sheet: titles and notes, the heading once more."""
        if _is_foot(row, name, amount):
            return False
        whole = bool(name) and amount is not None
        if not (whole and _is_figure(amount)) and self._is_heading(at, row):
            return False
        if whole and self._foreign:
            self._findings.add("other_head", at, self._name)
        elif whole and (isinstance(row[self._name], Broken) or not _NAME.search(name)):
            self._findings.add("bad_name", at, self._name, name)
        elif whole:
            self._asides.payment()
            return True
        elif amount is not None:
            self._findings.add("no_name", at, self._name)
        elif not self._asides.note(row):
            self._tell_note(at, row, name)
        return False

    def _is_heading(self, at: int, row: Row) -> bool:
        """Tell whether a row is a heading; begin anew with what stands above it."""
        kind = self._asides.heading_again(row)
        if kind is Kind.SAME:
            money = self._asides.begin_again()
            if money and money != self._unit:
                self._unit = money
                self._money.clear()
        self._foreign = kind is Kind.OTHER if kind is not None else self._foreign
        if kind is Kind.OTHER:
            self._findings.add("other_table", at, min(row))
        return kind is not None

    def _tell_note(self, at: int, row: Row, name: str) -> None:
        if len(row) == 1 and is_title(name):
            return
        if name and not _FOOT.search(fold(name)):
            self._findings.add("no_amount", at, self._amount)
        elif not name:
            texts = [text_of(value) for value in row.values()]
            if len(texts) > LABELS_WITHIN and not any(_FOOT.search(fold(text)) for text in texts):
                self._findings.add("dropped_row", at, self._name)

    def _meet_total(self, at: int, word: str, amount: Value | None) -> None:
        try:
            self.result.totals.met(TotalRow(at, word, fen_of(amount, self._unit, most=LARGEST_TOTAL)))
        except NotMoneyError:
            if amount is not None:
                self._findings.add("bad_total", at, self._amount, text_of(amount))

    def _fen(self, at: int, amount: Value | None) -> int | None:
        known = self._money.get(amount) if amount is not None and not isinstance(amount, bool) else None
        if known is not None:
            return known
        try:
            fen = fen_of(amount, self._unit)
        except NotMoneyError as error:
            self._findings.add(error.kind, at, self._amount, text_of(amount))
            return None
        if amount is not None:
            self._money[amount] = fen
        return fen

    def _stored(self, at: int, row: Row, name: str, fen: int, where: Where) -> Stored:
        items = self._items
        if not name.isalpha():
            name = self._readable(at, name)
        quantity, unit = items.quantity(at, row)
        standard = items.standard(at, row)
        if quantity and standard:
            self._check_product(at, quantity, standard, fen)
        if fen < 0:
            self._findings.add("negative", at, self._amount, figures(fen))
        person = self._persons.read(at, row)
        policy, place, period, group = where
        self._doubles.check(at, name, fen, (policy, place, period), person)
        self.result.total.add(fen)
        key = (policy, place, period)
        found = self.result.sums.get(key)
        if found is None:
            found = self.result.sums[key] = Sum()
        found.add(fen)
        self.result.totals.row(place, fen)
        return (
            *(policy, place, period, at, name, items.text(at, row, "group") or group, quantity, unit, standard, fen),
            *(items.paid_on(at, row), items.text(at, row, "note"), person.identity_mask, person.identity_digest),
            *(person.account_mask, person.account_digest, person.sealed),
        )

    def _readable(self, at: int, name: str) -> str:
        """Return a name with signs other than letters as it may be kept."""
        if _PRIVATE_USE.search(name):
            self._findings.add("private_sign", at, self._name, name)
        masked, found = without_private(name)
        if found:
            self._findings.add("private_text", at, self._name, masked)
        return masked

    def _check_product(self, at: int, quantity: str, standard: str, fen: int) -> None:
        key = quantity, standard
        if key in self._products:
            bounds = self._products[key]
        else:
            bounds = self._products[key] = product_fen(quantity, standard)
        if bounds is None or bounds[0] <= fen <= bounds[1]:
            return
        if any(fen % step == 0 and abs(fen - bounds[0]) < step for step in _ROUNDINGS):
            return  # rounded to 角 or 元, as many offices pay
        more = f"{quantity} × {standard} = {figures(bounds[0])} 元"
        self._findings.add("product", at, self._amount, f"{figures(fen)} 元", more)


def _is_figure(value: Value | None) -> bool:
    """Tell at a glance whether a cell is a number, so that the row is no heading."""
    return not isinstance(value, str) or _FIGURE.fullmatch(value) is not None


def _is_foot(row: Row, name: str, amount: Value | None) -> bool:
    """Tell whether a row holds labels that stand under a table, one of them in the column of sums."""
    if not isinstance(amount, str) or isinstance(amount, Broken) or _FIGURE.fullmatch(amount):
        return False
    labels = [text for text in (name, amount) if text]
    return all(_FOOT.search(fold(text)) for text in labels) and all(isinstance(value, str) for value in row.values())
