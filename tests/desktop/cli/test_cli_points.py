"""``taizhang plan points``, ``correct`` and ``check``: a stored point is corrected without a display."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.desktop.cli.conftest import Run


def points(run: Run, path: Path, *more: str) -> list[dict[str, Any]]:
    done = run(path, "plan", "points", "1", "--json", *more)
    assert (done.status, done.err) == (0, "")
    found: list[dict[str, Any]] = done.json["points"]
    return found


def test_every_field_is_corrected_and_what_depends_on_it_is_told(run: Run, path: Path) -> None:
    before = points(run, path)
    code = before[0]["code"]
    said = ["--lead", "省審計廳", "--co", "省財政廳、省教育廳", "--deadline", "10月底前；持續推進"]
    done = run(path, "plan", "correct", code, *said, "--cited", "湘政辦發〔2022〕9號", "--by-duty", "是")
    assert (done.status, done.err) == (0, "")
    assert f"更正要點 {code}" in done.out
    assert "沒有跟着改" in done.out
    now = points(run, path)[0]
    assert (now["lead"], now["co"], now["by_duty"]) == (["省審計廳"], ["省財政廳", "省教育廳"], True)
    assert now["cited"] == ["湘政辦發〔2022〕9號"]
    assert now["deadlines"] == [
        {"text": "10月底前", "date": "2022-10-31", "kind": "fixed"},
        {"text": "持續推進", "date": None, "kind": "continuous"},
    ]
    assert points(run, path)[1:] == before[1:]
    run(path, "plan", "correct", code, "--lead", "")
    assert points(run, path)[0]["lead"] == []


def test_doubts_are_listed_and_ticked(run: Run, path: Path) -> None:
    doubtful = points(run, path, "--doubts")
    assert doubtful
    assert all(point["review"] for point in doubtful)
    code, count = doubtful[0]["code"], len(doubtful[0]["review"])
    assert doubtful[0]["review"][0] in run(path, "plan", "points", "1", "--doubts").out
    for words in ((), ("0",), (str(count + 1),)):
        assert run(path, "plan", "check", code, *words).status == 2
    assert "待核 1 項" in run(path, "plan", "check", code, "1").out
    now = next(point for point in points(run, path) if point["code"] == code)
    assert now["review"] == doubtful[0]["review"][1:]
    assert run(path, "plan", "check", code, "--all").status == 0
    assert code not in [point["code"] for point in points(run, path, "--doubts")]


def test_what_cannot_be_meant_is_told(run: Run, path: Path) -> None:
    before = points(run, path)
    code = before[0]["code"]
    for words in ((code,), (code, "--text", " "), ("22-政16-99", "--text", "改"), (code, "--by-duty", "也許")):
        assert run(path, "plan", "correct", *words).status == 2, words
    assert points(run, path) == before
