"""How a subcommand introduces itself to the parser."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from desktop.commands.context import Context

Handler = Callable[[Context, argparse.Namespace], int]


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument as argparse takes it."""

    names: tuple[str, ...]
    options: dict[str, Any]


def argument(*names: str, **options: Any) -> Argument:  # noqa: ANN401 - argparse's own options
    """Return an argument to declare in an :class:`About`."""
    return Argument(names, options)


@dataclass(frozen=True, slots=True)
class About:
    """A command: its name, what it does in one line, its arguments, and either a handler or subcommands."""

    name: str
    help: str
    handler: Handler | None = None
    arguments: tuple[Argument, ...] = ()
    parts: tuple[About, ...] = field(default=())

    def add_to(self, commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type private
        """Add the command and its parts to a group of subparsers."""
        parser: argparse.ArgumentParser = commands.add_parser(self.name, help=self.help, description=self.help)
        for one in self.arguments:
            parser.add_argument(*one.names, **one.options)
        if self.handler is not None:
            parser.set_defaults(handler=self.handler)
        if self.parts:
            below = parser.add_subparsers(dest=f"{self.name}_part", metavar="ACTION", required=True)
            for part in self.parts:
                part.add_to(below)
