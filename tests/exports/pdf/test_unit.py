"""A unit's page: its whole year on paper, in the office's script."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db import unityear
from db.database import open_database
from db.unityear import UnitYear
from exports.pdf.unit import print_unit
from tests.exports.pdf.reading import fonts, texts
from tests.exports.workbook.samples import OFFICE
from tests.sample_year import copy_to

ON = date(2022, 11, 28)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> UnitYear:
    database = open_database(copy_to(tmp_path_factory.mktemp("year") / "臺賬.db"))
    with database.reading() as session:
        unit = unityear.find(session, "縣行政審批服務局")
        found = unityear.read(session, unit=unit.id, on=ON)
    database.release()
    return found


def test_it_names_every_task_with_its_light_and_its_reports(year: UnitYear) -> None:
    printed = print_unit(year, office=replace(OFFICE, output_script="zh_Hant"), on=ON)
    whole = "".join(texts(printed.content))
    assert printed.missing == ()
    assert "縣行政審批服務局2022年任務完成情況" in whole
    assert "截至2022年11月28日" in whole
    assert f"牽頭{len(year.lead)}項，配合{len(year.others)}項" in whole
    for task in year.lead:
        assert whole.count(task.row.code) == 2  # in the chart and in the table
    for task in year.others:
        assert whole.count(task.row.code) == 1
    assert f"{next(one for one in reversed(year.percents) if one is not None)}%" in whole


def test_its_fonts_are_embedded_and_it_is_the_same_each_time(year: UnitYear) -> None:
    content = print_unit(year, office=OFFICE, on=ON).content
    assert content == print_unit(year, office=OFFICE, on=ON).content
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts(content))  # type: ignore[operator]
    assert "2022年任务完成情况" in texts(content)[0]


def test_a_unit_without_tasks_says_so(year: UnitYear) -> None:
    empty = replace(year, lead=(), others=(), percents=(None,) * 12)
    assert "这一年没有任务" in texts(print_unit(empty, office=OFFICE, on=ON).content)[0]
