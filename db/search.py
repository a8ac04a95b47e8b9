"""The index of search (查找): every pair of neighbouring characters, in SQLite's FTS5; elsewhere a scan.

FTS5's own tokenizers find nothing for words of two characters, the commonest Chinese ones. So each text is handed
to FTS5 as its overlapping pairs of characters (財政局 → ``财政 政局 局``): a word is then a phrase of pairs, and one
character the beginning of a pair. The index keeps no text of its own; what it was made of stands in
``search_text``, which any database can scan with LIKE.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from itertools import pairwise

from sqlalchemy import BigInteger, Column, Integer, MetaData, Select, String, Table, delete, insert, or_, select
from sqlalchemy.orm import Session

from db.pinyin import is_scrap
from db.searchtext import Texts, parts
from db.terms import HitKind

VERSION = 3  # of the form of the texts and pairs; an index of another version is made anew
FIELDS = ("code", "title", "names", "body", "letters", "spelled")  # those of Texts
_KIND_STEP = 1 << 40  # keys of one kind lie together: kind * step + row id
_KINDS = tuple(HitKind)
_AT_ONCE = 1000  # rows written by one statement

metadata = MetaData()
SEARCH_TEXT = Table(
    "search_text",
    metadata,
    Column("key", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    *(Column(name, String, nullable=False) for name in FIELDS),
)
MARK = Table(
    "search_mark",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("batch_id", Integer, nullable=False),
)
_FTS = "search_pairs"
_COLUMNS = ", ".join(FIELDS)
_SIGNS_OF = ", ".join("?" * (1 + len(FIELDS)))  # of a row: its key and its fields
_CREATE = f"CREATE VIRTUAL TABLE {_FTS} USING fts5({_COLUMNS}, content='', columnsize=0, prefix='1', tokenize='ascii')"
_ADD = f"INSERT INTO {_FTS}(rowid, {_COLUMNS}) VALUES ({_SIGNS_OF})"  # noqa: S608 - names of our own
_TAKE_OUT = f"INSERT INTO {_FTS}({_FTS}, rowid, {_COLUMNS}) VALUES ('delete', {_SIGNS_OF})"  # noqa: S608
_FIND = (
    f"SELECT rowid FROM {_FTS} "  # noqa: S608
    f"WHERE {_FTS} MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"
)

# To FTS5's ascii tokenizer every character beyond ASCII is part of a word; signs are moved out there.
_SIGNS: dict[int, int | None] = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if not chr(code).isalnum()}
_SIGNS |= dict.fromkeys((*range(0x21), 0x7F))


def pairs(folded: str) -> str:
    """Return a folded text as its overlapping pairs of characters and its last character, between spaces."""
    plain = folded.translate(_SIGNS)
    return " ".join([one + other for one, other in pairwise(plain)] + [plain[-1:]])


def key_of(kind: HitKind, row_id: int) -> int:
    """Return the key of a row in the index."""
    return _KINDS.index(kind) * _KIND_STEP + row_id


def place_of(key: int) -> int:
    """Return the place of a key's kind among the kinds."""
    return key // _KIND_STEP


def kind_of(key: int) -> HitKind:
    """Return the kind of a key's row."""
    return _KINDS[place_of(key)]


def row_of(key: int) -> int:
    """Return the row id of a key."""
    return key % _KIND_STEP


def make(session: Session) -> None:
    """Make the tables of the index anew, empty."""
    connection = session.connection()
    if _has_fts(session):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {_FTS}")
        connection.exec_driver_sql(_CREATE)
    metadata.drop_all(connection)
    metadata.create_all(connection)


def add(session: Session, kind: HitKind, new: Iterable[Texts]) -> None:
    """Take rows into the index that are not in it."""
    waiting: list[Texts] = []
    for one in new:
        waiting.append(one)
        if len(waiting) == _AT_ONCE:
            _write(session, kind, waiting)
            waiting.clear()
    if waiting:
        _write(session, kind, waiting)


def _write(session: Session, kind: HitKind, new: Sequence[Texts]) -> None:
    rows = [_row(kind, one) for one in new]
    session.execute(insert(SEARCH_TEXT), [dict(zip(("key", *FIELDS), row, strict=True)) for row in rows])
    if _has_fts(session):
        session.connection().exec_driver_sql(_ADD, [_in_pairs(row) for row in rows])


def renew(session: Session, kind: HitKind, ids: Iterable[int], now: dict[int, Texts]) -> None:
    """Replace what the index knows of these rows by ``now``; a row that is not in it goes out."""
    for part in parts(ids):
        stale: list[tuple[int | str, ...]] = []
        fresh = [now[row_id] for row_id in part if row_id in now]
        query = select(SEARCH_TEXT).where(SEARCH_TEXT.c.key.in_([key_of(kind, row_id) for row_id in part]))
        for old in map(tuple, session.execute(query)):
            new = now.get(row_of(old[0]))
            if new is not None and _row(kind, new) == old:
                fresh.remove(new)
            else:
                stale.append(old)
        _take_out(session, stale)
        add(session, kind, fresh)


def _take_out(session: Session, stale: Sequence[tuple[int | str, ...]]) -> None:
    if not stale:
        return
    if _has_fts(session):
        session.connection().exec_driver_sql(_TAKE_OUT, [_in_pairs(row) for row in stale])
    session.execute(delete(SEARCH_TEXT).where(SEARCH_TEXT.c.key.in_([row[0] for row in stale])))


def _row(kind: HitKind, one: Texts) -> tuple[int | str, ...]:
    row_id, *fields = astuple(one)
    return (key_of(kind, row_id), *fields)


def _in_pairs(row: tuple[int | str, ...]) -> tuple[int | str, ...]:
    key, *fields = row
    return (key, *(pairs(str(field)) for field in fields))


def _has_fts(session: Session) -> bool:
    return session.connection().dialect.name == "sqlite"


def keys(
    session: Session,
    words: Sequence[str],
    *,
    kind: HitKind | None = None,
    fields: Sequence[str] = FIELDS,
    first: bool = False,
    limit: int,
) -> list[int]:
    """Return the highest keys (of one kind) where each of the folded words stands in one of ``fields``.

    ``first``: at the very beginning of it.
    """
    if not all(_fields_for(word, fields) for word in words):
        return []
    low, high = (key_of(kind, 0), key_of(kind, _KIND_STEP)) if kind else (0, len(_KINDS) * _KIND_STEP)
    if not _has_fts(session):
        query = scan(words, fields=fields, first=first).where(SEARCH_TEXT.c.key >= low, SEARCH_TEXT.c.key < high)
        return list(session.scalars(query.order_by(SEARCH_TEXT.c.key.desc()).limit(limit)))
    match = " AND ".join(_phrase(word, fields, first=first) for word in words)
    found = session.connection().exec_driver_sql(_FIND, (match, low, high, limit))
    return [row[0] for row in found]


def _phrase(word: str, fields: Sequence[str], *, first: bool) -> str:
    """Return FTS5's expression for one word."""
    plain = word.translate(_SIGNS)
    told = f'"{plain}" *' if len(plain) == 1 else f'"{pairs(word).rpartition(" ")[0]}"'
    sought = _fields_for(word, fields)
    within = "" if sought is FIELDS else f"{{{' '.join(sought)}}} : "
    return f"{within}{'^ ' if first else ''}{told}"


def _fields_for(word: str, fields: Sequence[str]) -> Sequence[str]:
    """Return the fields that a word is sought in: one of few letters not in the whole pinyin, which it always is in."""
    return [field for field in fields if field != "spelled"] if is_scrap(word) else fields


def scan(words: Sequence[str], *, fields: Sequence[str] = FIELDS, first: bool = False) -> Select[tuple[int]]:
    """Return the query that finds the same keys by reading every text."""
    query = select(SEARCH_TEXT.c.key)
    for word in words:
        within = [
            column.startswith(word, autoescape=True) if first else column.contains(word, autoescape=True)
            for column in (SEARCH_TEXT.c[field] for field in _fields_for(word, fields))
        ]
        query = query.where(or_(*within))
    return query
