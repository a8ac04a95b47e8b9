"""What the window's pages do to units, tasks, views and settings, the command line does too."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.cli.conftest import Run


def tasks(run: Run, path: Path, *words: str) -> list[dict[str, Any]]:
    listed = run(path, "ledger", "list", "--json", *words)
    assert (listed.status, listed.err) == (0, "")
    found: list[dict[str, Any]] = listed.json["tasks"]
    return found


def undone(run: Run, path: Path) -> None:
    batch = run(path, "ledger", "history", "--limit", "1").out.split("\t")[0]
    assert run(path, "ledger", "undo", batch).status == 0


class TestUnits:
    def test_added_corrected_moved(self, run: Run, path: Path) -> None:
        assert run(path, "units", "add", "縣低空經濟局", "--kind", "政府部門").status == 0
        assert run(path, "units", "set", "縣低空經濟局", "別名", "低空局、县低空办").status == 0
        assert run(path, "units", "set", "低空局", "名稱", "縣低空經濟發展局").status == 0
        assert run(path, "units", "set", "低空局", "电话", "0700-5550001").status == 2
        assert run(path, "units", "set", "低空局", "办公电话", "0700-5550001").status == 0
        assert run(path, "units", "move", "低空局", "--before", "縣財政局").status == 0
        names = [line.split("\t")[0] for line in run(path, "units", "list", "--level", "county").out.splitlines()]
        assert names.index("縣低空經濟發展局") == names.index("縣財政局") - 1

    def test_a_reform_hands_its_tasks_over(self, run: Run, path: Path) -> None:
        name = tasks(run, path)[0]["lead"]
        run(path, "units", "add", "縣新設局")
        assert run(path, "units", "rename", "縣新設局", "縣數字發展局", "--on", "2022-07-01").status == 0
        done = run(path, "units", "merge", name, "--into", "縣新設局", "--on", "2022-07-01", "--basis", "機構改革方案")
        assert done.status == 0
        assert tasks(run, path)[0]["lead"] == "縣數字發展局"
        undone(run, path)
        assert tasks(run, path)[0]["lead"] == name


class TestTasks:
    def test_accepted_dropped_added(self, run: Run, path: Path) -> None:
        proposed = [task["code"] for task in tasks(run, path, "--light", "擬辦")]
        assert run(path, "ledger", "accept", proposed[0], proposed[1]).status == 0
        assert run(path, "ledger", "drop", proposed[2]).status == 0
        assert [task["code"] for task in tasks(run, path, "--light", "拟办")] == proposed[3:]
        assert run(path, "ledger", "drop", proposed[0]).status == 2
        added = run(path, "ledger", "add", proposed[0], "--lead", "縣財政局", "--measure", "撥付經費。")
        assert added.status == 0
        assert [task["lead"] for task in tasks(run, path, "--text", "拨付经费")] == ["縣財政局"]

    def test_the_list_is_for_reading_too(self, run: Run, path: Path) -> None:
        lines = run(path, "ledger", "list", lang="zh_Hans").out.splitlines()
        assert len(lines) == len(tasks(run, path))
        assert "拟办" in lines[0]
        assert run(path, "ledger", "list", "--text", "沒有這樣的任務").status == 2


def test_a_view_is_kept_used_and_forgotten(run: Run, path: Path) -> None:
    assert run(path, "ledger", "views", "--save", "財政的", "--unit", "縣財政局", "--sort", "deadline").status == 0
    assert "財政的" in run(path, "ledger", "views").out
    assert tasks(run, path, "--view", "财政的") == tasks(run, path, "--unit", "縣財政局", "--sort", "deadline")
    assert run(path, "ledger", "views", "--remove", "財政的").status == 0
    assert run(path, "ledger", "list", "--view", "財政的").status == 2


@pytest.mark.parametrize(
    ("name", "text", "key", "value"),
    [
        ("縣（市、區）名稱", "清江縣", "county", "清江縣"),
        ("操作人", "李，王", "operators", ["李", "王"]),
        ("convert_output", "是", "convert_output", True),
        ("报送截止日", "20", "report_day", 20),
    ],
)
def test_settings_are_set_and_shown(run: Run, path: Path, name: str, text: str, key: str, value: object) -> None:
    assert run(path, "settings", "set", name, text).status == 0
    assert run(path, "settings", "show", "--json").json["settings"][key] == value


@pytest.mark.parametrize(("name", "text"), [("報送截止日", "40"), ("報送截止日", "月底"), ("天氣", "晴")])
def test_a_setting_that_is_none_is_refused(run: Run, path: Path, name: str, text: str) -> None:
    before = run(path, "settings", "show").out
    assert run(path, "settings", "set", name, text).status == 2
    assert run(path, "settings", "show").out == before


def test_the_year_at_a_glance(run: Run, path: Path) -> None:
    run(path, "assign", "--accept")
    seen = run(path, "overview", "--on", "2023-01-01", "--json").json
    assert seen["tasks"] == len(tasks(run, path))
    assert seen["figures"]["late"] > 0
    assert sum(unit["tasks"] for unit in seen["units"]) == seen["tasks"]
    assert f"逾期\t{seen['figures']['late']}" in run(path, "overview", "--on", "2023-01-01").out


def test_a_sending_is_noted_as_out(run: Run, path: Path, tmp_path: Path) -> None:
    run(path, "assign", "--accept")
    assert run(path, "ledger", "dispatch", tmp_path / "分發", "--due", "2022-06-28").status == 0
    assert run(path, "ledger", "sent", "--unit", "縣財政局").status == 0
    sheets = run(path, "ledger", "register", "--json").json["sheets"]
    assert [sheet["unit"] for sheet in sheets if sheet["sent_at"]] == ["縣財政局"]
    assert run(path, "ledger", "sent").status == 0
    assert all(sheet["sent_at"] for sheet in run(path, "ledger", "register", "--json").json["sheets"])
    assert run(path, "ledger", "sent").status == 2


def test_snapshots_are_listed_with_what_is_in_them(run: Run, path: Path) -> None:
    run(path, "backup")
    listed = run(path, "backup", "--list").out
    assert "手動" in listed
    assert f"任務 {len(tasks(run, path))}" in listed
    assert str(date.today().year) in listed
