"""A table on paper: common headings, long cells, rows that come from elsewhere, rules between the right columns."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from exports.bands import Band
from exports.pdf import Column, Document, Row, Table, Title, landscape, render, render_to
from exports.pdf.table import Rows
from tests.exports.pdf.reading import boxes, texts

LEVELS = ("合計", "中央", "省級", "市級", "縣級")
COLUMNS = [
    Column("序號", 40, "center"),
    Column("補貼項目", 100),
    *(Column(level, 60, "right", group="補助標準") for level in LEVELS),
    Column("補貼對象", 160),
]
CELLS = ["1", "耕地地力保護補貼", "67元/畝", "60元", "7元", "", "", "種地農民"]


def table(rows: Rows) -> bytes:
    return render(Document("目錄", [Title("目錄"), Table(COLUMNS, rows)], landscape())).content


def test_columns_of_a_group_stand_under_its_heading_on_every_page() -> None:
    content = table([Row(CELLS)] * 60)
    for page in range(len(texts(content))):
        over, first, name, *levels = boxes(content, "補助標準", "序號", "補貼項目", *LEVELS, page=page)
        assert len({round(top) for *_, top in levels}) == 1
        assert levels[0][3] < first[1] < first[3] < over[1]
        assert name[0] < levels[0][0] < over[0] < levels[-1][0]


def test_a_group_of_one_column_and_a_long_title_have_room() -> None:
    columns = [Column("金額", 60, group="補貼資金總額"), Column("二輪承包耕地確權面積" * 3 + "終", 60)]
    content = render(Document("表", [Table(columns, [Row(["1", "2"])])])).content
    group, title, long, end, cell = boxes(content, "補貼資金", "金額", "二輪", "終", "1")
    assert cell[3] < title[1] < title[3] < group[1] < long[3]
    assert end[1] > cell[3]


def test_a_cell_longer_than_a_page_loses_nothing_under_a_heading_of_two_rows() -> None:
    long = "".join(f"第{number}戶按承包面積核定。" for number in range(400))
    pages = texts(table([Row([*CELLS[:-1], long]), Row(["2", "乙", "", "", "", "", "", "丙"])]))
    assert len(pages) > 2
    body = "".join(
        re.sub(r"^目錄|序號補貼項目補助標準(合計中央省級市級縣級)補貼對象|—\d+—$", "", page) for page in pages
    )
    assert body == "".join(CELLS[:-1]) + long + "2乙丙"


def test_rows_may_come_anew_each_time_and_are_not_held() -> None:
    class Counted:
        def __init__(self) -> None:
            self.times = 0

        def __iter__(self) -> Iterator[Row | Band]:
            self.times += 1
            return (Row([str(number), *CELLS[1:]]) for number in range(100))

    rows = Counted()
    assert texts(table(rows))[0].count("耕地地力保護補貼") > 10
    assert rows.times == 2
    with pytest.raises(TypeError, match="gone through twice"):
        Table(COLUMNS, iter(rows))


def test_a_file_gets_what_memory_gets() -> None:
    document = Document("目錄", [Table(COLUMNS, [Row([*CELLS[:-1], "王\ue123"])] * 90)], landscape())
    file = BytesIO()
    told = render_to(document, file)
    printed = render(document)
    assert file.getvalue() == printed.content
    assert told == printed.missing
    assert len(told) == 90


def test_a_row_higher_than_half_a_page_fills_the_page_it_begins_on() -> None:
    high = Row([*CELLS[:-1], "按承包面積核定。" * 36])
    first, second, *_ = texts(table([Row(CELLS)] * 8 + [high]))
    assert first.count("按承包面積核定。") + second.count("按承包面積核定。") in {35, 36}
    assert first.count("按承包面積核定。") > 3


def test_a_paper_sent_to_another_process_is_the_same_file_there() -> None:
    rows = [Row([str(number), "王\U00020bb7", *CELLS[2:]]) for number in range(40)]
    document = Document("目錄", [Title("目錄"), Table(COLUMNS, rows)], landscape())
    command = "import pickle, sys, exports.pdf as p; d = pickle.load(sys.stdin.buffer); "
    command += "sys.stdout.buffer.write(p.render(d).content)"
    printed = subprocess.run(
        [sys.executable, "-c", command],
        input=pickle.dumps(document),
        env={**os.environ, "PYTHONHASHSEED": "7"},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        check=True,
    )
    assert printed.stdout == render(document).content
