"""Reading a plan document takes time in proportion to its length, whatever the text is made of."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from exports.plandoc.readers import read_pasted
from tests.exports.plandoc.samples import PLANS

pytestmark = pytest.mark.bench

SMALL, LARGE = 1_000_000, 5_000_000  # characters
TINY, HIGHER = 40_000, 200_000  # of the shapes that cost most a character
SECOND = 1.0


def _filled(piece: str, length: int, head: str = "") -> str:
    return head + (piece * (length // len(piece) + 1))[: length - len(head)]


def _seconds(text: str) -> float:
    begin = time.perf_counter()
    read_pasted(text)
    return time.perf_counter() - begin


def test_the_notice_is_read_in_well_under_a_second() -> None:
    text = (PLANS / "hunan-2022-16.txt").read_text(encoding="utf-8")
    read_pasted(text)
    assert _seconds(text) < SECOND / 2


def test_five_megabytes_of_notices_take_five_times_as_long_as_one() -> None:
    notice = (PLANS / "hunan-2022-16.txt").read_text(encoding="utf-8")
    one, five = _seconds(_filled(notice, SMALL)), _seconds(_filled(notice, LARGE))
    print(f"notices: 1 MB {one:.2f} s, 5 MB {five:.2f} s, ratio {five / one:.1f}")
    assert five < 9 * one


SHAPES: dict[str, Callable[[int], str]] = {
    "one paragraph": lambda n: _filled("推进改革优化服务县发改局牵头县财政局配合", n),
    "sentences of one paragraph": lambda n: _filled(
        "推进改革。由县发改局牵头，会同县财政局、县人社局研究提出意见。", n
    ),
    "open brackets": lambda n: _filled("(", n),
    "brackets that cross": lambda n: _filled("([{【〔", n),
    "clauses": lambda n: _filled("推进(县发改局牵头,县财政局配合,2022年底前完成)。", n),
    "labels without values": lambda n: _filled("牵头单位：\n", n),
    "numbers": lambda n: _filled("1.", n),
    "numbered lines": lambda n: _filled("一、推进\n", n),
    "points": lambda n: _filled("(一)推进。(县发改局牵头)\n", n),
    "a flat count": lambda n: _filled("(一)推进(二)推进", n),
    "deep headings": lambda n: _filled("一、a\n(一)b\n1.c\n(1)d\n1)e\n①f(县发改局牵头)\n", n),
    "rows": lambda n: _filled("1\t推进改革\t县发改局、县财政局\n", n, "序号\t任务\t牵头单位\n"),
    "one row": lambda n: _filled("县发改局、", n, "序号\t任务\t牵头单位\n1\t推进\t"),
    "cells on lines": lambda n: _filled("1\n推进\n县发改局\n", n, "序号\n任务\n牵头单位\n"),
    "bars": lambda n: _filled("|\n", n),
    "rows with bars": lambda n: _filled("|1.推进|县发改局\n", n),
    "quotes": lambda n: _filled('\t"', n),
    "nested tables of a page": lambda n: _filled("<table><tr><td>", n, "<html>"),
    "cells over all rows of a page": lambda n: _filled("<tr><td>1</td><td rowspan=2000>推进</td></tr>", n, "<table>"),
    "records": lambda n: _filled("[{", n),
    "joints": lambda n: _filled("县发改局和", n, "一、推进。("),
    "damage": lambda n: _filled("??h", n),
    "blanks": lambda n: _filled(" ", n) + "x",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_of_text_takes_more_than_its_share(shape: str) -> None:
    small, large = _seconds(SHAPES[shape](TINY)), _seconds(SHAPES[shape](HIGHER))
    print(f"{shape}: {TINY} {small:.3f} s, {HIGHER} {large:.3f} s, ratio {large / small:.1f}")
    assert large < 12 * small + SECOND / 2
