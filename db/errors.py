"""What the user can act on, told in one sentence; everything else is a bug and stays a traceback."""

from __future__ import annotations

from collections.abc import Callable


class Trouble(Exception):  # noqa: N818 - a sentence for the user, not an error of ours
    """Something the clerk can act on: what happened, where, and what to do next.

    ``template`` is a sentence in traditional characters with mainland vocabulary; ``facts`` are filled in
    by name. The two are kept apart so that the sentence can be shown in the other script while names of
    files and units stay as they are.
    """

    def __init__(self, template: str, **facts: object) -> None:
        self.template = template
        self.facts = facts
        super().__init__(template)

    def __str__(self) -> str:
        return self.template.format(**self.facts)

    def told(self, convert: Callable[[str], str]) -> str:
        """Return the sentence with its fixed words passed through ``convert``."""
        return convert(self.template).format(**self.facts)


class UnreadableInput(Trouble):
    """A file or text from outside that cannot be used as it is."""


class DatabaseTrouble(Trouble):
    """The database cannot be opened or written as it is."""


class DatabaseDamaged(DatabaseTrouble):
    """The file is no database, or its integrity check fails."""


class DatabaseReadOnly(DatabaseTrouble):
    """The file or its folder cannot be written."""


class DatabaseNewer(DatabaseTrouble):
    """The file was written by a newer program."""


class DatabaseLocked(DatabaseTrouble):
    """Another instance holds the file."""


class DatabaseOnNetwork(DatabaseTrouble):
    """The file lies on a network share, where WAL cannot keep it whole."""


class DiskFull(DatabaseTrouble):
    """No room is left where the file lies."""


class Refused(Trouble):
    """An operation whose request breaks a rule of the field; nothing was changed."""


class PrivateLocked(Refused):
    """Private data are asked for and no password was given yet (see ``db.vault``)."""


class Cancelled(Trouble):
    """The user stopped a long job; nothing was changed."""
