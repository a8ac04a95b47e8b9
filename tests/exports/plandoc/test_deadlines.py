"""Deadlines: which wordings in a text are ones, and what date and kind they mean."""

from __future__ import annotations

from datetime import date

import pytest

from db.terms import DeadlineKind
from exports.plandoc.deadlines import frequencies, in_text, is_timing, read_deadline
from exports.plandoc.fold import fold_in_place
from tests.exports.plandoc.samples import one

BASE = date(2022, 4, 12)
FIXED, RECURRING, CONTINUOUS, NONE = (
    DeadlineKind.FIXED,
    DeadlineKind.RECURRING,
    DeadlineKind.CONTINUOUS,
    DeadlineKind.NONE,
)


@pytest.mark.parametrize(
    ("wording", "day", "kind"),
    [
        ("2022年底前", date(2022, 12, 31), FIXED),
        ("年底前", date(2022, 12, 31), FIXED),
        ("12月底前", date(2022, 12, 31), FIXED),
        ("2月底", date(2022, 2, 28), FIXED),
        ("6月10日前", date(2022, 6, 10), FIXED),
        ("2020年4月", date(2020, 4, 30), FIXED),
        ("2022年8月", date(2022, 8, 31), FIXED),
        ("上半年", date(2022, 6, 30), FIXED),
        ("一季度", date(2022, 3, 31), FIXED),
        ("2020年三季度末", date(2020, 9, 30), FIXED),
        ("年內", date(2022, 12, 31), FIXED),
        ("年内持续推进", date(2022, 12, 31), FIXED),
        ("十月底前", date(2022, 10, 31), FIXED),
        ("2022.11.30", date(2022, 11, 30), FIXED),
        ("2020.12", date(2020, 12, 31), FIXED),
        ("印發之日起30日內", date(2022, 5, 12), FIXED),
        ("2022年3月底前開工，年底前完成", date(2022, 12, 31), FIXED),
        ("每月28日", None, RECURRING),
        ("每季度末", None, RECURRING),
        ("持續推進", None, CONTINUOUS),
        ("全年", None, CONTINUOUS),
        ("長期堅持", None, CONTINUOUS),
        ("視情況", None, NONE),
        ("13月底前", None, NONE),
        ("無", None, NONE),
    ],
)
def test_wording(wording: str, day: date | None, kind: DeadlineKind) -> None:
    read = read_deadline(wording, base=BASE)
    assert (read.date, read.kind) == (day, kind)
    assert read.text == ("" if wording == "無" else wording)


def test_without_a_year_anywhere_the_kind_is_known_and_the_date_is_not() -> None:
    read = read_deadline("12月底前", base=None)
    assert (read.text, read.date, read.kind) == ("12月底前", None, FIXED)


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("2022年12月底前完成，年底實現通水", ["2022年12月底前", "年底"]),
        ("2020年4月完成規劃編制", ["2020年4月"]),
        ("上半年開工", ["上半年"]),
        ("2021 年 9 月 底 前 完成", ["2021 年 9 月 底 前"]),
        # none of these
        ("2019年1月1日至12月31日，減半徵收", []),
        ("有效期至2027年12月31日", []),
        ("每年12月底前報送", []),
        ("每月28日前報送", []),
        ("2021年以來成效明顯", []),
        ("截至2021年底，已建成8個", []),
        ("根據《2022年底前目標》執行", []),
        ("前三年內部管理", []),
        ("持續推進改革", []),
        ("到2025年達到60%", []),
        ("1—6月完成30%", []),
    ],
)
def test_phrases_in_running_text(text: str, phrases: list[str]) -> None:
    folded = fold_in_place(text)
    assert [text[a:b] for a, b in in_text(folded, 0, len(folded))] == phrases


def test_a_frequency_in_a_sentence_is_a_duty() -> None:
    point = one("規範公報。每季度出刊1期，每月28日前報送，持續推進入庫。（縣政府辦公室牽頭）")
    assert point.deadlines == []
    assert point.duties == ["每季度出刊1期", "每月28日前報送"]
    assert frequencies("每次都要", 0, 4) == []


def test_a_label_is_taken_whole_and_before_the_text() -> None:
    point = one("開展檢查，6月底前自查。\n牽頭單位：縣應急局\n完成時限：11月底前，持續推進")
    assert [deadline.text for deadline in point.deadlines] == ["11月底前，持續推進"]


def test_a_deadline_before_the_paper_is_none() -> None:
    assert one("2018年底前已完成的不再重複。（縣財政局牽頭）").deadlines == []


@pytest.mark.parametrize(
    ("piece", "says"),
    [("6月底完成", True), ("年內持續推進", True), ("長期堅持", True), ("縣財政局", False), ("6月底前下達資金", False)],
)
def test_a_piece_that_only_says_by_when(piece: str, *, says: bool) -> None:
    assert is_timing(piece) is says
