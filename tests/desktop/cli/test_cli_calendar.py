"""``taizhang calendar``."""

from __future__ import annotations

from pathlib import Path

from tests.desktop.cli.conftest import Run


def test_days_go_out_and_come_back(path: Path, tmp_path: Path, run: Run) -> None:
    sheet = tmp_path / "節假日.xlsx"
    assert run(path, "calendar", "set", "2027-01-01", "2027-01-04", "--name", "元旦").status == 0
    assert run(path, "calendar", "export", sheet).status == 0
    assert run(path, "calendar", "remove", "2027-01-04").status == 0
    assert [day["on"] for day in run(path, "calendar", "list", "--year", "2027", "--json").json["days"]] == [
        "2027-01-01"
    ]
    assert run(path, "calendar", "import", sheet).status == 0
    assert len(run(path, "calendar", "list", "--year", "2027", "--json").json["days"]) == 2


def test_a_wrong_cell_ends_with_one_and_a_wrong_date_with_two(path: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.csv").write_text("日期,安排\n2027-01-01,休\n2027-13-01,休\n", encoding="utf-8")
    done = run(path, "calendar", "import", tmp_path / "a.csv")
    assert done.status == 1
    assert "A3" in done.out
    assert run(path, "calendar", "set", "1月4日").status == 2
