"""What a mail to a unit says: recipients, subject and body from the office's template."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date

from db.errors import Refused
from db.outgoing import Outgoing, OutgoingSheet, Person
from db.settings import Office
from db.shipped import shipped
from db.terms import UnitRole
from exports.words import printable, words_of

PLACES = ("unit", "period", "due", "title", "rows", "lead", "co", "office", "county", "telephone", "token", "today")
"""What may stand in braces in a template."""
_PLACE = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it becomes a file. ``people`` are those with an address."""

    unit: str
    people: tuple[Person, ...]
    subject: str
    body: str

    @property
    def recipients(self) -> str:
        """Return the addresses as a web mail takes them."""
        return "; ".join(person.email for person in self.people)


def template() -> tuple[str, str]:
    """Return the program's own subject and body."""
    form = json.loads(shipped("templates", "mail.json").read_text(encoding="utf-8"))
    return form["subject"], "\n".join(form["body"])


def check_template(text: str) -> str:
    """Return a template; raise :class:`Refused` where a place in it is none of :data:`PLACES`."""
    unknown = [name for name in _PLACE.findall(text) if name not in PLACES]
    if unknown:
        raise Refused(
            "郵件模板裏的「{wrong}」不認識。可用：{known}。",
            wrong=f"{{{unknown[0]}}}",
            known=" ".join(f"{{{name}}}" for name in PLACES),
        )
    return text


def letter(outgoing: Outgoing, sheet: OutgoingSheet, *, office: Office, on: date) -> Letter:
    """Return the mail for a unit, dated ``on``; raise :class:`Refused` for a template with an unknown place.

    A line that names something the office has not set, such as its telephone, is left out.
    """
    words = words_of(office)
    own_subject, own_body = template()
    lead = sum(row.role is UnitRole.LEAD for row in sheet.rows)
    facts = {
        "unit": words.data(sheet.unit),
        "period": f"{outgoing.period[:4]}年{int(outgoing.period[5:])}月",
        "due": _day(outgoing.due_on),
        "title": words.data(outgoing.title),
        "rows": str(len(sheet.rows)),
        "lead": str(lead),
        "co": str(len(sheet.rows) - lead),
        "office": words.data(office.office_name),
        "county": words.data(office.county),
        "telephone": office.office_telephone,
        "token": sheet.token,
        "today": _day(on),
    }

    def filled(text: str) -> str:
        lines = words.fixed(check_template(text)).split("\n")
        known = [line for line in lines if all(facts[name] for name in _PLACE.findall(line))]
        return printable("\n".join(_PLACE.sub(lambda found: facts[found[1]], line) for line in known))

    subject = filled(office.mail_subject or own_subject)
    people = tuple(person for person in sheet.people if person.email)
    return Letter(sheet.unit, people, " ".join(subject.split("\n")), filled(office.mail_body or own_body))


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
