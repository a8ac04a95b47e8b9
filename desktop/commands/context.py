"""What every command gets: where the database is, who works, in which script to speak."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.changes import Changes
from db.database import Database
from db.errors import Trouble
from desktop.commands import passwords
from desktop.script import stored

if TYPE_CHECKING:
    from exports.pdf import Missing


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of one command."""

    path: Path
    operator: str
    convert: Callable[[str], str]
    late: list[Trouble] = field(default_factory=list)  # what went wrong after the data was stored

    @contextmanager
    def database(self, *, writable: bool = True, private: bool = False) -> Iterator[Database]:
        """Open the database for one command; a snapshot is taken on closing if it changed anything.

        ``private`` is for commands that need private data: where a password was set, it is taken from the
        environment or asked for at the terminal. Without either the database stays locked.
        """
        from db.database import open_database
        from db.errors import UnreadableInput

        if writable:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        elif not self.path.exists():
            raise UnreadableInput("還沒有數據庫「{name}」。請先用 taizhang plan import 導入通知。", name=self.path.name)
        database = open_database(self.path, operator=self.operator, writable=writable)
        try:
            if private:
                passwords.unlock(database, self.convert)
            yield database
        except BaseException:
            database.release()
            raise
        try:
            database.close()
        except Trouble as trouble:  # what was done is stored; only its snapshot is missing
            database.release()
            self.late.append(trouble)

    def say(self, template: str, **facts: object) -> None:
        """Print one of our sentences with its facts."""
        print(self.convert(template).format(**facts))

    def tell(self, changes: Changes) -> None:
        """Print what an operation did, and what it left alone."""
        title, template = (
            self.stored(changes.title),
            "{title}（操作號 {batch}）" if changes.batch else "{title}：沒有改動",
        )
        self.say(template, title=title, batch=changes.batch)
        for note in changes.notes:
            print(f"  {self.stored(note)}")

    def stored(self, sentence: str) -> str:
        """Return a sentence of ours that was stored with its facts, which keep their script."""
        return stored(self.convert, sentence)

    def tell_missing(self, missing: Sequence[Missing]) -> int:
        """Print which signs a PDF could not show; return the exit status: 1 where there are any."""
        for one in missing:
            print(one.told(self.convert))
        return 1 if missing else 0

    def table(self, rows: Iterable[Iterable[object]]) -> None:
        """Print rows as tab-separated lines."""
        for row in rows:
            print("\t".join("" if cell is None else str(cell) for cell in row))


def print_json(value: Any) -> None:  # noqa: ANN401 - any JSON value
    """Print one JSON document."""
    print(json.dumps(value, ensure_ascii=False, indent=1))
