"""Made-up documents of the kinds offices publish, with answers written by hand before they were read.

An answer holds lines ``title: …`` for the head, and one line a point:
``number | how the text begins | leads | others | collectives | deadlines | D where the clause says 按職責``,
names and deadlines parted by a semicolon.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from db.drafts import DocumentDraft
from tests.exports.plandoc.samples import MADE, norm, pasted, points, read, who_and_when
from tests.exports.plandoc.variants import broken_lines, flattened, indented, spaced, traditional, web_page

DOCUMENTS = sorted(path for path in MADE.iterdir() if path.suffix in (".txt", ".html", ".md"))


@dataclass
class Answer:
    """What a person read in a document."""

    head: dict[str, str] = field(default_factory=dict)
    points: list[list[str]] = field(default_factory=list)


def _answer(document: Path) -> Answer:
    answer = Answer()
    for line in document.with_suffix(".answer").read_text(encoding="utf-8").splitlines():
        if "|" in line:
            cells = [cell.strip() for cell in line.split("|")]
            answer.points.append((cells + [""] * 7)[:7])
        elif line.strip():
            key, _, value = line.partition(":")
            answer.head[key.strip()] = norm(value)
    return answer


def _names(cell: str) -> list[str]:
    return [norm(name) for name in cell.split(";") if name.strip()]


def _head(document: DocumentDraft) -> dict[str, str]:
    standing = [name for plan in document.plans for name in plan.standing_units]
    return {
        "title": norm(document.title),
        "doc_no": norm(document.doc_no),
        "issuer": norm(document.issuer),
        "issued": norm(document.issued_on),
        "published": norm(document.published_on),
        "plans": norm("/".join(plan.title for plan in document.plans)),
        "sections": str(sum(len(plan.sections) for plan in document.plans)),
        "standing": norm(",".join(standing)),
    }


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_document_is_read_as_a_person_read_it(path: Path) -> None:
    document, answer = read(path), _answer(path)
    wanted = [
        (norm(no), _names(lead), _names(co), _names(groups), _names(deadlines), bool(duty))
        for no, _, lead, co, groups, deadlines, duty in answer.points
    ]
    assert who_and_when(document) == wanted
    for point, (_, starts, *_) in zip(points(document), answer.points, strict=True):
        assert norm(point.text).startswith(norm(starts))
    head = _head(document)
    assert {key: head[key] for key in answer.head} == answer.head


FORMS = {form.__name__: form for form in (traditional, flattened, broken_lines, web_page, spaced, indented)}
# a form that takes from the text what tells its parts
LOSSY = {
    ("flattened", "gaps"),  # a number twice in a flat text is no count
    ("flattened", "no_punct"),  # not a sign between two points
    ("flattened", "unnumbered"),
    ("flattened", "square"),
    ("flattened", "levels"),  # a count that begins again, and no stop before it
    ("broken_lines", "square"),
    ("broken_lines", "bullets"),
    ("broken_lines", "bars_at_end"),
    ("flattened", "bars_at_end"),  # the date has lost its signature
    ("broken_lines", "tiao"),  # too few full lines to see a width
    ("broken_lines", "long_section_names"),
    ("broken_lines", "ordinal_dash"),
    ("spaced", "wrapped"),  # broken at a width already
    ("broken_lines", "wrapped"),
    ("broken_lines", "ocr"),
    ("flattened", "ocr"),
    *((form, "json") for form in ("broken_lines", "web_page", "indented")),
    ("web_page", "quoted"),
    ("web_page", "tabs_text"),
}


def _forms() -> list[tuple[str, Path]]:
    texts = [path for path in DOCUMENTS if path.suffix == ".txt"]
    tables = {path for path in texts if "\t" in path.read_text(encoding="utf-8") or path.stem == "cells"}
    return [
        (form, path)
        for form in FORMS
        for path in texts
        if (form, path.stem) not in LOSSY and not (form == "flattened" and path in tables)
    ]


@pytest.mark.parametrize(("form", "path"), _forms(), ids=lambda value: getattr(value, "stem", value))
def test_the_form_of_a_document_does_not_change_what_it_says(form: str, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    change: Callable[[str], str] = FORMS[form]
    plain, changed = pasted(text), pasted(change(text))
    assert who_and_when(changed) == who_and_when(plain)
    assert norm(changed.title) == norm(plain.title)
    assert re.sub(r"[\[\]〔〕]", "", norm(changed.doc_no)) == re.sub(r"[\[\]〔〕]", "", norm(plain.doc_no))
    assert changed.issued_on == plain.issued_on
