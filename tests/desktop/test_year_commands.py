"""The command line enters reports with evidence and takes every step of the year's course, without a display."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from db.shipped import shipped
from desktop.cli import run
from tests.sample_year import SAMPLE, copy_to

CODE = "22-政16-02-1K"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return copy_to(tmp_path / "臺賬.db")


@pytest.fixture
def shell(path: Path, capsys: pytest.CaptureFixture[str]) -> Any:  # noqa: ANN401 - a function
    """Return a function that runs a command and gives its status and what it printed on either stream."""

    def call(*words: str) -> tuple[int, str]:
        try:
            status = run(["--db", str(path), "--as", "測試員", *words])
        except SystemExit as left:
            status = int(str(left.code))
        said = capsys.readouterr()
        return status, said.out + said.err

    return call


def steps(shell: Any, code: str) -> list[dict[str, str]]:  # noqa: ANN401 - a function
    status, said = shell("course", "show", code, "--json")
    assert status == 0
    found: list[dict[str, str]] = json.loads(said)["steps"]
    return found


def test_a_report_with_evidence_in_and_out(shell: Any, tmp_path: Path) -> None:  # noqa: ANN401 - a function
    scan = tmp_path / "掃描件.pdf"
    scan.write_bytes(b"%PDF scan")
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"photo")
    said = ("--percent", "97", "--text", "已辦", "--next-step", "收尾", "--period", "2022-12", "--source", "紙質")
    assert (
        shell("progress", "add", CODE, *said, "--status", "进行中", "--attach", str(scan), "--attach", str(photo))[0]
        == 0
    )
    status, out = shell("progress", "list", "--period", "2022-12", "--json")
    assert status == 0
    entry = json.loads(out)["entries"][-1]
    assert entry == {
        "code": CODE,
        "period": "2022-12",
        "percent": 97,
        "status": "進行中",
        "text": "已辦",
        "problem": "",
        "next_step": "收尾",
        "unit": "縣行政審批服務局",
        "source": "紙質",
    }
    assert shell("progress", "evidence", CODE, "--out", str(tmp_path / "出"))[0] == 0
    written = {path.name: path.read_bytes() for path in (tmp_path / "出").iterdir()}
    assert written == {"掃描件.pdf": b"%PDF scan", "照片.jpg": b"photo"}


def test_evidence_is_added_to_a_report_that_is_there_and_taken_off(shell: Any, tmp_path: Path) -> None:  # noqa: ANN401
    scan = tmp_path / "掃描件.pdf"
    scan.write_bytes(b"%PDF scan")

    def kept() -> list[list[str]]:
        return [line.split("\t") for line in shell("progress", "evidence", CODE)[1].splitlines()]

    assert shell("progress", "evidence", CODE, "--add", str(scan), "--period", "2022-06")[0] == 0
    ((number, period, unit, name, size),) = kept()
    assert (period, unit, name, size) == ("2022-06", "縣行政審批服務局", "掃描件.pdf", "9")
    assert "沒有重複存入" in shell("progress", "evidence", CODE, "--add", str(scan), "--period", "2022-06")[1]
    status, said = shell("progress", "evidence", CODE, "--add", str(scan), "--period", "2021-06")
    assert (status, "沒有這一期的填報" in said) == (2, True)
    status, said = shell("progress", "evidence", CODE, "--add", str(tmp_path))
    assert (status, "是文件夾" in said) == (2, True)
    assert "掃描件.pdf" in shell("progress", "evidence", CODE, "--remove", number)[1]
    assert kept() == []
    assert shell("progress", "evidence", CODE, "--remove", number)[0] == 2


def test_a_report_goes_back_and_is_listed_until_it_comes_again(shell: Any) -> None:  # noqa: ANN401 - a function
    status, said = shell("progress", "return", CODE, "--reason", "缺少佐證", "--on", "2022-07-05")
    assert (status, "補正：「缺少佐證」" in said) == (0, True)
    (line,) = json.loads(shell("progress", "returned", "--year", "2022", "--json")[1])["returned"]
    assert (line["code"], line["on"], line["reason"]) == (CODE, "2022-07-05", "缺少佐證")
    assert json.loads(shell("ledger", "list", "--state", "退回補正", "--json")[1])["tasks"][0]["code"] == CODE
    assert shell("progress", "add", CODE, "--period", line["period"], "--text", "已補")[0] == 0
    assert json.loads(shell("progress", "returned", "--json")[1]) == {"returned": []}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--percent", "1", "--period", "2022-12"), "--lower"),
        (("--percent", "101"), "0 到 100"),
        (("--status", "已完成", "--percent", "100", "--period", "2022-12"), "完成日期"),
        (("--status", "辦著"), "不認識"),
        (("--period", "2022-13", "--percent", "99"), "報送期"),
        (("--unit", "縣外星局", "--percent", "99"), "沒有「縣外星局」"),
        (("--finished-on", "6月", "--percent", "99"), "2022-06-30"),
    ],
)
def test_what_breaks_a_rule_ends_with_two_and_a_sentence(shell: Any, words: tuple[str, ...], told: str) -> None:  # noqa: ANN401
    before = shell("progress", "list", "--json")
    status, said = shell("progress", "add", CODE, *words)
    assert status == 2
    assert told in said
    assert "Traceback" not in said
    assert shell("progress", "list", "--json") == before


def test_a_lower_percent_is_taken_where_agreed(shell: Any) -> None:  # noqa: ANN401 - a function
    assert shell("progress", "add", CODE, "--percent", "1", "--period", "2022-12", "--lower")[0] == 0


def test_a_missing_file_is_told(shell: Any, tmp_path: Path) -> None:  # noqa: ANN401 - a function
    status, said = shell("progress", "add", CODE, "--percent", "99", "--attach", str(tmp_path / "沒有.pdf"))
    assert status == 2
    assert "沒有.pdf" in said


def test_who_has_not_reported_is_listed_and_marked(shell: Any) -> None:  # noqa: ANN401 - a function
    status, said = shell("progress", "missing", "--period", "2022-12", "--json")
    missing = [one["code"] for one in json.loads(said)["missing"]]
    assert status == 0
    assert missing
    status, said = shell("progress", "missing", "--period", "2022-12", "--mark")
    assert f"未報：{len(missing)} 項" in said


def test_each_step_of_the_course(shell: Any) -> None:  # noqa: ANN401 - a function
    reason = ("--reason", "分工調整", "--on", "2022-07-01")
    assert shell("course", "handover", CODE, "--to", "縣統計局", *reason)[0] == 0
    assert shell("course", "withdraw", CODE, *reason)[0] == 0
    assert shell("course", "resume", CODE, *reason)[0] == 0
    assert shell("course", "merge", CODE, "--into", "22-政16-04-1A", *reason)[0] == 0
    assert [step["kind"] for step in steps(shell, CODE)] == ["移交", "撤銷", "恢復", "併入"]
    assert {step["on"] for step in steps(shell, CODE)} == {"2022-07-01"}
    status, said = shell("course", "withdraw", CODE, "--reason", " ")
    assert (status, "原因" in said) == (2, True)


def test_ordered_in_passing_and_into_the_next_year(shell: Any) -> None:  # noqa: ANN401 - a function
    order = ("課題調研", "--lead", "縣統計局", "--source", "縣長批示", "--due", "2022-12-01", "--year", "2022")
    status, said = shell("course", "order", *order)
    assert status == 0
    assert "22-臨-01-1" in said
    assert (
        shell("course", "order", "常態化巡查", "--lead", "縣統計局", "--deadline", "9月底前", "--year", "2022")[0] == 0
    )
    status, said = shell("ledger", "list", "--json", "--text", "常態化巡查")
    assert (status, "2022-09-30" in said) == (0, True)
    assert shell("course", "newyear", "2022")[0] == 0
    status, said = shell("plan", "compare", "2022", "2023", "--json")
    whole = {line["year"]: line for line in json.loads(said)["lines"] if not line["unit"]}
    assert whole[2023]["carried"] == whole[2023]["tasks"] == whole[2022]["running"]
    assert shell("course", "newyear", "2023", "--to", "2022")[0] == 2


def test_a_corrected_notice_is_shown_then_applied(shell: Any, tmp_path: Path) -> None:  # noqa: ANN401 - a function
    text = shipped(*SAMPLE).read_text(encoding="utf-8")
    other = tmp_path / "更正.txt"
    other.write_text(text.replace("推出更多套餐式、主題式集成服務", "推出更多集成服務"), encoding="utf-8")
    status, said = shell("plan", "revise", "政16", str(other), "--json")
    shown = json.loads(said)
    assert status == 0
    assert shown["batch"] is None
    changed = [point for point in shown["points"] if point["fate"] != "same"]
    assert [(point["fate"], point["no"], point["tasks"]) for point in changed] == [("changed", "(二)", [CODE])]
    assert json.loads(shell("plan", "revise", "政16", str(other), "--apply", "--json")[1])["batch"] is not None
    status, said = shell("plan", "revise", "政16", str(other))
    assert (status, "同一份文件" in said) == (2, True)
