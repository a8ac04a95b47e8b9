"""``taizhang units contact`` and ``counterpart``: what the card of a unit edits, from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.desktop.cli.conftest import Run


def rows(run: Run, path: Path, *words: str) -> list[list[str]]:
    done = run(path, "units", *words)
    assert (done.status, done.err) == (0, "")
    return [line.split("\t") for line in done.out.splitlines()]


def test_a_contact_is_added_changed_moved_and_removed(run: Run, path: Path) -> None:
    run(path, "units", "contact", "add", "縣財政局", "王一", "--duty", "股長", "--telephone", "0730-6223344")
    run(path, "units", "contact", "add", "縣財政局", "王二", "--email", "er@example.cn")
    assert rows(run, path, "contact", "list", "縣財政局") == [
        ["1", "王一", "股長", "0730-6223344", ""],
        ["2", "王二", "", "", "er@example.cn"],
    ]
    run(path, "units", "contact", "edit", "縣財政局", "王二", "--duty", "副局長", "--place", "1")
    assert [row[1:3] for row in rows(run, path, "contact", "list", "縣財政局")] == [
        ["王二", "副局長"],
        ["王一", "股長"],
    ]
    done = run(path, "units", "contact", "remove", "縣財政局", "王一")
    assert "修改「縣財政局」的聯繫人" in done.out
    assert [row[1] for row in rows(run, path, "contact", "list", "縣財政局")] == ["王二"]


def test_a_mobile_number_is_kept_masked_and_said_so(run: Run, path: Path) -> None:
    done = run(path, "units", "contact", "add", "縣財政局", "王一", "--telephone", "13800001234")
    assert "只保存了掩碼" in done.out
    assert rows(run, path, "contact", "list", "縣財政局")[0][3] == "138****1234"


def test_namesakes_are_told_apart_by_their_number(run: Run, path: Path) -> None:
    for duty in ("股長", "科員"):
        run(path, "units", "contact", "add", "縣財政局", "王一", "--duty", duty)
    doubtful = run(path, "units", "contact", "remove", "縣財政局", "王一")
    assert (doubtful.status, doubtful.out) == (2, "")
    assert "序號" in doubtful.err
    run(path, "units", "contact", "remove", "縣財政局", "2")
    assert [row[1:3] for row in rows(run, path, "contact", "list", "縣財政局")] == [["王一", "股長"]]


def test_what_cannot_be_meant_is_told_and_nothing_changes(run: Run, path: Path) -> None:
    run(path, "units", "contact", "add", "縣財政局", "王一")
    for words in (
        ("add", "縣財政局", " "),
        ("edit", "縣財政局", "王一"),
        ("edit", "縣財政局", "王一", "--name", ""),
        ("edit", "縣財政局", "李九", "--duty", "局長"),
        ("remove", "縣無此局", "王一"),
    ):
        assert run(path, "units", "contact", *words).status == 2, words
    assert [row[1] for row in rows(run, path, "contact", "list", "縣財政局")] == ["王一"]


def test_counterparts_are_set_in_order_and_taken_out(run: Run, path: Path) -> None:
    done = run(path, "units", "counterpart", "set", "省財政廳", "縣財政局", "縣審計局", "--note", "兩家分工")
    assert (done.status, done.err) == (0, "")
    assert rows(run, path, "counterpart", "list", "省財政廳") == [["縣財政局", "兩家分工"], ["縣審計局", "兩家分工"]]
    assert "省財政廳" in [row[0] for row in rows(run, path, "counterpart", "list", "縣審計局")]
    run(path, "units", "counterpart", "remove", "省財政廳", "縣財政局")
    assert rows(run, path, "counterpart", "list", "省財政廳") == [["縣審計局", "兩家分工"]]


def test_no_counterpart_needs_a_reason(run: Run, path: Path) -> None:
    refused = run(path, "units", "counterpart", "set", "省財政廳", "--note", "")
    assert (refused.status, refused.out) == (2, "")
    assert "請寫明原因" in refused.err
    run(path, "units", "counterpart", "set", "省財政廳", "--note", "職能已上收")
    assert rows(run, path, "counterpart", "list", "省財政廳") == [["", "職能已上收"]]
    run(path, "units", "counterpart", "set", "省財政廳", "縣財政局")  # the reason for having none is not kept
    assert rows(run, path, "counterpart", "list", "省財政廳") == [["縣財政局", ""]]


def test_setting_what_is_set_changes_nothing(run: Run, path: Path) -> None:
    run(path, "units", "counterpart", "set", "省財政廳", "縣財政局", "--note", "")
    assert "沒有改動" in run(path, "units", "counterpart", "set", "省財政廳", "縣財政局").out


def test_counterparts_are_of_a_unit_above_and_of_the_county(run: Run, path: Path) -> None:
    assert run(path, "units", "counterpart", "set", "縣財政局", "縣審計局").status == 2
    assert run(path, "units", "counterpart", "set", "省財政廳", "省審計廳").status == 2
    assert run(path, "units", "counterpart", "remove", "省財政廳", "縣教育局").status == 2
