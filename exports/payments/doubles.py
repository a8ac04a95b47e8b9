"""Who stands twice in payment sheets: by identity number through all files of a run, else by village, name and sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from db.paymentstore import Holder
from db.script import fold, simplified, traditional
from exports.payments.findings import Findings
from exports.payments.persons import Person, canonical

_BITS = 24  # rows of a sheet fit into them
_ROW = (1 << _BITS) - 1
_NAME_BITS = 40
_NAME = (1 << _NAME_BITS) - 1


@dataclass(slots=True)
class Memory:
    """What is remembered through a whole run, over files and sheets: hashes only, no number and no name.

    ``persons`` maps a person within a policy and period to where it was met and a hash of the name, in one number;
    ``alike`` maps village, name and amount to where they were met, for rows without an identity number.
    """

    persons: dict[int, int] = field(default_factory=dict)
    alike: dict[int, int] = field(default_factory=dict)
    sheets: list[str] = field(default_factory=list)

    def enter(self, sheet: str) -> int:
        """Begin a sheet; return its number."""
        self.sheets.append(sheet)
        return len(self.sheets) - 1

    def told(self, here: int, sheet: int) -> str:
        """Return where a row was met, as said in a sheet."""
        place = f"第 {here & _ROW} 行"
        return place if here >> _BITS == sheet else f"「{self.sheets[here >> _BITS]}」{place}"


@dataclass(slots=True)
class Doubles:
    """Looks for doubles in one sheet. ``identity`` and ``name`` are the columns told."""

    memory: Memory
    findings: Findings
    sheet: int
    identity: int | None
    name: int

    def check(self, at: int, name: str, fen: int, where: tuple[int, int, str], person: Person) -> None:
        """Note a row; ``where`` is policy, place and period."""
        policy, place, period = where
        here = self.sheet << _BITS | at
        if not person.number:
            self._check_alike(at, here, name, hash((place, policy, period, name, fen)))
            return
        key = hash((canonical(person.number), policy, period))
        called = hash(name) & _NAME
        met, before = divmod(self.memory.persons.setdefault(key, here << _NAME_BITS | called), _NAME + 1)
        if met == here:
            return
        self.findings.add("twice", at, self.identity, person.identity_mask, self.memory.told(met, self.sheet))
        if before != called and before not in {hash(form) & _NAME for form in _forms(name)}:
            self.findings.add("two_names", at, self.name, name, self.memory.told(met, self.sheet))

    def check_stored(self, at: int, name: str, what: tuple[object, object], holders: Sequence[Holder]) -> None:
        """Hold a row of a policy and period against the payments that stand to the same person."""
        for holder in holders:
            place = f"「{holder.village}」，「{holder.file_name}」第 {holder.row} 行"
            if (holder.policy, holder.period) == what:
                self.findings.add("stored", at, self.identity, name, place)
                break
        other = next((one for one in holders if one.name not in _forms(name)), None)
        if other is not None:
            place = f"「{other.village}」，「{other.file_name}」第 {other.row} 行是「{other.name}」"
            self.findings.add("two_names", at, self.name, name, place)

    def _check_alike(self, at: int, here: int, name: str, key: int) -> None:
        met = self.memory.alike.setdefault(key, here)
        if met != here:
            self.findings.add("maybe_twice", at, self.name, name, self.memory.told(met, self.sheet))


def _forms(name: str) -> set[str]:
    """Return a name in both scripts."""
    return {name, simplified(name), traditional(name), fold(name)}
