"""No text and no file makes the reader crash: it is read, or refused with a sentence."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.drafts import DocumentDraft
from db.errors import Trouble
from exports.plandoc.readers import read_pasted, read_plan_file
from tests.exports.plandoc.samples import PLANS

PIECES = (
    "一、", "（一）", "1.", "1．", "(1)", "①", "第一条", "第一章", "\n", "\n\n", "\t", "|", " ", "\u3000", "。",
    "；", "，", "、", "：", "（", "）", "(", ")", "[", "]", "【", "】", "《", "》", "“", "”", '"', "??h", "\ufffd",
    "\ue000", "\x00", "\x0c", "\r", "县发改局", "省財政廳", "各乡镇", "等", "和", "及", "牵头", "负责", "配合",
    "按职责分工负责", "以下不再列出", "均为责任单位", "牵头单位：", "责任单位：", "完成时限：", "序号", "工作任务",
    "列第一位者为牵头单位，下同", "由", "会同", "持续推进", "每月28日", "2022年底前", "13月32日前",
    "印发之日起30日内", "〔2022〕16号", "湘政办发", "的通知", "附件", "<table><tr><td>", "</td>", "[{", '{"a":1}',
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map("".join)
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _read(text: str) -> DocumentDraft | None:
    try:
        return read_pasted(text)[0]
    except Trouble:
        return None  # a sentence instead of a reading: classified, or nothing to read


@QUIET
@given(TEXTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    document = _read(text)
    for plan in document.plans if document else []:
        assert plan.points
        for point in plan.points:
            assert document is not None
            assert 0 <= point.start <= point.end <= len(document.text)
            assert not set(point.lead) & set(point.co)
            assert all(name.strip() for name in [*point.lead, *point.co, *point.groups])
            assert all(0 <= doubt.start <= doubt.end <= len(document.text) for doubt in point.review)


@QUIET
@given(st.data())
def test_a_notice_with_a_piece_cut_out_is_still_read(data: st.DataObject) -> None:
    text = (PLANS / "04_jiuye.txt").read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    assert _read(text[:start] + data.draw(TEXTS) + text[start + data.draw(st.integers(0, 300)) :]) is not None


@QUIET
@given(
    st.binary(max_size=400),
    st.sampled_from(["", "PK\x03\x04", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "<html>", "%PDF", "\xff\xfe"]),
)
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes, head: str) -> None:
    path: Path = tmp_path_factory.mktemp("bytes") / "文件.txt"
    path.write_bytes(head.encode("latin-1") + content)
    with suppress(Trouble):
        read_plan_file(path)
