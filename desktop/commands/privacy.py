"""``taizhang privacy``: whether private data stand in files, before they are published."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.errors import UnreadableInput
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json

if TYPE_CHECKING:
    from exports.privacy import Finding

CLEAN, FOUND, UNREAD = 0, 1, 2


def scan(context: Context, options: Namespace) -> int:
    """Search files for private data; return 0 where there are none, 1 with findings, 2 where a file was not read."""
    from db.private import EVERYTHING, NUMBERS
    from exports.privacy import MOST_FINDINGS, scan_file

    allowed = {*options.allow, *_hotlines(context)}
    kinds = EVERYTHING if options.address else NUMBERS
    told: list[dict[str, Any]] = []
    for path in _files(options.files):
        one: dict[str, Any] = {"file": str(path), "state": "clean", "findings": [], "problem": ""}
        told.append(one)
        try:
            findings = scan_file(path, allowed=allowed, kinds=kinds)
        except UnreadableInput as trouble:
            one |= {"state": "unread", "problem": trouble.told(context.convert)}
        else:
            one |= {"state": "private" if findings else "clean"}
            one["findings"] = [_plain(context, finding) for finding in findings]
        if not options.json:
            _say(context, one, more=len(one["findings"]) >= MOST_FINDINGS)
    if options.json:
        print_json({"files": told})
    states = {one["state"] for one in told}
    return UNREAD if "unread" in states else FOUND if "private" in states else CLEAN


def _hotlines(context: Context) -> frozenset[str]:
    """Return the hotlines of the policies where there is a database; they are public."""
    from db import hotlines

    if not context.path.exists():
        return frozenset()
    with context.database(writable=False) as database, database.reading() as session:
        return hotlines.declared(session)


def _files(given: Iterable[Path]) -> Iterator[Path]:
    for path in given:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith("."))
            if not inside:
                raise UnreadableInput("文件夾「{folder}」裏沒有文件。", folder=path.name)
            yield from inside
        elif path.is_file():
            yield path
        else:
            raise UnreadableInput("找不到文件「{name}」。", name=path)


def _plain(context: Context, finding: Finding) -> dict[str, Any]:
    return {
        "place": finding.place.told(context.convert),
        "kind": finding.kind.value,
        "sure": finding.sure,
        "excerpt": finding.excerpt,
        "told": finding.told(context.convert),
    }


def _say(context: Context, one: dict[str, Any], *, more: bool) -> None:
    if one["state"] == "unread":
        print(one["problem"])
    elif one["state"] == "clean":
        context.say("「{file}」沒有發現個人隱私信息。", file=one["file"])
    else:
        count = len(one["findings"])
        words = (
            "「{file}」裏至少有 {count} 處像是個人隱私信息：" if more else "「{file}」裏有 {count} 處像是個人隱私信息："
        )
        context.say(words, file=one["file"], count=count)
        for finding in one["findings"]:
            print(f"  {finding['told']}")


ABOUT = (
    About(
        "privacy",
        "查找文件裏的個人隱私信息",
        parts=(
            About(
                "scan",
                "公開前檢查文件：身份證號碼、賬號、電話，隱藏的行列、工作表、批註和屬性也查",
                scan,
                (
                    argument(
                        "files",
                        nargs="+",
                        type=Path,
                        metavar="FILE",
                        help="文件或文件夾：.pdf .xlsx .docx .html .csv .txt",
                    ),
                    argument(
                        "--allow", action="append", default=[], metavar="NUMBER", help="本來就要公布的電話；可寫多次"
                    ),
                    argument("--address", action="store_true", help="連詳細地址也查"),
                    argument("--json", action="store_true", help="輸出 JSON"),
                ),
            ),
        ),
    ),
)
