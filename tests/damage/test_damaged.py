"""Over many damaged workbooks every entered value is taken rightly or reported with its cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from db.database import open_database
from exports.dispatch import dispatch
from tests.damage.damages import damage, lose_headings
from tests.damage.filling import fill
from tests.damage.hands import handle
from tests.damage.inplace import fill_in, real, save_in
from tests.damage.judging import Judgement
from tests.damage.paper import Mark, Work, opened, saved
from tests.exports.workbook.collect.support import Office
from tests.sample_year import fill as fill_year

A_FEW, A_THOUSAND = 24, 1_000


PERIOD, DUE = "2022-12", date(2099, 12, 28)


def sent_office(folder: Path) -> Iterator[Office]:
    """Yield an office that has sent its sheets for December and has no report of that month yet."""
    database = open_database(folder / "year.db", operator="李")
    fill_year(database, months=range(5, 12))
    dispatch(database, folder=folder / "out", due_on=DUE, period=PERIOD)
    yield Office(database, folder / "out", folder)
    database.release()


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    yield from sent_office(tmp_path_factory.mktemp("sent"))


@pytest.fixture
def office(sent: Office, tmp_path: Path) -> Office:
    return Office(sent.database, sent.out, tmp_path)


def damaged(office: Office, number: int, *, without_codes: bool) -> tuple[Work, list[str]]:
    """Return a filled and damaged workbook; the same number makes the same one."""
    chance = Random(number * 2 + without_codes)
    work = opened(office.files[number % len(office.files)])
    fill(work, chance)
    return work, damage(work, chance, without_codes=without_codes)


def judged(office: Office, count: int, *, without_codes: bool) -> Judgement:
    judgement = Judgement()
    for number in range(count):
        work, names = damaged(office, number, without_codes=without_codes)
        folder = office.inbox / f"{number}-{without_codes}"
        folder.mkdir()
        path = saved(work, folder)
        judgement.judge(office.plan(path), work.marks, f"{number} {names}")
    told(judgement, f"without codes {without_codes}")
    return judgement


def by_hand(office: Office, count: int, *, without_codes: bool) -> Judgement:
    """Judge real workbooks that were edited in place."""
    judgement = Judgement()
    for number in range(count):
        path, marks, names = handled(office, number, without_codes=without_codes)
        judgement.judge(office.plan(path), marks, f"{number} {names}")
    told(judgement, f"by hand, without codes {without_codes}")
    return judgement


def handled(office: Office, number: int, *, without_codes: bool) -> tuple[Path, list[Mark], list[str]]:
    """Save a real workbook as a unit sends it back; the same number makes the same one."""
    chance = Random(number * 2 + without_codes)
    work = real(office.files[number % len(office.files)], office.files)
    fill_in(work, chance)
    names = handle(work, chance, without_codes=without_codes)
    folder = office.inbox / f"hand-{number}-{without_codes}"
    folder.mkdir()
    path, marks = save_in(work, folder)
    return path, marks, names


def told(judgement: Judgement, what: str) -> None:
    print(f"\n{what}: {judgement}")
    print("\n".join(f"  {count}× {what}" for what, count in judgement.reports.most_common(25)))
    print("\n".join(judgement.cases[:25]))


def check(judgement: Judgement, *, least: float) -> None:
    assert judgement.values
    assert judgement.wrong
    assert judgement.cases == []
    assert judgement.taken >= least
    assert judgement.false_reports <= 0.01


def without_heading(office: Office, count: int) -> Judgement:
    judgement = Judgement()
    for number in range(count):
        chance = Random(number)
        work = opened(office.files[number % len(office.files)])
        fill(work, chance)
        lose_headings(work, chance)
        folder = office.inbox / str(number)
        folder.mkdir()
        judgement.judge(office.plan(saved(work, folder)), work.marks, str(number))
    print(f"\nwithout headings: {judgement}")
    print("\n".join(judgement.cases[:25]))
    return judgement


def test_a_lost_heading_misplaces_nothing(office: Office) -> None:
    judgement = without_heading(office, A_FEW)
    assert judgement.values
    assert judgement.cases == []


@pytest.mark.thousand
def test_hundreds_of_lost_headings_misplace_nothing(office: Office) -> None:
    assert without_heading(office, A_THOUSAND // 5).cases == []


def test_a_few_workbooks_with_codes(office: Office) -> None:
    check(judged(office, A_FEW, without_codes=False), least=0.97)


def test_a_few_workbooks_without_codes(office: Office) -> None:
    check(judged(office, A_FEW, without_codes=True), least=0.85)


def test_a_few_real_workbooks_with_codes(office: Office) -> None:
    check(by_hand(office, A_FEW, without_codes=False), least=0.97)


def test_a_few_real_workbooks_without_codes(office: Office) -> None:
    check(by_hand(office, A_FEW, without_codes=True), least=0.85)


@pytest.mark.thousand
def test_a_thousand_workbooks_with_codes(office: Office) -> None:
    check(judged(office, A_THOUSAND, without_codes=False), least=0.97)


@pytest.mark.thousand
def test_a_thousand_workbooks_without_codes(office: Office) -> None:
    check(judged(office, A_THOUSAND // 2, without_codes=True), least=0.85)


@pytest.mark.thousand
def test_a_thousand_real_workbooks_with_codes(office: Office) -> None:
    check(by_hand(office, A_THOUSAND // 2, without_codes=False), least=0.97)


@pytest.mark.thousand
def test_a_thousand_real_workbooks_without_codes(office: Office) -> None:
    check(by_hand(office, A_THOUSAND // 4, without_codes=True), least=0.85)
