"""Returned workbooks that went through LibreOffice: filled in, damaged, saved as another kind, judged by the truth."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.terms import ReturnState
from tests.damage.judging import Judgement
from tests.damage.paper import Mark, saved
from tests.damage.test_damaged import damaged, handled, sent_office
from tests.exports.workbook.collect.support import Office

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
EACH = 50
"""Workbooks of each of four makes: on paper and by hand, with codes and without."""
Case = tuple[Path, list[Mark], str]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    yield from sent_office(tmp_path_factory.mktemp("sent"))


@pytest.fixture(scope="module")
def cases(office: Office) -> dict[bool, list[Case]]:
    """Return damaged workbooks with and without codes, under names that no two share."""
    folder = office.inbox / "作"
    folder.mkdir()
    office = Office(office.database, office.out, folder)
    made: dict[bool, list[Case]] = {}
    for without in (False, True):
        for number in range(EACH):
            work, names = damaged(office, number, without_codes=without)
            some = folder / f"paper-{number}-{without}"
            some.mkdir()
            path = saved(work, some)
            made.setdefault(without, []).append((_named(path, folder), work.marks, f"{number} {names}"))
            path, marks, names = handled(office, number, without_codes=without)
            made[without].append((_named(path, folder), marks, f"{number} {names}"))
    return made


def _named(path: Path, folder: Path) -> Path:
    return path.rename(folder / f"{path.parent.name}_{path.name}")


def converted(cases: list[Case], kind: str, folder: Path) -> dict[str, Path]:
    """Save all workbooks as another kind in one run of LibreOffice; return the new files by the old names."""
    command = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", kind]
    paths = [str(path) for path, _, _ in cases]
    subprocess.run([*command, "--outdir", str(folder), *paths], check=True, capture_output=True, timeout=1200)
    return {path.name: folder / f"{path.stem}.{kind}" for path, _, _ in cases}


@pytest.mark.parametrize(("kind", "suffix"), [("xls", "xls"), ("ods", "ods"), ("xlsx", "xlsx"), ("xls", "et")])
def test_values_survive_a_round_trip(
    office: Office, cases: dict[bool, list[Case]], tmp_path: Path, kind: str, suffix: str
) -> None:
    for without, some in cases.items():
        folder = tmp_path / str(without)
        files = converted(some, kind, folder)
        judgement = Judgement()
        for path, marks, told in some:
            file = files[path.name]
            if suffix != kind:
                file = file.rename(file.with_suffix(f".{suffix}"))
            judgement.judge(office.plan(file), marks, told)
        print(f"\n{suffix}, without codes {without}: {judgement}")
        print("\n".join(f"  {count}× {what}" for what, count in judgement.reports.most_common(15)))
        print("\n".join(judgement.cases[:15]))
        assert judgement.cases == []
        assert judgement.taken >= (0.85 if without else 0.97)
        assert judgement.false_reports <= 0.01


def test_comma_separated_text_is_told_not_read(office: Office, cases: dict[bool, list[Case]], tmp_path: Path) -> None:
    some = cases[False][:3]
    for file in converted(some, "csv", tmp_path).values():
        (told,) = office.plan(file).files
        assert told.state is ReturnState.FOREIGN
        assert ".xlsx" in told.detail
