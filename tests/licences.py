"""The licences of everything the program needs to run; as a script, a list of them and status 1 if one is refused."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
# Replaceable, which is what the LGPL asks: Qt as shared libraries, python-stdnum as source files beside the program.
WEAK = {"pyside6-essentials", "shiboken6", "python-stdnum"}


def declared(*extras: str) -> list[Requirement]:
    """Return what pyproject.toml asks for at run time, or under the named extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = project["dependencies"]
    if extras:
        lines = [line for extra in extras for line in project["optional-dependencies"][extra]]
    return [Requirement(line) for line in lines]


def closure(requirements: Iterable[Requirement]) -> dict[str, Distribution]:
    """Return the installed distributions that the requirements need, and those that these need, by name."""
    found: dict[str, Distribution] = {}
    waiting = list(requirements)
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        found[name] = distribution(name)
        waiting += [Requirement(line) for line in found[name].requires or []]
    return dict(sorted(found.items()))


def licence_of(one: Distribution) -> str:
    """Return a distribution's licence in its own words, alternatives joined by OR; empty where it states none."""
    fields = one.metadata
    for field in ("License-Expression", "License"):
        for text in fields.get_all(field, []):
            if text.strip() not in {"", "UNKNOWN"}:
                return str(text).strip().split("\n", 1)[0]
    kinds = [line.split("::")[-1].strip() for line in fields.get_all("Classifier", []) if line.startswith("License ::")]
    return " OR ".join(kinds)


def refused(name: str, licence: str) -> bool:
    """Tell whether every alternative of a licence is one we do not take: unknown, GPL, AGPL, LGPL that stays fixed."""
    strong = r"(?<![A-Z])A?GPL|(?<!Lesser )(?<!Library )General Public License"
    weak = r"LGPL|Lesser General|Library General"
    kinds = strong if name in WEAK else f"{strong}|{weak}"
    return all(not kind.strip() or re.search(kinds, kind) for kind in re.split(r"\bOR\b", licence))


def main() -> int:
    """Print name, version and licence, tab-separated, and return 1 if one is refused."""
    status = 0
    for name, one in closure(declared()).items():
        licence = licence_of(one)
        wrong = refused(name, licence)
        status |= wrong
        print(name, one.version, licence or "（未註明）", *(["不可使用"] if wrong else []), sep="\t")
    return status


if __name__ == "__main__":
    sys.exit(main())
