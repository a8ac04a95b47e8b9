"""Lists of payments for many villages, made up: to measure how fast they are printed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from exports.bands import Band
from exports.pdf import Column, Document, Face, Line, Pair, Row, Signature, Table, Title, portrait, render, render_to
from exports.pdf.table import Rows

VILLAGES, PER_VILLAGE = 300, 167
TITLES = ("序號", "姓名", "面積（畝）", "補助標準", "金額（元）", "備註")
WIDTHS = (42.0, 92.0, 66.0, 86.0, 92.0, 64.0)
ALIGN = ("center", "left", "right", "center", "right", "left")
SIZE = 10.5
_FAMILY = "趙錢孫李周吳鄭王馮陳褚衛蔣沈韓楊朱秦尤許何呂施張孔曹嚴華金魏陶姜戚謝鄒喻"
_GIVEN = "建國秀英桂蘭志強麗華玉珍明軍小紅海燕文斌春梅長江淑芬德勝雪芳\U00020bb7龑"


def cells(number: int) -> tuple[str, ...]:
    """Return a payment; no two names of a village are the same, nearly none of the sums."""
    family, given = _FAMILY[number * 7 % len(_FAMILY)], _GIVEN[number * 11 % 31]
    name = family + given + _GIVEN[number * 13 // 29 % 30]
    if number % 997 == 0:
        name = "阿依古麗·" + name
    area = 100 + number * 37 % 1900
    note = "上年結轉" if number % 23 == 0 else ""
    return str(number), name, f"{area / 100:.2f}", "67元/畝", f"{area * 67 / 100:,.2f}", note


class Payments:
    """Payments that are made anew each time they are gone through, as rows out of a database are."""

    def __init__(self, first: int, count: int) -> None:
        self._numbers = range(first, first + count)

    def __iter__(self) -> Iterator[Row | Band]:
        return (Row(cells(number)) for number in self._numbers)


def paper(title: str, rows: Rows) -> Document:
    columns = [Column(*parts) for parts in zip(TITLES, WIDTHS, ALIGN, strict=True)]
    blocks = (
        Title(title, 18.0),
        Pair("清江縣財政局", "公示時間：2022年6月1日至6月7日"),
        Table(columns, rows, SIZE),
        Line("合計大寫：壹拾貳萬叁仟肆佰伍拾陸元柒角捌分", SIZE, face=Face.SERIF),
        Signature(f"{title[:6]}村民委員會", "2022年6月1日", 12.0, "（蓋章）"),
    )
    return Document(title, blocks, portrait())


def print_village(folder: str, village: int) -> int:
    """Print the list of one village and return its rows; called in processes of their own."""
    rows = list(Payments(village * PER_VILLAGE, PER_VILLAGE))
    printed = render(paper(f"第{village:03}號村耕地地力保護補貼發放公示", rows))
    Path(folder, f"{village:03}.pdf").write_bytes(printed.content)
    return len(rows)


def main(count: int, target: str) -> None:
    """Print so many rows into one file and say what memory that took at most, in KiB."""
    render_to(paper("全縣補貼", list(Payments(0, 100))), BytesIO())
    with Path(target).open("wb") as file:
        render_to(paper("全縣補貼", Payments(0, count)), file)
    status = Path("/proc/self/status").read_text(encoding="utf-8")  # getrusage would count what forked this process
    print(status.split("VmHWM:")[1].split()[0])


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
