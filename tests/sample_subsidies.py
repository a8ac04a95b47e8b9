"""The subsidies of the sample year: policies, towns and villages, payment sheets, postings at every stage.

Everything goes through the operations, as in ``tests.sample_year``. Persons, numbers and telephones are made up.
"""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook
from sqlalchemy import select

from db import places, postings, subsidies
from db.database import Database
from db.models import Place
from db.places import PlaceRow
from db.postings import MadePosting, Run
from db.terms import PlaceKind, PostingProfile
from exports.payments import importing
from exports.payments.choices import Choices
from tests.db.villages import identity

TREE = {
    "石橋鎮": ("石橋村", "新華村", "大塘村", "楊柳村", "青山村"),
    "安定鎮": ("安定村", "新華村", "河東村", "河西村"),
    "長田鄉": ("長田村", "上壩村", "下壩村", "紅旗村"),
    "梅仙鎮": ("梅仙村", "三裏村", "團山村", "天岳村"),
}
LAND, GRAIN, CARE = "耕地地力保護補貼", "種糧大戶補貼", "困難殘疾人生活補貼"
_PHONES = "縣農業農村局 0700-6220001\n縣財政局 0700-6220002"
POLICIES: tuple[dict[str, str], ...] = (
    {
        "name": LAND,
        "documents": "《耕地地力保護補貼實施方案》（湘財農〔2022〕16號）\n湘農發〔2021〕8號",
        "department": "縣農業農村局",
        "purpose": "保護耕地地力，穩定糧食生產",
        "recipients": "擁有耕地承包權的種地農民",
        "standard": "105元/畝",
        "enquiry_phones": _PHONES,
        "supervision_phones": "12388",
        "level": "中央",
        "payment_method": "一卡通",
    },
    {
        "name": GRAIN,
        "documents": "湘農聯〔2021〕44號",
        "department": "縣農業農村局",
        "recipients": "種植雙季稻50畝以上的經營主體",
        "standard": "150元/畝",
        "enquiry_phones": _PHONES,
    },
    {
        "name": CARE,
        "documents": "國發〔2015〕52號",
        "department": "縣民政局",
        "purpose": "補助殘疾人因殘疾產生的額外生活支出",
        "recipients": "低保家庭中的殘疾人",
        "standard": "80元/人·月",
        "enquiry_phones": "縣民政局 0700-6220003",
    },
    {"name": "農機購置與應用補貼", "department": "縣農機事務中心", "standard": "按產品定額，單機不超過5萬元"},
    {"name": "油菜種植補貼", "documents": "縣政發〔2022〕5號", "department": "縣農業農村局", "standard": "30元/畝"},
    {"name": "公益林生態效益補償", "department": "縣林業局", "standard": "每畝16元，其中權利人8元"},
)
HEAD = ("序號", "行政村", "姓名", "身份證號碼", "一卡通賬號", "面積(畝)", "補貼標準(元/畝)", "補貼金額(元)")
SURNAMES, GIVEN = "王李張劉陳楊黃趙周吳", ("建國", "秀英", "志強", "玉蘭", "水生", "桂香", "德明", "金花", "新民")


def fill(database: Database) -> None:
    """Fill in what the page 補貼 shows: six policies, four towns, two payment sheets, eight postings."""
    ids = {}
    for items in POLICIES:
        strict = PostingProfile.STRICT if items["name"] == CARE else PostingProfile.PLAIN
        changes = subsidies.add(database, values=items, valid_from=date(2021, 1, 1), profile=strict)
        ids[items["name"]] = changes.ids("subsidy_policy")[0]
    subsidies.add_version(database, policy=ids[LAND], valid_from=date(2022, 7, 1), values={"standard": "112元/畝"})
    rows = [PlaceRow(town, village) for town, villages in TREE.items() for village in villages]
    places.bring_in(database, rows=rows, source="區劃.xlsx")
    with TemporaryDirectory() as folder:
        for name, standard in ((LAND, 105), (GRAIN, 150)):
            _pay(database, Path(folder) / f"{name}發放表.xlsx", ids[name], standard)
    _post(database, ids[LAND])


def _pay(database: Database, path: Path, policy: int, standard: int) -> None:
    """Bring in a payment sheet with a sheet for each town."""
    chance, book, number = random.Random(standard), Workbook(), standard
    book.remove(book.worksheets[0])
    for town, villages in TREE.items():
        sheet = book.create_sheet(town)
        sheet.append([f"{town}2022年補貼發放清冊"])
        sheet.append(HEAD)
        for village in villages:
            for _ in range(chance.randint(5, 9)):
                number += 1
                area = chance.randint(4, 60) / 4
                name = chance.choice(SURNAMES) + chance.choice(GIVEN)
                account = f"621700{number * 7919 % 10**13:013d}"
                sheet.append((number, village, name, identity(number), account, area, standard, area * standard))
    book.save(path)
    shown = importing.preview(database, paths=[path], choices=Choices(policy=policy, period="2022"))
    importing.apply(database, shown=shown)


def _post(database: Database, policy: int) -> None:
    """Enter postings: some only made, one hung up, one due to come down, one taken down after an objection."""
    with database.reading() as session:
        villages = list(session.scalars(select(Place).where(Place.kind == PlaceKind.VILLAGE).order_by(Place.id)))
    made = [
        MadePosting(
            place=village.id,
            policy=policy,
            profile=PostingProfile.PLAIN,
            title=f"{village.name}2022年{LAND}發放公示",
            rows=6,
            amount_fen=525_000,
            files={f"{village.name}.pdf": f"{village.id:064x}"},
            content="",
        )
        for village in villages[:8]
    ]
    run = Run(folder="公示2022", period="2022", days=7, working_days=False)
    first, second, third, *_ = postings.record(database, run=run, made=made).ids("posting")
    postings.post(database, postings=[first], on=date(2022, 10, 10), spot="村務公開欄")
    postings.take_down(database, postings=[first], on=date(2022, 10, 18))
    postings.post(database, postings=[second], on=date(2022, 11, 10), spot="村務公開欄")
    postings.post(database, postings=[third], on=date(2022, 11, 18), spot="村部門口")
    postings.object_to(database, posting=second, text="面積少記半畝。", on=date(2022, 11, 12), by="李秀英")
