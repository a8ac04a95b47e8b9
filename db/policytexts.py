"""A policy version as texts by item, and back: the one way in which papers and hotlines become one text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import inspect

from db import policydocuments, policyphones
from db.models import PolicyDocument, PolicyPhone, PolicyVersion
from db.policydocuments import Paper
from db.policyphones import Phone
from db.subsidyitems import BY_KEY, COLUMNS, DOCUMENTS, ENQUIRY, KEYS, PARTS, SEVEN, SUPERVISION
from db.terms import PhoneKind

_KINDS = {ENQUIRY: PhoneKind.ENQUIRY, SUPERVISION: PhoneKind.SUPERVISION}


def texts(version: PolicyVersion) -> dict[str, str]:
    """Return every item of a version as text, as it was entered."""
    found = {key: getattr(version, key) for key in COLUMNS}
    found[DOCUMENTS] = policydocuments.joined([Paper(one.title, one.doc_no) for one in version.documents])
    for key, kind in _KINDS.items():
        found[key] = policyphones.joined([Phone(one.owner, one.number) for one in version.phones if one.kind is kind])
    return {key: found[key] for key in KEYS}


def printed(values: Mapping[str, str]) -> dict[str, str]:
    """Return the items as they are published: a standard that is stated by level alone is told level by level."""
    found = {key: values.get(key, "") for key in KEYS}
    if not found["standard"]:
        shares = (f"{BY_KEY[key].label}：{found[key]}" for key in PARTS if found[key])
        found["standard"] = "\n".join(shares)
    return found


def missing(values: Mapping[str, str]) -> tuple[str, ...]:
    """Return which of the seven items are not stated."""
    told = printed(values)
    return tuple(item.key for item in SEVEN if not told[item.key].strip())


def tidy(values: Mapping[str, str]) -> dict[str, str]:
    """Return texts as they will be stored: no white space around them, papers and hotlines one to a line."""
    unknown = set(values) - set(KEYS)
    if unknown:
        message = f"no items of a policy: {sorted(unknown)}"
        raise ValueError(message)
    found = {key: text.strip() for key, text in values.items()}
    if "name" in found:
        found["name"] = " ".join(found["name"].split())
    if DOCUMENTS in found:
        found[DOCUMENTS] = policydocuments.joined(policydocuments.parted(found[DOCUMENTS]))
    for key in _KINDS:
        if key in found:
            found[key] = policyphones.joined(policyphones.parted(found[key]))
    return found


def put(version: PolicyVersion, values: Mapping[str, str]) -> None:
    """Write items into a version; those not named stay as they are, and rows that say the same are left alone."""
    wanted, now = tidy(values), texts(version) if inspect(version).persistent else {}
    for key in COLUMNS:
        if key in wanted:
            setattr(version, key, wanted[key])
    if DOCUMENTS in wanted and wanted[DOCUMENTS] != now.get(DOCUMENTS, ""):
        papers = policydocuments.parted(wanted[DOCUMENTS])
        version.documents = [
            PolicyDocument(position=place, doc_no=paper.doc_no, title=paper.title)
            for place, paper in enumerate(papers, start=1)
        ]
    if any(key in wanted and wanted[key] != now.get(key, "") for key in _KINDS):
        version.phones = [
            PolicyPhone(position=place, kind=kind, number=phone.number, owner=phone.owner)
            for key, kind in _KINDS.items()
            for place, phone in enumerate(policyphones.parted(wanted.get(key, now.get(key, ""))), start=1)
        ]


def doubts(values: Mapping[str, str], *, today: date) -> Iterator[tuple[str, str]]:
    """Yield an item and a sentence for all that should be looked at; nothing of it is changed or refused."""
    for paper in policydocuments.parted(values.get(DOCUMENTS, "")):
        yield from ((DOCUMENTS, told) for told in policydocuments.doubts(paper, today=today))
    for key in _KINDS:
        for phone in policyphones.parted(values.get(key, "")):
            yield from ((key, told) for told in policyphones.doubts(phone))
    sums = _sums(values)
    if sums is not None and sums[0] != sums[1]:
        yield "standard", f"合計是 {sums[0]}，各級相加是 {sums[1]}，請核對。"


_PLAIN = re.compile(r"(\d+(?:\.\d+)?)\s*([^\d]*)")


def _sums(values: Mapping[str, str]) -> tuple[Decimal, Decimal] | None:
    """Return the sum stated and that of its shares, where all shares are filled and all are plain and of one unit."""
    parts = [_PLAIN.fullmatch(values.get(key, "").strip()) for key in ("standard", *PARTS)]
    found = [part for part in parts if part is not None]
    if len(found) < len(parts) or len({part[2].strip() for part in found if part[2].strip()}) > 1:
        return None
    figures = [Decimal(part[1]) for part in found]
    return figures[0], sum(figures[1:], Decimal(0))
