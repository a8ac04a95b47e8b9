"""A file with private data in it never stands under its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.errors import Trouble
from db.script import simplified
from exports.privacy import PrivateDataFound, require_clean, write_clean, write_clean_bytes
from tests.exports.privacy.plants import HOTLINE, ID, book, saved


def private() -> bytes:
    made, sheet = book()
    for row in range(3, 9):
        sheet.cell(row, 8, ID)
    return saved(made)


def test_a_clean_file_is_put_in_its_place(tmp_path: Path) -> None:
    content = saved(book()[0])
    assert write_clean_bytes(tmp_path / "甲.xlsx", content, allowed=[HOTLINE]).read_bytes() == content
    written = write_clean(tmp_path / "乙.xlsx", lambda draft: draft.write_bytes(content), allowed=[HOTLINE])
    assert written.read_bytes() == content
    require_clean(written, allowed=[HOTLINE])


def test_a_file_with_private_data_is_not(tmp_path: Path) -> None:
    old = tmp_path / "甲.xlsx"
    old.write_bytes(b"old")
    with pytest.raises(PrivateDataFound) as refused:
        write_clean_bytes(old, private(), allowed=[HOTLINE])
    with pytest.raises(PrivateDataFound):
        write_clean(old, lambda draft: draft.write_bytes(private()), allowed=[HOTLINE])
    with pytest.raises(PrivateDataFound):
        write_clean(tmp_path / "乙.xlsx", lambda draft: draft.write_bytes(private()), allowed=[HOTLINE])
    assert old.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["甲.xlsx"]
    assert len(refused.value.findings) == 6


def test_the_refusal_tells_the_first_places_in_either_script() -> None:
    with pytest.raises(Trouble) as refused:
        require_clean(private(), name="甲村.xlsx", allowed=[HOTLINE])
    told = str(refused.value).splitlines()
    assert told[0].startswith("「甲村.xlsx」裏有不能公開的信息 6 處")
    assert told[1].startswith("表「公示」單元格 H3：身份證號碼 43*")
    assert len(told) == 5
    assert ID not in str(refused.value)
    assert "单元格 H3：身份证号码" in refused.value.told(simplified)
