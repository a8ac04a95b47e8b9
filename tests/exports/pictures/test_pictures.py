"""Charts are shapes: as long as what they tell, within their width, and the same on screen and on paper."""

from __future__ import annotations

from itertools import pairwise

import pytest

from db.terms import Light
from db.unityear import Month, TaskYear, UnitYear
from exports.pdf import Document, Drawing, render
from exports.pictures.bars import Bar, bars
from exports.pictures.shapes import Box, Dot, Picture, Stroke, Tone, Words
from exports.pictures.year import grid, percent_line
from tests.exports.pdf.reading import texts
from tests.exports.workbook.samples import row

NONE = (None,) * 12


def boxes(picture: Picture, *, fill: Tone | None = None, rule: Tone | None = None) -> list[Box]:
    return [one for one in picture.shapes if isinstance(one, Box) and one.fill is fill and one.rule is rule]


def words(picture: Picture) -> list[str]:
    return [one.text for one in picture.shapes if isinstance(one, Words)]


def test_a_bar_is_as_long_as_its_percent() -> None:
    picture = bars([Bar("縣財政局", 50), Bar("縣教育局", 0), Bar("縣司法局", 25)], width=400, size=12)
    track = boxes(picture, fill=Tone.GROUND, rule=Tone.LINE)[0].width
    assert [box.width / track for box in boxes(picture, fill=Tone.ACCENT)] == pytest.approx([0.5, 0, 0.25])
    assert {"50%", "0%", "25%"} <= set(words(picture))


def test_what_is_complete_and_what_is_late_is_told_by_more_than_length() -> None:
    picture = bars([Bar("甲", 100), Bar("乙", 40, late=3)], width=400, size=12)
    assert len(boxes(picture, fill=Tone.GOOD)) == 1
    late = next(one for one in picture.shapes if isinstance(one, Words) and one.tone is Tone.LATE)
    assert late.text == "■ 3"


def test_nothing_stands_outside_and_rows_do_not_touch() -> None:
    picture = bars([Bar("縣" * 60, 70, 2, "told"), Bar("計劃", None), Bar("乙", 1)], width=300, size=12)
    for shape in picture.shapes:
        if isinstance(shape, Box):
            assert 0 <= shape.x <= shape.x + shape.width <= 300
            assert 0 <= shape.y <= shape.y + shape.height <= picture.height
    assert [region.key for region in picture.regions] == [0, 2]
    assert all(above.y + above.height <= below.y for above, below in pairwise(picture.regions))


def task(*months: int | None, **fields: object) -> TaskYear:
    said = tuple(None if percent is None else Month(percent) for percent in months)
    return TaskYear(row(1, light=Light.OPEN, **fields), said + (None,) * (12 - len(said)))


def test_a_month_is_full_where_reported_and_empty_where_a_report_is_owed() -> None:
    asked = (False, True, True, True, True) + (False,) * 7
    picture = grid([task(None, 20, None, 100, None)], asked, width=400, size=10, say=str)
    assert len(boxes(picture, fill=Tone.ACCENT)) == 2
    assert len(boxes(picture, rule=Tone.LINE)) == 1  # March; nothing was asked in January, nothing is owed after 100
    assert {"20", "100", "● 正常"} <= set(words(picture))


def test_a_narrow_year_keeps_the_shape_of_a_light_and_tells_its_word() -> None:
    picture = grid([task(5, 100, lead="縣財政局")], (True,) * 12, width=200, size=10, say=str)
    assert "●" in words(picture)
    assert "✓" in words(picture)  # 100 does not fit into a month
    assert "5" in words(picture)
    assert picture.regions[0].told.endswith("政務公開工作。\n1月 5%、2月 100%")
    assert "正常" in picture.regions[0].told


def unit(*percents: int | None) -> UnitYear:
    line = percents + (None,) * (12 - len(percents))
    return UnitYear(1, "縣財政局", "", "", 2022, (2022,), (True,) * 12, (), (), line, (0,) * 12)


def test_the_line_rises_with_the_percent() -> None:
    picture = percent_line(unit(None, 0, 50, 100), width=400, size=10)
    dots = [one for one in picture.shapes if isinstance(one, Dot)]
    rules = [one.points[0][1] for one in picture.shapes if isinstance(one, Stroke) and one.tone is Tone.LINE]
    assert [dot.y for dot in dots] == pytest.approx(rules)
    assert all(left.x < right.x for left, right in pairwise(dots))


def test_a_year_without_a_report_has_no_line() -> None:
    picture = percent_line(unit(), width=400, size=10)
    assert not [one for one in picture.shapes if isinstance(one, Dot)]


def test_on_paper_the_words_are_text_and_what_is_too_long_ends_with_dots() -> None:
    picture = bars([Bar("縣" * 60, 70)], width=300, size=10)
    told = texts(render(Document("圖", [Drawing(picture)])).content)[0]
    assert "70%" in told
    assert "縣縣縣…" in told
    assert "縣" * 60 not in told
