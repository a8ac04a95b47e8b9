"""Data files that come with the program: the unit dictionary, the sample notice, fonts."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def shipped(*parts: str) -> Path:
    """Return the path of a file under ``resources/``, installed or in the checkout."""
    return Path(str(files("resources").joinpath(*parts)))


def migrations_folder() -> Path:
    """Return the folder of the migration scripts."""
    return Path(str(files("db").joinpath("migrations")))
