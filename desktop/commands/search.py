"""``taizhang search``: where words stand in the whole database."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from db.errors import Refused
from desktop.commands.about import About, argument
from desktop.commands.context import Context, print_json

if TYPE_CHECKING:
    from db.find import Found, Hit


def search(context: Context, options: Namespace) -> int:
    """Print the hits, best first; what was found stands in 【】."""
    from db import searchkeep
    from db.find import find

    words = " ".join(options.words)
    if not words.strip():
        raise Refused("請寫明要查找的詞。")
    found: Found | None = None
    with context.database(writable=False) as database, database.reading() as session:
        if searchkeep.is_current(session):
            found = find(session, words, per_kind=options.limit)
    if found is None:  # a file from before there was an index: opened for writing it gets one
        with context.database() as database, database.reading() as session:
            found = find(session, words, per_kind=options.limit)
    if options.json:
        print_json({"hits": [_plain(hit) for hit in found.hits]})
        return 0
    context.table((context.convert(hit.kind.label), hit.code, hit.title, hit.snippet.marked()) for hit in found.hits)
    if not found.hits:
        context.say("沒有找到「{words}」。", words=words)
    elif found.more:
        kinds = "、".join(context.convert(kind.label) for kind in sorted(found.more))
        context.say("{kinds}還有更多，可用 --limit 多列一些。", kinds=kinds)
    return 0


def _plain(hit: Hit) -> dict[str, str]:
    return {"kind": hit.kind.value, "code": hit.code, "title": hit.title, "snippet": hit.snippet.marked()}


ABOUT = (
    About(
        "search",
        "查找單位、任務、要點、文件、進展和補貼政策",
        search,
        (
            argument(
                "words", nargs="+", metavar="WORDS", help="詞、編號、別名或拼音（全拼、首字母）；簡繁皆可，幾個詞都要有"
            ),
            argument("--limit", type=int, default=20, metavar="N", help="每類最多列幾條；默認 20"),
            argument("--json", action="store_true", help="輸出 JSON"),
        ),
    ),
)
