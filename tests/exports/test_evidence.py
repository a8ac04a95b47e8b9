"""Evidence out again: names that every system takes, nothing over another; and messages under their labels."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.evidence import Attachment
from exports.evidence import plain_name, write_all
from exports.reporttext import read


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("掃描件.pdf", "掃描件.pdf"),
        ("../../etc/passwd", "_._etc_passwd"),
        ("a:b?.txt", "a_b_.txt"),
        ("CON.txt", "_CON.txt"),
        ("", "_"),
        ("尾點. ", "尾點"),
    ],
)
def test_names_that_windows_refuses_are_mended(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@given(st.text(max_size=300))
def test_a_name_stays_one_and_short(name: str) -> None:
    plain = plain_name(name)
    assert plain == Path(plain).name
    assert 0 < len(plain) <= 92


def test_files_of_one_name_stay_apart(tmp_path: Path) -> None:
    written = write_all(tmp_path, [Attachment("圖.png", b"1"), Attachment("圖.png", b"2")])
    assert [(path.name, path.read_bytes()) for path in written] == [("圖.png", b"1"), ("圖(2).png", b"2")]


@pytest.mark.parametrize(
    ("message", "percent", "text", "problem", "next_step"),
    [
        ("已印發方案。", None, "已印發方案。", "", ""),
        ("一、進展情況：甲\n乙\n二、存在問題：丙\n三、下一步工作打算：丁", None, "甲\n乙", "丙", "丁"),
        ("目前进展:甲\n完成进度：80%", 80, "甲", "", ""),
        ("進度 180%\n甲", None, "進度 180%\n甲", "", ""),  # no label, no percentage: left as it stands
        ("老王：進展順利", None, "老王：進展順利", "", ""),
    ],
)
def test_a_message_is_sorted_by_its_own_labels_only(
    message: str, percent: int | None, text: str, problem: str, next_step: str
) -> None:
    found = read(message)
    assert (found.percent, found.text, found.problem, found.next_step) == (percent, text, problem, next_step)
