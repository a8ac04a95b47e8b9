"""What we import is what we declare, what we declare is locked, and all of it may be passed on."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.licences import closure, declared, licence_of, refused

ROOT = Path(__file__).parents[1]
OURS = {"db", "exports", "desktop", "resources", "tests"}
# Commands, plugins and stubs: nobody imports them. The build backend is pinned with the rest.
TOOLS = {"mypy", "ruff", "pytest-xdist", "pyinstaller", "setuptools", "types-openpyxl", "types-psutil", "lxml-stubs"}
COMES_WITH = {"shiboken6": "pyside6-essentials"}  # one wheel of Qt's pins the other
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)


def imported(sources: Iterable[Path]) -> set[str]:
    """Return the distributions that the sources import, under their canonical names."""
    modules: set[str] = set()
    for path in sources:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Import(names=aliases):
                    modules |= {alias.name for alias in aliases}
                case ast.ImportFrom(module=str(module), level=0):
                    modules.add(module)
    owners = packages_distributions()
    packages = {module.split(".")[0] for module in modules} - OURS - sys.stdlib_module_names
    found = {canonicalize_name(owners.get(package, [package])[0]) for package in packages}
    return {COMES_WITH.get(name, name) for name in found}


def names(requirements: Iterable[Requirement]) -> set[str]:
    return {canonicalize_name(one.name) for one in requirements}


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


def test_the_program_imports_what_it_declares_and_nothing_else() -> None:
    assert imported(sources("db", "exports", "desktop")) == names(declared())


def test_the_tests_import_what_is_declared_for_them() -> None:
    used = imported([*sources("tests"), ROOT / "build.spec"])
    extra = names(declared("dev", "build"))
    assert used <= names(declared()) | extra
    assert extra - used <= TOOLS


def test_the_lock_holds_what_is_declared_by_hash_and_names_no_machine() -> None:
    text = (ROOT / ".ci" / "lock.txt").read_text(encoding="utf-8")
    locked = {canonicalize_name(name): version for name, version in LOCKED.findall(text)}
    for one in [*declared(), *declared("dev", "build")]:
        assert one.specifier.contains(locked[canonicalize_name(one.name)]), one
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[A-Za-z])", text)[1:])
    assert not re.search(r"://|^-|(?<!\S)/", text, re.MULTILINE)


def test_everything_shipped_may_be_passed_on() -> None:
    licences = {name: licence_of(one) for name, one in closure(declared()).items()}
    assert "greenlet" in licences or "mako" in licences  # what our libraries need counts too
    assert [name for name, licence in licences.items() if refused(name, licence)] == []


@pytest.mark.parametrize(
    ("name", "licence", "expected"),
    [
        ("a", "MIT", False),
        ("a", "GPL-3.0-only", True),
        ("a", "AGPL-3.0-or-later", True),
        ("a", "GNU General Public License v2 (GPLv2)", True),
        ("a", "GNU Lesser General Public License v3 (LGPLv3)", True),
        ("a", "LGPL-3.0-only", True),
        ("a", "", True),
        ("a", "GPL-2.0-only OR MIT", False),
        ("shiboken6", "LGPL-3.0-only OR GPL-2.0-only", False),
        ("shiboken6", "GPL-2.0-only", True),
    ],
)
def test_licence_is_taken_or_refused(name: str, licence: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
    assert refused(name, licence) is expected
