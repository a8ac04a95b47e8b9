"""Every shared plan document is read as its answer says, field by field, in each of its forms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from db.drafts import DocumentDraft
from exports.plandoc.heads import chinese_date
from tests.exports.plandoc.samples import PLANS, answer, norm, points, read

DOCUMENTS = sorted([*PLANS.glob("*.txt"), *PLANS.glob("*.html")])
SEED = PLANS / "hunan-2022-16.txt"


def _with_plans(wanted: dict[str, Any]) -> dict[str, Any]:
    """Return an answer of the flat schema as one of documents and plans."""
    if "documents" in wanted:
        return dict(wanted["documents"][0])
    return {**wanted, "plans": [{"points": wanted["points"], "standing_units": wanted["standing_units"]}]}


def _wanted_points(path: Path) -> list[dict[str, Any]]:
    return [point for plan in _with_plans(answer(path))["plans"] for point in plan["points"]]


def _names(names: list[str]) -> list[str]:
    return sorted({norm(name) for name in names})


@pytest.fixture(scope="module", params=DOCUMENTS, ids=lambda path: path.name)
def pair(request: pytest.FixtureRequest) -> tuple[Path, DocumentDraft]:
    return request.param, read(request.param)


def test_every_point_stands_under_its_number(pair: tuple[Path, DocumentDraft]) -> None:
    path, document = pair
    wanted = _wanted_points(path)
    assert [norm(point.number) for point in points(document)] == [norm(want["no"]) for want in wanted]
    for point, want in zip(points(document), wanted, strict=True):
        starts = [norm(want["starts"])[:12], norm(want.get("starts_alt") or want["starts"])[:12]]
        assert norm(point.text).startswith(tuple(starts)) or starts[-1] in norm(point.text)


def test_units_are_those_of_the_answer(pair: tuple[Path, DocumentDraft]) -> None:
    path, document = pair
    for point, want in zip(points(document), _wanted_points(path), strict=True):
        either = _names(want.get("either") or [])
        for field in ("lead", "co", "groups"):
            found, wanted = _names(getattr(point, field)), _names(want[field])
            assert [n for n in found if n not in either] == [n for n in wanted if n not in either], (want["no"], field)
        assert point.by_duty == want["by_duty"], want["no"]


def test_deadlines_are_those_of_the_answer(pair: tuple[Path, DocumentDraft]) -> None:
    path, document = pair
    for point, want in zip(points(document), _wanted_points(path), strict=True):
        wanted = want["deadlines"] if "deadlines" in want else [want["deadline"]] if want["deadline"] else []
        found = [norm(one.text) for one in point.deadlines]
        assert bool(found) == bool(wanted), want["no"]
        assert all(any(norm(w) in f or f in norm(w) for f in found) for w in wanted), want["no"]


def test_head_is_that_of_the_answer(pair: tuple[Path, DocumentDraft]) -> None:
    path, document = pair
    wanted = _with_plans(answer(path))
    bare = path.suffix == ".html"  # the table alone, without the covering notice
    assert norm(document.title) == norm(wanted["title"]) or bare
    assert norm(document.doc_no) == ("" if bare else norm(wanted["doc_no"]))
    if not bare and wanted.get("date"):
        assert document.issued_on == chinese_date(norm(wanted["date"]))
    standing = [norm(name) for plan in document.plans for name in plan.standing_units]
    assert standing == [norm(name) for plan in wanted["plans"] for name in plan["standing_units"]]


def test_every_point_stands_at_its_place(pair: tuple[Path, DocumentDraft]) -> None:
    _, document = pair
    for point in points(document):
        passage = norm(document.text[point.start : point.end])
        assert norm(point.text)[:8] in passage
    spans = [(point.start, point.end) for point in points(document)]
    assert spans == sorted(spans)


def test_the_seed_holds_two_plans_with_their_sections() -> None:
    document, wanted = read(SEED), answer(SEED)["documents"][0]
    assert document.issued_on is not None
    assert document.published_on is not None
    assert (document.issued_on.isoformat(), document.published_on.isoformat()) == ("2022-04-12", "2022-04-24")
    assert norm(document.issuer) == norm(wanted["issuer"])
    assert [len(plan.points) for plan in document.plans] == [len(plan["points"]) for plan in wanted["plans"]]
    for plan, want in zip(document.plans, wanted["plans"], strict=True):
        assert norm(plan.title) == norm(want["title"])
        assert [norm(section) for section in plan.sections] == [norm(section) for section in want["sections"]]
        for point, right in zip(plan.points, want["points"], strict=True):
            assert norm(point.section) == norm(right["section"])
            assert [norm(number) for number in point.cited] == [norm(number) for number in right["cited"]]
            assert [norm(clause).strip("()") for clause in point.clauses] == [
                norm(c).strip("()") for c in right["clauses"]
            ]


def test_the_damaged_runs_of_the_seed_are_doubts_not_guesses() -> None:
    document = read(SEED)
    damaged = [doubt for point in points(document) for doubt in point.review if "損壞" in doubt.text]
    assert len(damaged) == 2
    assert all("?" in document.text[doubt.start : doubt.end] for doubt in damaged)


def test_a_point_has_few_doubts() -> None:
    for path in DOCUMENTS:
        for point in points(read(path)):
            assert len(point.review) <= 2, (path.name, point.number)
