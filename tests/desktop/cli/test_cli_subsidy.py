"""``taizhang subsidy``: policies brought in, listed, changed and taken out without a window."""

from __future__ import annotations

from pathlib import Path

from tests.desktop.cli.conftest import Run
from tests.exports.subsidies import samples


def test_a_list_comes_in_and_out_again(run: Run, path: Path, tmp_path: Path) -> None:
    done = run(path, "subsidy", "import", samples.county(tmp_path))
    assert done.status == 0
    assert "導入補貼政策：清單.xlsx（新增 3 項，修改 0 項）" in done.out
    assert "政策解答電話：「0799-62200020799-6220003」像是2個號碼連在一起" in done.out
    listed = run(path, "subsidy", "list", "--json").json["policies"]
    assert [one["items"]["name"] for one in listed] == ["耕地地力保護補貼", "種糧大戶補貼", "高齡老人生活補貼"]
    assert listed[0]["missing"] == ["purpose"]
    assert "缺資金用途" in run(path, "subsidy", "list").out
    out = tmp_path / "導出.xlsx"
    assert run(path, "subsidy", "export", out).status == 0
    again = run(path, "subsidy", "import", out, "--json")
    assert again.json["batch"] is None
    assert {one["verdict"] for one in again.json["policies"]} == {"same"}


def test_a_preview_changes_nothing(run: Run, path: Path, tmp_path: Path) -> None:
    seen = run(path, "subsidy", "import", samples.province(tmp_path), "--preview", "--json")
    assert (seen.status, seen.json["batch"]) == (1, None)
    assert [(one["sheet"], one["cell"]) for one in seen.json["problems"]] == [("目錄", "B5")]
    assert seen.json["unknown"] == [{"sheet": "目錄", "heading": "联系人职务"}]
    assert run(path, "subsidy", "list", "--json").json["policies"] == []


def test_a_column_is_settled_once(run: Run, path: Path, tmp_path: Path) -> None:
    file = samples.province(tmp_path)
    run(path, "subsidy", "import", file, "--map", "備註=联系人职务")
    listed = run(path, "subsidy", "list", "--json").json["policies"]
    assert listed[0]["items"]["note"] == "科长"
    again = run(path, "subsidy", "import", file, "--preview", "--json").json
    assert again["unknown"] == []
    assert {one["verdict"] for one in again["policies"]} == {"same"}
    wrong = run(path, "subsidy", "import", file, "--map", "備註=沒有的列")
    assert (wrong.status, "沒有「沒有的列」這一列" in wrong.err) == (2, True)
    assert run(path, "subsidy", "import", file, "--map", "顏色=联系人职务").status == 2


def test_a_name_that_is_only_alike_is_asked(run: Run, path: Path, tmp_path: Path) -> None:
    run(path, "subsidy", "add", "耕地補貼", "--set", "補助標準=67元/畝")
    file = samples.workbook(
        tmp_path / "表.xlsx", [("補貼項目", "補貼對象", "補助標準"), ("2026年耕地補助資金", "農民", "70元/畝")]
    )
    asked = run(path, "subsidy", "import", file)
    assert asked.status == 1
    assert "重名待定" in asked.out
    settled = run(path, "subsidy", "import", file, "--same", "2026年耕地補助資金=耕地補貼", "--from", "2026-01-01")
    assert settled.status == 0
    listed = run(path, "subsidy", "list", "--on", "2025-12-31", "--json").json["policies"]
    assert [(one["items"]["standard"], one["valid_to"]) for one in listed] == [("67元/畝", "2025-12-31")]
    assert (
        run(path, "subsidy", "list", "--on", "2026-01-01", "--json").json["policies"][0]["items"]["standard"]
        == "70元/畝"
    )


def test_a_policy_through_its_years(run: Run, path: Path) -> None:
    assert run(path, "subsidy", "add", "甲補貼", "--set", "主管部門=縣財政局", "--from", "2023-01-01").status == 0
    assert run(path, "subsidy", "add", "甲补贴").status == 2
    assert run(path, "subsidy", "version", "甲補貼", "--from", "2024-01-01", "--set", "補助標準=8元").status == 0
    assert (
        run(
            path,
            "subsidy",
            "edit",
            "甲補貼",
            "--on",
            "2023-05-01",
            "--set",
            r"文件依據=清財〔2023〕1號\n清財〔2023〕2號",
        ).status
        == 0
    )
    old = run(path, "subsidy", "list", "--on", "2023-05-01", "--json").json["policies"][0]
    assert (old["items"]["documents"], old["items"]["standard"]) == ("清財〔2023〕1號\n清財〔2023〕2號", "")
    overlap = run(path, "subsidy", "edit", "甲補貼", "--on", "2023-05-01", "--to", "2024-06-01")
    assert (overlap.status, "重疊" in overlap.err) == (2, True)
    assert run(path, "subsidy", "profile", "從嚴", "甲補貼").status == 0
    assert run(path, "subsidy", "profile", "", "甲補貼").status == 2
    assert run(path, "subsidy", "end", "甲補貼", "--on", "2025-01-01").status == 0
    assert run(path, "subsidy", "list", "--on", "2025-01-01", "--json").json["policies"] == []
    assert run(path, "subsidy", "end", "甲補貼", "--resume").status == 0
    assert run(path, "subsidy", "version", "甲補貼", "--from", "2024-01-01", "--remove").status == 0
    assert run(path, "subsidy", "version", "甲補貼", "--from", "2024-01-01", "--remove").status == 2
    assert run(path, "subsidy", "add", "乙補貼").status == 0
    assert run(path, "subsidy", "move", "乙補貼", "--before", "甲補貼").status == 0
    assert run(path, "subsidy", "remove", "甲補貼").status == 0
    assert run(path, "subsidy", "remove", "甲補貼").status == 2


def test_glued_numbers_are_parted_when_asked(run: Run, path: Path, tmp_path: Path) -> None:
    run(path, "subsidy", "import", samples.county(tmp_path), "--split-phones")
    listed = run(path, "subsidy", "list", "--json").json["policies"]
    assert listed[1]["items"]["enquiry_phones"] == "0799-6220002\n0799-6220003"


def test_a_file_that_is_no_list_is_refused(run: Run, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "通知.txt"
    file.write_text("關於召開會議的通知", encoding="utf-8")
    refused = run(path, "subsidy", "import", file)
    assert (refused.status, "沒有找到補貼政策" in refused.err) == (2, True)
    assert run(path, "subsidy", "import", tmp_path / "沒有.xlsx").status == 2
