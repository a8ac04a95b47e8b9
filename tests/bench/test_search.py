"""Search over 100,000 reports beside a scan with LIKE, and what the index adds to an operation."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from db import planstore, progress, proposals, search, searchkeep
from db.database import Database, open_database
from db.find import find
from db.models import Assignment, ProgressEntry
from db.searchtext import normal
from db.shipped import shipped
from exports.plandoc.readers import read_plan_file

pytestmark = pytest.mark.bench

ENTRIES = 100_000
TIMES = 20
PIECES = re.split(
    "、",
    "已梳理事項目錄、完成系統對接並上線試運行、召開推進會、印發實施方案、窗口人員培訓、群眾滿意度調查、電子證照歸集、數據共享、"
    "壓縮辦理時限、政策解讀材料掛網、企業開辦全程網辦、村級便民服務點、財政資金直達、養老服務設施、工程建設項目審批、"
    "跨省通辦事項、好差評整改、幫代辦服務、信用監管、告知承諾、鄉鎮賦權、市場主體登記、稅費優惠、水電氣報裝、投訴件辦結",
)
IN_REPORTS = ["桃源", "桃花", "桃花源試點", "桃花源 養老", "養老", "養老 告知承諾", "99項。另"]
ANYWHERE = ["財政", "老", "縣財政局", "xzspfwj", "政16-07"]  # in names, codes and texts of several kinds


def text_of(chance: random.Random) -> str:
    return "，".join(f"{chance.choice(PIECES)}{chance.randrange(1000)}項" for _ in range(6)) + "。"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    made = open_database(tmp_path_factory.mktemp("bench") / "臺賬.db", operator="測試員")
    for draft in read_plan_file(shipped("plans", "hunan-2022-16.txt")):
        for plan in planstore.store(made, draft=draft).ids("plan"):
            proposals.propose(made, plan=plan)
    chance = random.Random(1)
    with Session(made.engine.execution_options(writes=True)) as session, session.begin():
        tasks = session.execute(select(Assignment.id, Assignment.lead_id)).all()
        rows = []
        for number in range(ENTRIES):
            task, lead = chance.choice(tasks)
            text = text_of(chance) + ("另有桃花源試點一處。" if number % 5000 == 0 else "")
            rows.append(
                {"assignment_id": task, "unit_id": lead, "period": f"2022-{number % 12 + 1:02d}", "text": text}
                | {"problem": chance.choice(PIECES), "next_step": "", "source": "填報"}
            )
        session.execute(insert(ProgressEntry), rows)
    started = time.perf_counter()
    searchkeep.rebuild(made.engine)
    print(f"\nindex of {ENTRIES} reports made in {time.perf_counter() - started:.1f} s")
    yield made
    made.release()


def best_of(work: Callable[[], object], times: int = 5) -> float:
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        spent.append(time.perf_counter() - started)
    return min(spent)


def scanned(session: Session, words: str) -> int:
    """Look into every folded text with LIKE: what it takes without an index to know which hits are the best."""
    query = search.scan([normal(word) for word in words.split()])
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def ratio(database: Database, words: str) -> float:
    with database.reading() as session:
        found = find(session, words)
        quick = best_of(lambda: find(session, words))
        slow = best_of(lambda: scanned(session, words))
    print(f"\n{words}: {len(found.hits)} hits {quick * 1e3:.2f} ms, scan {slow * 1e3:.1f} ms, {slow / quick:.0f} times")
    return slow / quick


@pytest.mark.parametrize("words", IN_REPORTS)
def test_words_of_reports_are_found_many_times_quicker_than_by_a_scan(database: Database, words: str) -> None:
    assert ratio(database, words) > TIMES


@pytest.mark.parametrize("words", ANYWHERE)
def test_words_of_every_kind_are_found_quicker_than_by_a_scan(database: Database, words: str) -> None:
    assert ratio(database, words) > 3


def test_index_costs_an_operation_little(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.reading() as session:
        code = session.scalars(select(Assignment.code)).first()
        assert code is not None
    chance = random.Random(2)

    def report() -> None:
        progress.add(database, code=code, report=progress.Report(period="2022-12", text=text_of(chance)))

    with_index = best_of(report, 20)
    with monkeypatch.context() as patch:
        patch.setattr(searchkeep, "follow", lambda *_args, **_facts: None)
        without = best_of(report, 20)
    print(f"\na report takes {with_index * 1e3:.1f} ms, {without * 1e3:.1f} ms without the index")
    assert with_index < 3 * without
