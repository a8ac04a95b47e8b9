"""What the division paper (任務分工方案) says, before it becomes a file of one kind or another."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from db.errors import Refused
from db.ledger import Ledger, LedgerRow
from db.settings import Office
from db.shipped import shipped
from exports.words import Words, printable
from exports.workbook.columns import Column, chosen

_NAMED = 5
_BLANK_YEAR = "　　　　"
_BLANK_DAY = "　　月　　日"
_TITLES = {"text": "重點任務"}
_WIDTHS = {"text": 30, "measure": 14, "lead": 12, "others": 14, "deadline": 10}
_KEYS = ("sequence", "text", "measure", "lead", "others", "deadline")


@dataclass(frozen=True, slots=True)
class Paper:
    """The covering letter, part by part in its order on the page, and the title of the annex.

    ``header`` stands on every page of a draft and is empty where the paper is issued. Blanks stand for what
    only the office knows: the issue number, the days, the person to ask.
    """

    header: str
    number: str
    title: str
    to: str
    paragraphs: tuple[str, ...]
    annex_line: str
    signer: str
    day: str
    annex: str
    annex_title: str


def paper(ledger: Ledger, *, office: Office, words: Words, issued: bool = False, reply_by: date | None = None) -> Paper:
    """Return the paper for a ledger, as a draft for comment (徵求意見稿) or as issued.

    ``reply_by`` is the last day for comments on a draft, left blank without one. Raises :class:`Refused` where
    it is to be issued although tasks have no lead unit or are only proposed.
    """
    if issued:
        _refuse_unfinished(ledger.rows)
    template: dict[str, Any] = json.loads(shipped("templates", "division.json").read_text(encoding="utf-8"))
    form = template["issued" if issued else "draft"]
    facts = _facts(ledger, office, words)
    facts["reply_by"] = _day(reply_by, ledger.year)

    def filled(sentence: str, *, plans: str, **more: str) -> str:
        return printable(words.fixed(sentence).format(**facts, plans=plans, **more))

    quoted, nested = (_listed(ledger, words, *signs) for signs in ("《》", "〈〉"))
    name, inner = (filled(template["name"], plans=plans) for plans in (quoted, nested))
    annex_title = filled(form["annex_title"], plans=quoted, name=name)
    sentences = [*form["paragraphs"], form["pending"] if int(facts["pending"]) else "", form["contact"]]
    annex = words.fixed(template["annex"])
    return Paper(
        header=words.fixed(form["header"]),
        number=filled(form["number"], plans=quoted),
        title=filled(form["title"], plans=quoted, name=inner),
        to=words.fixed(form["to"]),
        paragraphs=tuple(filled(sentence, plans=quoted, name=inner) for sentence in sentences if sentence),
        annex_line=f"{annex}：{annex_title}",
        signer=facts["office"],
        day=_day(None, ledger.year),
        annex=annex,
        annex_title=annex_title,
    )


def annex_columns() -> list[Column]:
    """Return the columns of the annex table."""
    return [
        replace(column, title=_TITLES.get(column.key, column.title), width=_WIDTHS.get(column.key, column.width))
        for column in chosen(_KEYS)
    ]


def _facts(ledger: Ledger, office: Office, words: Words) -> dict[str, str]:
    plans = _listed(ledger, words, "《", "》")
    number = f"（{words.data(ledger.doc_no)}）" if ledger.doc_no else ""
    return {
        "county": words.data(office.county),
        "office": words.data(office.office_name),
        "year": str(ledger.year) if ledger.year else _BLANK_YEAR,
        "sources": plans + number,
        "pending": str(sum(not row.lead for row in ledger.rows)),
    }


def _listed(ledger: Ledger, words: Words, opening: str, closing: str) -> str:
    """Return the names of the plans in title marks: 《甲》和《乙》."""
    names = [f"{opening}{words.data(name)}{closing}" for name in dict.fromkeys(row.plan for row in ledger.rows)]
    return "和".join(names) if len(names) <= 2 else "、".join(names)  # noqa: PLR2004 - 和 joins two


def _day(day: date | None, year: int | None) -> str:
    """Return a day as printed; blanks for the pen where it is not known."""
    if day is not None:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{year or _BLANK_YEAR}年{_BLANK_DAY}"


def _refuse_unfinished(rows: Sequence[LedgerRow]) -> None:
    pending = [row.code for row in rows if not row.lead]
    if pending:
        raise Refused(
            "還有 {count} 項任務沒有牽頭單位（{codes}），不能正式印發。請先在臺賬裏指定，或出徵求意見稿。",
            count=len(pending),
            codes=_some(pending),
        )
    proposed = [row.code for row in rows if not row.confirmed]
    if proposed:
        raise Refused(
            "還有 {count} 項任務只是擬辦（{codes}），不能正式印發。請先在臺賬裏採納，或出徵求意見稿。",
            count=len(proposed),
            codes=_some(proposed),
        )


def _some(codes: list[str]) -> str:
    return "、".join(codes[:_NAMED]) + ("等" if len(codes) > _NAMED else "")
