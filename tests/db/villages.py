"""A made-up county with towns, villages, policies and payments, for tests of postings. Nobody in it lives anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from secrets import token_hex

from db import masking, subsidies
from db.database import Database
from db.models import Payment, PaymentImport, Place, SubsidyPolicy
from db.script import fold
from db.terms import PlaceKind, PostingProfile

PERIOD = "2022"
FARM, AID = "耕地地力保護補貼", "農村最低生活保障金"
FARM_ITEMS: Mapping[str, str] = {
    "name": FARM,
    "documents": "《關於做好耕地地力保護補貼工作的通知》（平財農〔2022〕16號）",
    "department": "縣農業農村局",
    "purpose": "保護耕地地力",
    "recipients": "擁有耕地承包權的種地農民",
    "standard": "105元/畝",
    "enquiry_phones": "縣農業農村局 0730-6220001\n縣財政局 0730-6220002",
    "supervision_phones": "縣紀委監委 12388",
}
AID_ITEMS: Mapping[str, str] = {"name": AID, "department": "縣民政局", "enquiry_phones": "縣民政局 0730-6220003"}


@dataclass(frozen=True)
class Paid:
    """One receipt; ``identity`` stays out of the database but for its mask and a stand-in for the digest."""

    name: str
    amount_fen: int
    quantity: str = ""
    unit: str = "畝"
    standard: str = "105元/畝"
    group: str = ""
    note: str = ""
    identity: str = ""


def identity(number: int, *, born: str = "19620305", region: str = "430626") -> str:
    """Return a made-up identity number with a right check digit."""
    first = f"{region}{born}{number % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(w * int(c) for w, c in zip(weights, first, strict=True)) % 11]


ROWS = (
    Paid("王建國", 525_00, "5", group="第1組", identity=identity(11)),
    Paid("李秀英", 1_312_50, "12.5", group="第1組", identity=identity(22)),
    Paid("王建國", 341_25, "3.25", group="第2組", identity=identity(35)),
    Paid("阿依古麗·買買提", 210_00, "2", group="第2組", identity=identity(44)),
    Paid("𠮷田水", 105_00, "1", group="第3組", identity=identity(57)),
)


def policy(database: Database, items: Mapping[str, str] = FARM_ITEMS, *, strict: bool = False) -> int:
    """Add a policy and return its id."""
    profile = PostingProfile.STRICT if strict else PostingProfile.PLAIN
    changes = subsidies.add(database, values=items, valid_from=date(2021, 1, 1), profile=profile)
    return changes.ids("subsidy_policy")[0]


def places(database: Database, tree: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Add towns with their villages and return the ids of all by name."""
    ids: dict[str, int] = {}
    with database.change("區劃", operation="test") as change:
        for position, (town, villages) in enumerate(tree.items(), start=1):
            above = Place(
                kind=PlaceKind.TOWN, name=town, folded=fold(town), position=position, telephone="0730-6230001"
            )
            change.session.add(above)
            change.session.flush()
            ids[town] = above.id
            for number, village in enumerate(villages, start=1):
                row = Place(parent_id=above.id, kind=PlaceKind.VILLAGE, name=village, folded=fold(village))
                row.position = number
                change.session.add(row)
                change.session.flush()
                ids[village] = row.id
    return ids


def pay(
    database: Database, *, place: int, policy: int, rows: Sequence[Paid] = ROWS, period: str = PERIOD
) -> PaymentImport:
    """Put receipts into the database as an import would leave them."""
    return pay_all(database, [(place, policy, rows)], period=period)


def pay_all(
    database: Database, sheets: Sequence[tuple[int, int, Sequence[Paid]]], *, period: str = PERIOD
) -> PaymentImport:
    """Put the receipts of several villages and policies in as one import."""
    rows = sum(len(one) for _, _, one in sheets)
    fen = sum(one.amount_fen for _, _, some in sheets for one in some)
    with database.change("導入", operation="test") as change:
        come = PaymentImport(
            made_at=datetime(2022, 9, 1),
            file_name="發放表.xlsx",
            sha256=token_hex(32),  # a file of its own each time
            rows=rows,
            amount_fen=fen,
            active=True,
        )
        come.report = {}
        change.session.add(come)
        change.session.flush()
        for place, of, some in sheets:
            change.session.add_all(
                _payment(one, at, come.id, of, place, period) for at, one in enumerate(some, start=3)
            )
    return come


def _payment(one: Paid, at: int, come: int, of: int, place: int, period: str) -> Payment:
    return Payment(
        import_id=come,
        policy_id=of,
        place_id=place,
        period=period,
        source_row=at,
        name=one.name,
        group=one.group,
        quantity=one.quantity,
        unit=one.unit,
        standard=one.standard,
        amount_fen=one.amount_fen,
        note=one.note,
        identity_mask=masking.mask_identity(one.identity) if one.identity else "",
        identity_digest=fold(one.identity).encode()[::-1] if one.identity else None,
    )


def county(database: Database, villages: int = 1, *, rows: Sequence[Paid] = ROWS) -> tuple[int, list[int]]:
    """Add one policy paid in some villages of two towns; return the policy and the villages."""
    half = -(-villages // 2)
    names = [f"第{number}村" for number in range(1, villages + 1)]
    names[0] = "石橋村"
    ids = places(database, {"石橋鎮": names[:half], "安定鎮": names[half:]})
    farm = policy(database)
    chosen = [ids[name] for name in names]
    pay_all(database, [(place, farm, rows) for place in chosen])
    return farm, chosen


def with_note(text: str) -> tuple[Paid, ...]:
    """Return the usual rows, the second of them with a note."""
    return (ROWS[0], replace(ROWS[1], note=text), *ROWS[2:])


def policy_row(database: Database, number: int) -> SubsidyPolicy:
    """Return a policy as it stands."""
    with database.reading() as session:
        return session.get_one(SubsidyPolicy, number)
