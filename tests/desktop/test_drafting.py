"""Correcting a draft: no words are lost, nothing is invented, every step can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.drafts import DeadlineDraft, DocumentDraft, PlanDraft, PointDraft, ReviewDraft
from db.errors import Refused
from desktop import drafting
from desktop.drafting import Entry, History, Spot
from desktop.pages.plans_values import read_date, read_names, shown_names

SOURCE = "一、第一章\n(一)建平臺。年底前完成。(甲局牽頭)\n(二)抓落實。(乙局牽頭)\n二、第二章\n(三)管長遠。\n"


def span(words: str) -> tuple[int, int]:
    start = SOURCE.index(words)
    return start, start + len(words)


def point(number: str, text: str, whole: str, section: str = "一、第一章", **more: object) -> PointDraft:
    start, end = span(whole)
    return replace(PointDraft(number, text, section, start=start, end=end), **more)  # type: ignore[arg-type]


@pytest.fixture
def document() -> DocumentDraft:
    first = point(
        "(一)",
        "建平臺。年底前完成。",
        "(一)建平臺。年底前完成。(甲局牽頭)",
        lead=["甲局"],
        clauses=["甲局牽頭"],
        deadlines=[DeadlineDraft("年底前", date(2022, 12, 31))],
    )
    second = point("(二)", "抓落實。", "(二)抓落實。(乙局牽頭)", lead=["乙局"], clauses=["乙局牽頭"])
    third = point("(三)", "管長遠。", "(三)管長遠。", "二、第二章")
    plan = PlanDraft("要點", ["一、第一章", "二、第二章"], points=[first, second, third])
    return DocumentDraft(SOURCE, "通知", plans=[plan])


words = st.text(st.sampled_from("甲乙丙、。(一) \n𠮷"), max_size=12)
names = st.lists(st.sampled_from(["甲局", "乙局", "丙委", "各市州、縣市區人民政府"]), unique=True)


@st.composite
def points(draw: st.DrawFn) -> tuple[PointDraft, int, str]:
    """A point with at least two characters, a place inside its text, and the source it stands in."""
    text = draw(words.filter(lambda made: len(made) > 1))
    clause = draw(st.sampled_from(["", "甲局牽頭", "甲局、乙局負責"]))
    before = draw(words)
    whole = f"(一){text}({clause})"
    dates = draw(st.lists(st.sampled_from(["年底前", "6月底", text[0]]), unique=True))
    made = PointDraft(
        "(一)",
        text,
        lead=draw(names),
        co=draw(names),
        groups=draw(names),
        by_duty=draw(st.booleans()),
        deadlines=[DeadlineDraft(one) for one in dates],
        clauses=[clause] if clause else [],
        cited=draw(names),
        review=[ReviewDraft("疑", len(before), len(before) + 1), ReviewDraft("無處")],
        start=len(before),
        end=len(before) + len(whole),
    )
    return made, draw(st.integers(1, len(text) - 1)), before + whole + draw(words)


@given(points())
def test_merge_after_split_gives_the_point_back(case: tuple[PointDraft, int, str]) -> None:
    made, offset, source = case
    first, second = drafting.split_point(made, offset, source)
    assert first.text + second.text == made.text
    again = drafting.merge_points(first, second, source)
    for field in ("text", "number", "section", "by_duty", "start", "end", "clauses"):
        assert getattr(again, field) == getattr(made, field)
    for field in ("lead", "co", "groups", "cited"):
        assert sorted(getattr(again, field)) == sorted(getattr(made, field))
    for field in ("deadlines", "review"):
        assert sorted(map(repr, getattr(again, field))) == sorted(map(repr, getattr(made, field)))


@given(points(), points())
def test_merging_loses_no_words(one: tuple[PointDraft, int, str], two: tuple[PointDraft, int, str]) -> None:
    first, second = one[0], replace(two[0], number="2.")
    text = drafting.merge_points(first, second, one[2]).text
    assert text.startswith(first.text)
    assert text.endswith("2." + second.text)


@given(points())
def test_halves_stand_side_by_side_in_the_source(case: tuple[PointDraft, int, str]) -> None:
    made, offset, source = case
    first, second = drafting.split_point(made, offset, source)
    assert made.start == first.start <= first.end == second.start <= second.end == made.end


def test_splitting_keeps_what_the_words_show(document: DocumentDraft) -> None:
    first, second = drafting.split_point(document.plans[0].points[0], 4, SOURCE)
    assert (first.text, second.text) == ("建平臺。", "年底前完成。")
    assert (first.number, second.number) == ("(一)", "")
    assert first.lead == second.lead == ["甲局"]  # the clause at the end speaks for both
    assert first.deadlines == []
    assert [one.text for one in second.deadlines] == ["年底前"]
    assert SOURCE[first.start : first.end] == "(一)建平臺。"


def test_each_half_keeps_the_units_of_its_own_clause() -> None:
    source = "甲事。(甲局牽頭)乙事。(乙局牽頭)"
    both = PointDraft("", "甲事。乙事。", lead=["甲局", "乙局"], clauses=["甲局牽頭", "乙局牽頭"], end=len(source))
    first, second = drafting.split_point(both, 3, source)
    assert (first.lead, second.lead) == (["甲局"], ["乙局"])
    assert (first.clauses, second.clauses) == (["甲局牽頭"], ["乙局牽頭"])


@pytest.mark.parametrize("offset", [0, 10])
def test_nothing_to_split_at_the_ends(document: DocumentDraft, offset: int) -> None:
    with pytest.raises(Refused):
        drafting.split_point(document.plans[0].points[0], offset, SOURCE)


def test_points_of_two_paragraphs_are_joined_by_a_line_end(document: DocumentDraft) -> None:
    first, second, _ = document.plans[0].points
    assert drafting.merge_points(first, second, SOURCE).text == "建平臺。年底前完成。\n(二)抓落實。"


def test_headings_follow_the_points(document: DocumentDraft) -> None:
    _, second, third = document.plans[0].points
    renamed = drafting.splice(document, 0, 1, 2, [replace(second, section="新章")])
    assert renamed.plans[0].sections == ["一、第一章", "新章", "二、第二章"]
    emptied = drafting.splice(renamed, 0, 2, 3, [replace(third, section="新章")])
    assert emptied.plans[0].sections == ["一、第一章", "新章"]
    assert document.plans[0].sections == ["一、第一章", "二、第二章"]  # the document itself is untouched


def test_renaming_a_heading_reaches_its_points(document: DocumentDraft) -> None:
    plan = drafting.rename_section(document.plans[0], "一、第一章", "甲")
    assert plan.sections == ["甲", "二、第二章"]
    assert [one.section for one in plan.points] == ["甲", "甲", "二、第二章"]


def test_totals_and_the_way_from_doubt_to_doubt(document: DocumentDraft) -> None:
    points = document.plans[0].points
    points[1].review.append(ReviewDraft("疑一"))
    document.review.append(ReviewDraft("疑二"))
    draft = (Entry(document),)
    assert drafting.totals(draft) == (3, 2, 2)
    assert drafting.next_doubt(draft, Spot(0, 0, 0)) == Spot(0, 0, 1)
    assert drafting.next_doubt(draft, Spot(0, 0, 1)) == Spot(0)
    assert drafting.settled(points[1], points[1].review[0]).review == []


def test_a_place_in_the_text_leads_to_its_point(document: DocumentDraft) -> None:
    draft = (Entry(document),)
    assert drafting.point_at(draft, 0, SOURCE.index("抓落實")) == Spot(0, 0, 1)
    assert drafting.point_at(draft, 0, SOURCE.index("二、第二章")) is None


def test_typing_in_one_field_is_one_step() -> None:
    history = History()
    first, second, third = (Entry(DocumentDraft(text)) for text in "甲乙丙")
    history.push((first,))
    history.push((second,), key="title")
    history.push((third,), key="title")
    assert history.undo()
    assert list(history.now) == [first]
    assert history.undo()
    assert not history.now
    assert not history.undo()


def test_a_step_that_changed_nothing_is_no_step() -> None:
    history = History()
    for text in ("甲", "乙", "乙"):
        history.push((Entry(DocumentDraft(text)),))
    assert history.undo()
    assert [entry.document.text for entry in history.now] == ["甲"]


@given(names)
def test_names_read_back_as_shown(some: list[str]) -> None:
    assert read_names(shown_names(some)) == some


def test_dates_as_clerks_write_them() -> None:
    assert {read_date(text) for text in ("2022-4-12", "2022.04.12", "2022年4月12日")} == {date(2022, 4, 12)}
    assert read_date(" ") is None
    for wrong in ("2022-13-1", "4月12日"):
        with pytest.raises(ValueError, match=r"."):
            read_date(wrong)
