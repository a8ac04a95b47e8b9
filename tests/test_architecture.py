"""The plan of the house, kept by a test: what stands where, who may import whom, how text is written.

Each rule is a function from a file to its offences; a second test shows that the rule bites.
"""

from __future__ import annotations

import ast
import fnmatch
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import opencc
import pytest

from db import errors

ROOT = Path(__file__).parents[1]
FLOORS = ("db", "exports", "desktop")  # from the ground up: imports go down only
TOP_LEVEL = {
    *("desktop", "resources", "db", "exports", "tests"),
    *("pyproject.toml", "build.spec", "README.md", "ARCHITECTURE.md", "CHANGELOG.md", "LICENSE", "run.sh"),
}
WINDOW = {"PySide6", "shiboken6", "qtawesome", "qtpy"}
FILE_FORMATS = {
    "openpyxl",
    "python_calamine",
    "reportlab",
    "docx",
    "bs4",
    "lxml",
    "pypdf",
    "olefile",
    "charset_normalizer",
}
FOREIGN = {"db": WINDOW | FILE_FORMATS, "exports": WINDOW, "desktop": set[str]()}
SQLITE_ROOMS = ("db/engine.py", "db/search.py", "db/backup.py")  # backup: the snapshot is SQLite's own
GENERATED = ("db/migrations/versions/",)  # Alembic writes one long function

# sqlite_autoincrement is a table option that PostgreSQL passes over.
SQLITE_ONLY = re.compile(
    r"\b(?:PRAGMA|VACUUM|(?<!--)ATTACH|julianday|fts[345]|INSERT\s+OR)\b|\bsqlite_(?!autoincrement)|^sqlite3$",
    re.IGNORECASE,
)
DEVELOPER_PATH = re.compile(r"(?<![\w.:/~])/(?:work|home|root|tmp|opt|Users)/\w|\b[A-Za-z]:\\+Users\\")
TAIWAN = re.compile(
    "檔案|設定|搜尋|列印|匯入|匯出|預設|儲存|資料庫|資料夾|介面|滑鼠|軟體|硬體|螢幕|視窗|程式|網路|伺服器|字型|印表機"
)
FILE_MODE = re.compile(r"[rwxa][bt+]*")
FILE_LINES, FUNCTION_LINES = 400, 60

Rule = Callable[[str, ast.Module], Iterator[str]]


def _ignored(path: str, patterns: list[str]) -> bool:
    parts = [f"/{path}", path, *path.split("/")]
    return any(fnmatch.fnmatch(part, pattern.rstrip("/")) for part in parts for pattern in patterns)


def committed() -> list[str]:
    """Return the files under version control; of an unpacked archive those that ``.gitignore`` does not name."""
    command = ["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files", "-z"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    except (OSError, subprocess.CalledProcessError):
        patterns = [*(ROOT / ".gitignore").read_text(encoding="utf-8").split(), ".git"]
        every = (str(path.relative_to(ROOT).as_posix()) for path in ROOT.rglob("*") if path.is_file())
        return [path for path in every if not any(_ignored(part, patterns) for part in _heads(path))]
    return [path for path in listed.split("\0") if path and (ROOT / path).is_file()]


def _heads(path: str) -> list[str]:
    steps = path.split("/")
    return ["/".join(steps[: n + 1]) for n in range(len(steps))]


FILES = committed()
SOURCES = [path for path in FILES if path.endswith(".py")]


def floor_of(path: str) -> str:
    return path.split("/", 1)[0]


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of every import, wherever it stands."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, name.name) for name in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield node.lineno, module
            case ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(name)), *_]):
                yield node.lineno, name


def literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and value of every string that is not a docstring."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def imports_go_down(path: str, tree: ast.Module) -> Iterator[str]:
    floor = floor_of(path)
    if floor not in FLOORS:
        return
    above = set(FLOORS[FLOORS.index(floor) + 1 :]) | {"tests"}
    for line, name in imported(tree):
        package = name.split(".")[0]
        if package in above | FOREIGN[floor]:
            yield f"{path}:{line} imports {name}"
        if name == "sqlalchemy.dialects.sqlite" and path not in SQLITE_ROOMS:
            yield f"{path}:{line} imports {name}"


def sqlite_stays_in_its_rooms(path: str, tree: ast.Module) -> Iterator[str]:
    if floor_of(path) not in FLOORS or path in SQLITE_ROOMS:
        return
    for line, text in [*literals(tree), *imported(tree)]:
        if SQLITE_ONLY.search(text):
            yield f"{path}:{line} is for SQLite only: {text[:60]!r}"


def _may_be_text(mode: ast.expr | None) -> bool:
    return not (isinstance(mode, ast.Constant) and "b" in str(mode.value))


def _opens_text(call: ast.Call, floor: str) -> bool:
    """Tell whether a call opens a text file (and so has to name its encoding)."""
    named = next((word.value for word in call.keywords if word.arg == "mode"), None)
    match call:
        case ast.Call(func=ast.Name(id="open"), args=args):
            return _may_be_text(args[1] if len(args) > 1 else named)
        case ast.Call(func=ast.Attribute(attr="open"), args=[ast.Constant(value=str(mode)), *_]):
            return bool(FILE_MODE.fullmatch(mode)) and "b" not in mode  # anything else that opens a name or a page
        case ast.Call(func=ast.Attribute(attr="open"), args=[]):
            return floor in {"db", "exports"} and _may_be_text(named)  # in the window it is a dialog that opens
        case ast.Call(func=ast.Attribute(attr="run" | "Popen" | "check_output")):
            return any(word.arg == "text" for word in call.keywords)
        case ast.Call(func=ast.Attribute(attr="read_text" | "write_text" as name, value=owner), args=args):
            own_method = isinstance(owner, ast.Name) and owner.id == "self"
            return not own_method and len(args) < (1 if name == "read_text" else 2)  # the next one is the encoding
    return False


def text_names_its_encoding(path: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(keywords=words) if _opens_text(node, floor_of(path)):
                if not any(word.arg in {"encoding", None} for word in words):
                    yield f"{path}:{node.lineno} opens a text without encoding="


def sizes_stay_readable(path: str, tree: ast.Module) -> Iterator[str]:
    if path.startswith(GENERATED):
        return
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    last = max((node.end_lineno or 0 for node in ast.walk(tree) if isinstance(node, ast.stmt)), default=0)
    if last > FILE_LINES:
        yield f"{path} has {last} lines"
    for node in functions:
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > FUNCTION_LINES:
            yield f"{path}:{node.lineno} {node.name} has {lines} lines"


def words_are_the_mainlands(path: str, tree: ast.Module) -> Iterator[str]:
    if floor_of(path) not in FLOORS:
        return
    for line, text in literals(tree):
        for found in TAIWAN.findall(text):
            yield f"{path}:{line} says {found}"


_to_traditional = opencc.OpenCC("s2t").convert
_TROUBLES = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.Trouble)}


def _simplified_only(character: str) -> bool:
    if not "\u4e00" <= character <= "\u9fff":
        return False
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return bool(_to_traditional(character) != character)
    return False


def sentences_are_traditional(path: str, tree: ast.Module) -> Iterator[str]:
    """Of the lower floors only what is told to the user: their other strings are the notation of documents."""
    told = {
        id(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Name) and node.func.id in _TROUBLES
    }
    if floor_of(path) not in FLOORS:
        return
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and (path.startswith("desktop/") or id(node) in told)
        ):
            wrong = "".join(filter(_simplified_only, node.value))
            if wrong:
                yield f"{path}:{node.lineno} is written with {wrong}"


RULES: list[Rule] = [
    imports_go_down,
    sqlite_stays_in_its_rooms,
    text_names_its_encoding,
    sizes_stay_readable,
    words_are_the_mainlands,
    sentences_are_traditional,
]


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    return {path: ast.parse((ROOT / path).read_text(encoding="utf-8"), path) for path in SOURCES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_sources_keep_the_rule(rule: Rule, trees: dict[str, ast.Module]) -> None:
    assert [offence for path, tree in trees.items() for offence in rule(path, tree)] == []


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (imports_go_down, "db/a.py", "def f():\n    from exports.workbook import ledger\n"),
        (imports_go_down, "db/a.py", "if TYPE_CHECKING:\n    import openpyxl.styles\n"),
        (imports_go_down, "db/a.py", "importlib.import_module('desktop.app')"),
        (imports_go_down, "exports/a.py", "import PySide6.QtGui"),
        (imports_go_down, "exports/a.py", "import desktop"),
        (imports_go_down, "db/a.py", "from sqlalchemy.dialects.sqlite import insert"),
        (sqlite_stays_in_its_rooms, "db/a.py", "text('pragma user_version')"),
        (sqlite_stays_in_its_rooms, "exports/a.py", "import sqlite3"),
        (sqlite_stays_in_its_rooms, "db/a.py", "text(f'INSERT OR IGNORE INTO {table}')"),
        (text_names_its_encoding, "db/a.py", "open(path)"),
        (text_names_its_encoding, "db/a.py", "path.open()"),
        (text_names_its_encoding, "tests/a.py", "path.open('w')"),
        (text_names_its_encoding, "desktop/a.py", "path.write_text('x')"),
        (text_names_its_encoding, "desktop/a.py", "subprocess.run(['a'], text=True)"),
        (sizes_stay_readable, "db/a.py", "x = 1\n" * 401),
        (sizes_stay_readable, "tests/a.py", "def f():\n" + "    x = 1\n" * 60),
        (words_are_the_mainlands, "desktop/a.py", "say('請選擇檔案')"),
        (sentences_are_traditional, "desktop/a.py", "say('请选择文件')"),
        (sentences_are_traditional, "db/a.py", "raise Refused('没有改动')"),
    ],
)
def test_the_rule_bites(rule: Rule, path: str, source: str) -> None:
    assert list(rule(path, ast.parse(source)))


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (imports_go_down, "desktop/a.py", "import PySide6, db, exports"),
        (imports_go_down, "exports/a.py", "from db import plans"),
        (sqlite_stays_in_its_rooms, "db/engine.py", "import sqlite3; text('PRAGMA foreign_keys')"),
        (
            text_names_its_encoding,
            "db/a.py",
            "path.open('rb'); open(path, mode='wb'); path.read_text(encoding='utf-8')",
        ),
        (text_names_its_encoding, "desktop/a.py", "dialog.open(); self.read_text(text); path.read_text('utf-8')"),
        (sentences_are_traditional, "desktop/a.py", "say('系統設置裏的單位只有一個，後台說明')"),
        (sentences_are_traditional, "exports/plandoc/a.py", "NUMBER = '第一条'"),
    ],
)
def test_the_rule_spares_what_is_right(rule: Rule, path: str, source: str) -> None:
    assert list(rule(path, ast.parse(source))) == []


def test_top_level_is_the_plan() -> None:
    present = {path.split("/")[0] for path in FILES}
    assert {name for name in present if not name.startswith(".")} == TOP_LEVEL


def test_no_path_of_a_developers_machine() -> None:
    found = []
    for path in FILES:
        try:
            text = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a font, a workbook, a notice in an old encoding
        found += [f"{path}: {match.group()}" for match in DEVELOPER_PATH.finditer(text)]
    assert found == []


def test_archive_without_git_lists_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_git(*_: object, **__: object) -> None:
        raise FileNotFoundError

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "run", no_git)
        unpacked = set(committed())
    assert set(FILES) <= unpacked
    assert not {path for path in unpacked if path.startswith((".venv/", "data/")) or path.endswith(".pyc")}
