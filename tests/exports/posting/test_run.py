"""Postings of a whole county in one run: folders, index, failures, stopping, being killed, being made again."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db import postinglist, postings, subsidies
from db.database import Database
from db.errors import Cancelled, Refused
from db.models import Payment
from db.places import rename
from db.postinglist import PostingLine
from db.postings import drop
from db.undo import undo
from exports.posting import workers
from exports.posting.journal import NAME, Finished, Journal
from exports.posting.make import digest
from exports.posting.options import Options, Unconfirmed
from exports.posting.run import Result, run
from exports.posting.wanted import Wanted, survey
from exports.words import words_of
from tests.db import villages
from tests.db.villages import Paid

PDF_ALONE = Options(kinds=(".pdf",))
WANTED = Wanted(villages.PERIOD)


def lines(database: Database) -> list[PostingLine]:
    with database.reading() as session:
        return postinglist.listed(session)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.pdf"))}


def made(database: Database, folder: Path, **more: Any) -> Result:  # noqa: ANN401 - passed on
    asked: dict[str, Any] = {"wanted": WANTED, "options": PDF_ALONE, "folder": folder, "processes": 1} | more
    return run(database, **asked)


def index(result: Result) -> list[tuple[object, ...]]:
    assert result.index is not None
    sheet = openpyxl.load_workbook(result.index).worksheets[0]
    return [row for row in sheet.iter_rows(min_row=4, values_only=True) if any(row)]


def test_every_village_gets_its_files_in_the_folder_of_its_town(database: Database, tmp_path: Path) -> None:
    villages.county(database, 3)
    result = made(database, tmp_path, options=Options())
    assert result.whole
    names = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*公示.*") if path.is_file())
    assert names == [
        *("安定鎮/第3村2022年耕地地力保護補貼公示.pdf", "安定鎮/第3村2022年耕地地力保護補貼公示.xlsx"),
        *("石橋鎮/石橋村2022年耕地地力保護補貼公示.pdf", "石橋鎮/石橋村2022年耕地地力保護補貼公示.xlsx"),
        *("石橋鎮/第2村2022年耕地地力保護補貼公示.pdf", "石橋鎮/第2村2022年耕地地力保護補貼公示.xlsx"),
    ]
    registered = {name: sha256 for line in lines(database) for name, sha256 in line.files.items()}
    assert registered == {name: digest((tmp_path / name).read_bytes()) for name in names}
    assert [(row[1], row[2], row[4], row[5]) for row in index(result)] == [
        *(("石橋鎮", "石橋村", 5, "2,493.75"), ("石橋鎮", "第2村", 5, "2,493.75"), ("安定鎮", "第3村", 5, "2,493.75")),
    ]
    assert not (tmp_path / NAME).exists()


def test_a_run_is_one_operation_and_is_undone_as_one(database: Database, tmp_path: Path) -> None:
    villages.county(database, 3)
    result = made(database, tmp_path)
    assert result.changes is not None
    assert result.changes.batch is not None
    undo(database, batch=result.changes.batch)
    assert not lines(database)


def test_a_village_that_fails_is_told_and_the_others_stand(database: Database, tmp_path: Path) -> None:
    farm, places = villages.county(database, 3)
    villages.pay(database, place=places[1], policy=farm, rows=[Paid("王建國13812345678", 100)])
    result = made(database, tmp_path)
    assert [title for title, _ in result.failures] == ["石橋鎮第2村2022年耕地地力保護補貼发放公示"]
    assert "138****5678" in result.failures[0][1]
    assert sorted(line.village for line in lines(database)) == ["石橋村", "第3村"]
    assert len(files(tmp_path)) == 2
    assert "13812345678" not in repr(index(result))
    assert sum("没有制作" in str(row[8]) for row in index(result)) == 1
    assert not result.whole


def test_what_is_unchanged_is_kept_when_it_is_run_again(database: Database, tmp_path: Path) -> None:
    farm, places = villages.county(database, 3)
    made(database, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.pdf")}
    villages.pay(database, place=places[2], policy=farm, rows=[Paid("新來的", 100)])
    result = made(database, tmp_path)
    assert (len(result.made), result.kept) == (1, 2)
    changed = [path.parent.name for path, at in before.items() if path.stat().st_mtime_ns != at]
    assert changed == ["安定鎮"]
    assert len(lines(database)) == 4
    assert sum(line.superseded for line in lines(database)) == 1


def test_a_run_for_one_village_leaves_the_others_in_the_index(database: Database, tmp_path: Path) -> None:
    _, places = villages.county(database, 3)
    made(database, tmp_path)
    again = made(database, tmp_path, wanted=Wanted(villages.PERIOD, places=(places[1],)))
    assert sorted(str(row[2]) for row in index(again)) == ["石橋村", "第2村", "第3村"]
    assert again.warnings == []


def test_a_file_that_nothing_paid_stands_behind_any_more_is_told(database: Database, tmp_path: Path) -> None:
    _, (first, *_rest) = villages.county(database, 2)
    made(database, tmp_path)
    rename(database, place=first, name="新石橋村")
    again = made(database, tmp_path)
    assert again.warnings == [
        "「石橋鎮/石橋村2022年耕地地力保護補貼公示.pdf」是以前製作的，現在的發放記錄裏沒有，請不要張貼。"
    ]
    assert sorted(str(row[2]) for row in index(again)) == ["新石橋村", "第2村"]


def test_a_file_that_was_tampered_with_is_made_again(database: Database, tmp_path: Path) -> None:
    villages.county(database, 2)
    made(database, tmp_path)
    wanted = files(tmp_path)
    spoilt = next(tmp_path.rglob("*.pdf"))
    spoilt.write_bytes(b"%PDF-1.7 spoilt")
    assert made(database, tmp_path).kept == 1
    assert files(tmp_path) == wanted


def test_what_hangs_on_a_board_keeps_its_file_when_a_correction_is_made(database: Database, tmp_path: Path) -> None:
    farm, (place,) = villages.county(database, 1)
    made(database, tmp_path)
    (hung,) = files(tmp_path).items()
    postings.post(database, postings=[lines(database)[0].id], on=date(2022, 9, 26))
    villages.pay(database, place=place, policy=farm, rows=[Paid("新來的", 100)])
    made(database, tmp_path)
    assert len(files(tmp_path)) == 2
    assert files(tmp_path)[hung[0]] == hung[1]
    assert any("（更正）" in name for name in files(tmp_path))


def test_stopped_by_the_clerk_what_is_finished_is_entered_and_the_rest_follows(
    database: Database, tmp_path: Path
) -> None:
    villages.county(database, 5)

    def stop(done: int, total: int) -> None:
        assert total == 5
        if done == 2:
            raise Cancelled("已取消。")

    result = made(database, tmp_path, tick=stop)
    assert result.stopped
    assert len(lines(database)) == len(files(tmp_path)) == 2
    assert (made(database, tmp_path).kept, len(files(tmp_path)), len(lines(database))) == (2, 5, 5)


_KILLED = """
import os, sys
from pathlib import Path
from db.database import open_database
from exports.posting.options import Options
from exports.posting.run import run
from exports.posting.wanted import Wanted

def die(done, total):
    if done == 3:
        os._exit(9)

database = open_database(Path(sys.argv[1]), operator="甲")
run(database, wanted=Wanted("2022"), options=Options(kinds=(".pdf",)), folder=Path(sys.argv[2]), processes=1, tick=die)
"""


def test_a_run_that_was_killed_is_taken_up_again(database: Database, tmp_path: Path) -> None:
    villages.county(database, 5)
    database.close()
    folder = tmp_path / "公示"
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(database.path), str(folder)], check=False, cwd=Path(__file__).parents[3]
    )
    assert killed.returncode == 9
    assert len(files(folder)) == 3
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.pdf")}
    from db.database import open_database

    again = open_database(database.path, operator="甲")
    try:
        result = made(again, folder)
        assert (result.kept, len(result.made), result.whole) == (3, 5, True)
        assert len(lines(again)) == len(files(folder)) == 5
        assert all(path.stat().st_mtime_ns == at for path, at in before.items())
    finally:
        again.release()


def test_a_torn_line_of_the_journal_counts_for_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.add("2022", "1:", Finished("a", {"x.pdf": "b"}))
    with (tmp_path / NAME).open("a", encoding="utf-8") as file:
        file.write('{"period": "2022", "key": "2:", "con')
    assert journal.read("2022") == {"1:": Finished("a", {"x.pdf": "b"})}
    assert journal.read("2021") == {}


def test_two_processes_make_the_same_files_as_one(database: Database, tmp_path: Path) -> None:
    villages.county(database, 4)
    made(database, tmp_path / "一")
    drop(database, postings=[line.id for line in lines(database)])
    assert made(database, tmp_path / "二", processes=2).whole
    assert files(tmp_path / "一") == files(tmp_path / "二")


@pytest.mark.parametrize("error", [OSError("no more processes"), BrokenProcessPool("died")])
def test_where_no_process_can_be_started_this_one_does_it(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    villages.county(database, 4)
    submitted = []

    def submit(*_: object) -> None:
        submitted.append(1)
        raise error

    monkeypatch.setattr(ProcessPoolExecutor, "submit", submit)
    assert made(database, tmp_path, processes=2).whole
    assert submitted == [1]
    assert len(files(tmp_path)) == 4


def test_workers_take_every_order_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "make", lambda order: order)
    orders: Any = range(50)
    done: list[Any] = list(workers.carry_out(orders, processes=1))
    assert done == list(range(50))


def test_a_file_with_a_known_number_of_its_people_is_never_written(database: Database, tmp_path: Path) -> None:
    villages.county(database, 2)
    result = made(database, tmp_path, secrets=lambda one: ("1312",) if one.facts.village == "石橋村" else ())
    assert result.whole  # a number that short is found everywhere and tells nothing
    result = made(database, tmp_path / "b", secrets=lambda _: ("第1組石橋村民小組",))
    assert result.whole
    farm = villages.policy(database, {**villages.FARM_ITEMS, "name": "別的補貼"})
    ids = villages.places(database, {"新鎮": ["新村"]})
    villages.pay(database, place=ids["新村"], policy=farm, rows=[Paid("王建國", 100, standard="代碼12345678")])
    result = made(database, tmp_path / "c", wanted=Wanted("2022", policies=(farm,)), secrets=lambda _: ("12345678",))
    assert len(result.failures) == 1
    assert not files(tmp_path / "c")


def test_sensitive_aid_is_asked_about_before_anything_is_written(database: Database, tmp_path: Path) -> None:
    _, (place,) = villages.county(database, 1)
    villages.pay(database, place=place, policy=villages.policy(database, villages.AID_ITEMS, strict=True))
    with pytest.raises(Unconfirmed):
        made(database, tmp_path / "a")
    assert not (tmp_path / "a").exists()
    assert made(database, tmp_path / "a", confirmed=True).whole


def test_each_policy_by_itself_or_all_together(database: Database, tmp_path: Path) -> None:
    farm, places = villages.county(database, 2)
    aid = villages.policy(database, villages.AID_ITEMS)
    villages.pay(database, place=places[1], policy=aid)
    made(database, tmp_path, wanted=Wanted("2022", policies=(farm, aid)), confirmed=True)
    assert {(line.village, line.policy) for line in lines(database)} == {
        *(("石橋村", villages.FARM), ("第2村", villages.AID), ("第2村", villages.FARM)),
    }
    made(database, tmp_path, wanted=Wanted("2022", places=(places[1],)), confirmed=True)
    assert [line.policy_id for line in lines(database) if line.place == places[1]].count(None) == 1
    assert any("各项补贴" in name for name in files(tmp_path))


def test_names_that_a_system_does_not_take_and_names_that_stand_twice(database: Database, tmp_path: Path) -> None:
    ids = villages.places(database, {"石橋鎮": ["甲/乙:村", "甲乙村", "？<新>村"]})
    farm = villages.policy(database)
    for name in ("甲/乙:村", "甲乙村", "？<新>村"):
        villages.pay(database, place=ids[name], policy=farm)
    assert made(database, tmp_path).whole
    assert {Path(name).name.replace("2022年耕地地力保護補貼公示.pdf", "") for name in files(tmp_path)} == {
        *("甲乙村", "甲乙村2022年耕地地力保護補貼公示（2）.pdf", "？新村"),
    }


def test_a_period_without_payments_is_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        made(database, tmp_path)


def test_the_survey_tells_beforehand_and_writes_nothing(database: Database, tmp_path: Path) -> None:
    farm, places = villages.county(database, 3)
    villages.pay(database, place=places[0], policy=farm, rows=[Paid("王\ue001國", 100)])
    villages.pay(database, place=places[1], policy=farm, rows=[Paid("李四", 100, group=villages.identity(5))])
    with database.reading() as session:
        from db.settings import office

        found = survey(session, WANTED, options=PDF_ALONE, office=office(session))
    assert [(len(one.private), len(one.missing), one.clean) for one in found] == [
        *((0, 1, False), (1, 0, False), (0, 0, True)),
    ]
    assert [one.rows for one in found] == [6, 6, 5]
    with database.reading() as session:
        assert session.query(Payment).count() == 17
    assert not lines(database)


def test_the_version_that_held_when_it_was_paid_is_printed(database: Database, tmp_path: Path) -> None:
    farm, (place,) = villages.county(database, 1)
    subsidies.add_version(database, policy=farm, valid_from=date(2022, 1, 1), values={"standard": "110元/畝"})
    subsidies.add_version(database, policy=farm, valid_from=date(2023, 1, 1), values={"standard": "120元/畝"})
    villages.pay(database, place=place, policy=farm, period="2023-06", rows=villages.ROWS)
    from tests.exports.pdf.reading import texts

    for period, standard in (("2022", "110元"), ("2023-06", "120元")):
        made(database, tmp_path / period, wanted=Wanted(period))
        ((_, content),) = files(tmp_path / period).items()
        assert f"标准：{standard}" in "".join(texts(content))


def test_the_words_of_file_names_are_in_the_offices_script(database: Database) -> None:
    from db.settings import Office
    from exports.posting.filenames import free_stem

    words = words_of(replace(Office(), output_script="zh_Hant"))
    assert free_stem("a/B", {"a/b"}, words) == "a/B（2）"
