"""The index of a run (公示目錄): each village with its posting, sums, file and hash, and why some have none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from db import money
from db.postingfacts import period_words
from db.settings import Office
from exports.lists.listing import Heading, Listing, Value
from exports.lists.workbook import listing_bytes
from exports.privacy import require_clean
from exports.safewrite import safe_write_bytes
from exports.words import Words, words_of

_HEADINGS = (
    Heading("序號", 5, centred=True),
    Heading("鄉鎮", 11),
    Heading("村", 11),
    Heading("補貼", 18),
    Heading("筆數", 6, centred=True),
    Heading("金額（元）", 13),
    Heading("文件", 30),
    Heading("校驗碼（SHA-256）", 34),
    Heading("情況", 18),
)
MADE, KEPT, LEFT = "已製作", "沒有變動，沿用", "未製作：中途停止"


@dataclass(frozen=True, slots=True)
class Line:
    """A posting of the run; ``state`` says what came of it, in our words."""

    town: str
    village: str
    subject: str
    rows: int
    amount_fen: int
    files: dict[str, str]
    state: str


def write_index(
    lines: Sequence[Line], folder: Path, *, period: str, office: Office, public_numbers: Sequence[str]
) -> Path:
    """Write the index beside the folders of the towns and return its path."""
    words = words_of(office)
    name = words.fixed(f"{period}公示目錄.xlsx")
    # A hash may look like a telephone: what is searched is the index with none.
    bare = [replace(line, files=dict.fromkeys(line.files, "")) for line in lines]
    require_clean(_bytes(bare, period, office, words), name=name, allowed=public_numbers)
    return safe_write_bytes(folder / name, _bytes(lines, period, office, words))


def _bytes(lines: Sequence[Line], period: str, office: Office, words: Words) -> bytes:
    rows: list[list[Value]] = [
        [
            number,
            words.data(line.town),
            words.data(line.village),
            words.data(line.subject) or words.fixed("各項補貼"),
            line.rows,
            money.figures(line.amount_fen),
            "\n".join(line.files),
            "\n".join(line.files.values()),
            words.fixed(line.state),
        ]
        for number, line in enumerate(lines, start=1)
    ]
    made = [line for line in lines if line.files]
    title = words.data(office.county) + words.fixed(f"{period_words(period)}補貼發放公示目錄")
    above = words.fixed(
        f"公示 {len(made)} 份，未製作 {len(lines) - len(made)} 份；共 {sum(line.rows for line in made)} 筆，"
        f"{money.figures(sum(line.amount_fen for line in made))} 元"
    )
    listing = Listing(words.fixed("公示目錄"), title, above, _HEADINGS, rows)
    return listing_bytes(listing, office=office, words=words)
