"""The list of contacts (通訊錄) of the units that get sheets, for print."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from db import settings, telephones, units
from db.errors import Refused
from db.models import Unit
from db.settings import Office
from db.terms import UnitLevel
from exports.lists.listing import Heading, Listing, Value, write_listing
from exports.pdf.document import Missing, Print
from exports.words import Words, words_of

_HEADINGS = (
    Heading("序號", 5, centred=True),
    Heading("單位", 24),
    Heading("辦公電話", 16, centred=True),
    Heading("聯繫人", 12, centred=True),
    Heading("職務", 12, centred=True),
    Heading("聯繫電話", 16, centred=True),
    Heading("電子郵箱", 26),
)
_LEVELS = (UnitLevel.COUNTY, UnitLevel.TOWN)


def write_contacts(session: Session, target: Path) -> tuple[Path, int, tuple[Missing, ...]]:
    """Write the contacts of the county's units and towns as a PDF or a workbook; return path, units, signs not printed.

    Raises :class:`Refused` where no unit has a telephone, an address or a person.
    """
    office = settings.office(session)
    words = words_of(office)
    listing, count = _contacts(session, office, words)
    path, missing = write_listing(listing, target, office=office, words=words)
    return path, count, missing


def print_contacts(session: Session) -> Print:
    """Print the same list to be looked at; raises :class:`Refused` where there is nothing on it."""
    from exports.lists.paper import print_listing

    office = settings.office(session)
    words = words_of(office)
    listing, _count = _contacts(session, office, words)
    return print_listing(listing, office=office, words=words)


def _contacts(session: Session, office: Office, words: Words) -> tuple[Listing, int]:
    """Return the list and how many units are on it."""
    present = [unit for level in _LEVELS for unit in units.listed(session, level=level)]
    known = [unit for unit in present if unit.contacts or unit.telephone or unit.email]
    if not known:
        raise Refused("還沒有登記單位的電話、郵箱或聯繫人。請先在「單位」頁填寫。")
    listing = Listing(
        sheet=words.fixed("通訊錄"),
        title=words.data(office.county) + words.fixed("單位通訊錄"),
        above=words.fixed(f"共 {len(known)} 個單位"),
        headings=_HEADINGS,
        rows=[line for place, unit in enumerate(known, start=1) for line in _lines(place, unit, words)],
    )
    return listing, len(known)


def _lines(place: int, unit: Unit, words: Words) -> list[tuple[Value, ...]]:
    """Return a line for each person of a unit, each with the unit's name: the next page may begin between them."""
    people = [(words.data(one.name), words.data(one.duty), telephones.shown(one), one.email) for one in unit.contacts]
    first, *rest = people or [("", "", "", "")]
    head = (*first[:3], first[3] or unit.email)
    return [
        (place, words.data(unit.name), unit.telephone, *head),
        *((None, words.data(unit.name), "", *one) for one in rest),
    ]
