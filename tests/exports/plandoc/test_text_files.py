"""Text files in any of the encodings offices use, and web pages."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from db.errors import UnreadableInput
from exports.plandoc.readers import read_pasted, read_plan_file
from tests.exports.plandoc.samples import PLANS, pasted, points, read, who_and_when
from tests.exports.plandoc.variants import traditional

SIMPLIFIED = (PLANS / "04_jiuye.txt").read_text(encoding="utf-8")
TRADITIONAL = traditional(SIMPLIFIED).replace("爲", "為")  # Big5 has only the second form


def _written(folder: Path, content: bytes, name: str = "通知.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("text", "codec", "bom"),
    [
        (SIMPLIFIED, "utf-8", b""),
        (SIMPLIFIED, "utf-8", codecs.BOM_UTF8),
        (SIMPLIFIED, "gb18030", b""),
        (SIMPLIFIED, "utf-16-le", codecs.BOM_UTF16_LE),
        (SIMPLIFIED, "utf-16-be", codecs.BOM_UTF16_BE),
        (SIMPLIFIED, "utf-16-le", b""),
        (SIMPLIFIED, "utf-16-be", b""),
        (TRADITIONAL, "big5", b""),
        (TRADITIONAL, "utf-8", b""),
        (TRADITIONAL, "gb18030", b""),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 20 else None,
)
def test_encoding(tmp_path: Path, text: str, codec: str, bom: bytes, end: str) -> None:
    content = bom + text.replace("\n", end).encode(codec, errors="replace")
    assert who_and_when(read(_written(tmp_path, content))) == who_and_when(pasted(SIMPLIFIED))


def test_the_source_is_kept_as_it_came(tmp_path: Path) -> None:
    content = SIMPLIFIED.encode("gb18030")
    (document,) = read_plan_file(_written(tmp_path, content))
    assert (document.source_name, document.source) == ("通知.txt", content)


@pytest.mark.parametrize("content", [b"", b" \r\n\t ", b"\x00\x00\x00"])
def test_an_empty_file_is_told(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableInput, match="空文件"):
        read(_written(tmp_path, content))


def test_binary_garbage_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="編碼已損壞"):
        read(_written(tmp_path, bytes(range(256)) * 40))


def test_half_a_character_is_a_doubt_and_no_crash(tmp_path: Path) -> None:
    content = SIMPLIFIED.encode("utf-8")
    cut = content[:3000] + content[3001:]
    document = read(_written(tmp_path, cut))
    assert points(document)
    doubts = [doubt for point in points(document) for doubt in point.review] + document.review
    assert any("損壞" in doubt.text for doubt in doubts)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="找不到"):
        read(tmp_path / "沒有.txt")


def test_nothing_pasted_is_told() -> None:
    with pytest.raises(UnreadableInput, match="沒有粘貼文字"):
        read_pasted(" \n\t")


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>网站</title><style>p{{}}</style></head><body>
<script>document.write("牵头单位：假局");</script><div class="nav"><select><option>假</option></select></div>
<table><tr><td><h1>某县2022年任务分解表</h1><!-- 牵头单位：假局 -->
<table><thead><tr><th rowspan="2">任务</th><th colspan="2">分工</th></tr>
<tr><th>牵头单位</th><th>责任单位</th></tr></thead>
<tr><td colspan="3">一、深化&ldquo;放管服&rdquo;</td></tr>
<tr><td>1.甲事&nbsp;要办好。</td><td rowspan="2">县发改局</td><td>县财政局<br>县人社局</td></tr>
<tr><td>2.乙事。</td><td>各乡镇</td></tr></table></td></tr></table></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_page(tmp_path: Path, charset: str) -> None:
    document = read(_written(tmp_path, PAGE.format(charset=charset).encode(charset), "页.html"))
    assert document.title == "某县2022年任务分解表"
    assert [(point.number, point.lead, point.co, point.groups) for point in points(document)] == [
        ("1.", ["县发改局"], ["县财政局", "县人社局"], []),
        ("2.", ["县发改局"], [], ["各乡镇"]),
    ]
    assert {point.section for point in points(document)} == {"一、深化“放管服”"}
    assert "假" not in document.text


def test_markdown(tmp_path: Path) -> None:
    text = "# 某乡任务清单\n\n1. **甲事**。（牵头单位：乡建设办）\n2. [乙事](https://example.org)。（责任单位：各村）\n"
    document = read(_written(tmp_path, text.encode(), "任务.md"))
    assert document.title == "某乡任务清单"
    assert [point.text for point in points(document)] == ["甲事。", "乙事。"]


@pytest.mark.parametrize(
    ("head", "word"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "掃描"),
        (b"\xff\xd8\xff\xe0", "掃描"),
        (b"Rar!\x1a\x07", "壓縮包"),
        (b"7z\xbc\xaf\x27\x1c", "壓縮包"),
        (b"{\\rtf1\\ansi", "另存為"),
    ],
)
def test_another_format_is_told_with_what_to_do(tmp_path: Path, head: bytes, word: str) -> None:
    with pytest.raises(UnreadableInput, match=word) as told:
        read(_written(tmp_path, head + b"x" * 100, "通知.pdf"))
    assert str(told.value).startswith("「通知.pdf」")
    assert str(told.value).count("\n") == 0


@pytest.mark.parametrize("text", ["揭榜競優\n", "一、落實。\n", "甲\n"])
def test_a_few_rare_characters_are_a_text(tmp_path: Path, text: str) -> None:
    assert read(_written(tmp_path, text.encode())).text.strip() == text.strip()
