"""The catalogue in seven items: the same content as PDF, workbook and HTML, by date, with what is missing named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from db import settings, subsidies, subsidylist
from db.database import Database, open_database
from db.errors import Refused
from exports.catalogue.content import Catalogue, Lacking, catalogue_of
from exports.catalogue.paper import print_catalogue
from exports.catalogue.sheet import sheet_names
from exports.catalogue.web import table_html
from exports.catalogue.writing import write_cards, write_catalogue
from exports.privacy import PrivateDataFound
from exports.safewrite import CannotWrite
from tests.exports.pdf import reading

ON = date(2022, 6, 30)
SEVEN = ["补贴政策名称", "文件依据", "主管部门", "资金用途", "补贴对象", "补助标准", "政策解答电话"]
LAND = {
    "name": "耕地地力保护补贴",
    "documents": "《实施方案》（湘财农〔2022〕16号）\n湘农发〔2021〕8号",
    "department": "县农业农村局",
    "purpose": "保护耕地地力",
    "recipients": "拥有耕地承包权的种地农民",
    "standard": "124.9788302元/亩",
    "enquiry_phones": "县财政局 0730-6220002",
    "supervision_phones": "12388",
    "procedure": "申报→公示→发放",
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = open_database(tmp_path / "臺賬.db", operator="李")
    settings.set_office(made, values={"county": "清江县", "office_name": "清江县财政局"})
    subsidies.add(made, values=LAND, valid_from=date(2020, 1, 1))
    subsidies.add(made, values={"name": "农机补贴", "standard": "<30%&定额\n最高5万元"})
    yield made
    made.release()


def catalogue(database: Database, *, on: date = ON, further: tuple[str, ...] = ()) -> Catalogue:
    with database.reading() as session:
        lines = subsidylist.catalogue(session, on=on)
        return catalogue_of(lines, office=settings.office(session), on=on, further=further)


def written(database: Database, target: Path, *, on: date = ON) -> bytes:
    with database.reading() as session:
        office = settings.office(session)
    path, missing = write_catalogue(catalogue(database, on=on), target, office=office)
    assert missing == ()
    return path.read_bytes()


def sheet(content: bytes) -> list[list[str]]:
    page = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    return [[str(cell) for cell in line if cell is not None] for line in page.iter_rows(values_only=True)]


class Cells(HTMLParser):
    """The texts of the cells of a table, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append("")
            self.inside = True
        elif tag == "br" and self.inside:
            self.rows[-1][-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data


def test_the_seven_items_stand_in_the_order_of_the_law_and_what_is_missing_is_named(database: Database) -> None:
    made = catalogue(database)
    assert [heading.title for heading in made.headings] == SEVEN
    assert made.title == "清江县2022年惠民惠农财政补贴政策七公开目录"
    assert made.rows[0] == tuple(LAND[heading.key] for heading in made.headings)
    assert made.rows[1] == ("农机补贴", "未载明", "未载明", "未载明", "未载明", "<30%&定额\n最高5万元", "未载明")
    assert made.lacking == (Lacking("农机补贴", ("文件依據", "主管部門", "資金用途", "補貼對象", "政策解答電話")),)


def test_every_kind_of_file_holds_the_same_texts(database: Database, tmp_path: Path) -> None:
    made = catalogue(database)
    wanted = [["序号", *SEVEN], *([str(number), *texts] for number, texts in enumerate(made.rows, start=1))]
    assert sheet(written(database, tmp_path / "目录.xlsx"))[2:] == wanted
    cells = Cells()
    cells.feed(written(database, tmp_path / "目录.html").decode("utf-8"))
    assert cells.rows == wanted
    content = written(database, tmp_path / "目录.pdf")
    (page,) = reading.texts(content)
    flat = [text.replace("\n", "") for line in wanted for text in line]
    assert all(text in page for text in flat if len(text) < 8)  # longer ones are parted by the lines of other cells
    about = ("公布单位：清江县财政局", "政策执行情况截至2022年6月30日", "—1—")
    assert [one for one in about if one in page] == list(about)


def test_a_web_page_cannot_be_written_into(database: Database) -> None:
    subsidies.add(database, values={"name": "<script>alert(1)</script>"})
    assert "<script" not in table_html(catalogue(database))


def test_each_day_prints_the_version_that_held(database: Database, tmp_path: Path) -> None:
    with database.reading() as session:
        policy = subsidies.named(session, "耕地地力保护补贴").id
    for year, standard in ((2022, "67元/亩"), (2024, "72元/亩")):
        subsidies.add_version(
            database, policy=policy, valid_from=date(year, 1, 1), values={**LAND, "standard": standard}
        )
    found = {}
    for year in (2021, 2022, 2023, 2025):
        on = date(year, 12, 31)
        content = written(database, tmp_path / f"{year}.pdf", on=on)
        found[year] = [one for one in ("124.9788302元/亩", "67元/亩", "72元/亩") if one in reading.texts(content)[0]]
    assert found == {2021: ["124.9788302元/亩"], 2022: ["67元/亩"], 2023: ["67元/亩"], 2025: ["72元/亩"]}


def test_further_columns_are_added_by_name_and_unknown_ones_told(database: Database) -> None:
    made = catalogue(database, further=("申領流程", "supervision_phones"))
    assert [heading.title for heading in made.headings[7:]] == ["申领流程", "监督电话"]
    assert made.rows[1][7:] == ("", "")  # only the seven must be stated
    with pytest.raises(Refused, match="沒有「身份證號」這一欄"):
        catalogue(database, further=("身份證號",))
    with pytest.raises(Refused, match="沒有「補助標準」這一欄"):
        catalogue(database, further=("補助標準",))


def test_a_catalogue_without_policies_is_refused(database: Database) -> None:
    with pytest.raises(Refused, match="目錄是空的"), database.reading() as session:
        catalogue_of([], office=settings.office(session), on=ON)


def test_long_cells_go_on_overleaf_under_the_headings(database: Database, tmp_path: Path) -> None:
    long = "".join(f"第{number}类每亩补助{number}元，" for number in range(2000))
    subsidies.add(database, values={**LAND, "name": "长", "standard": long})
    pages = reading.texts(written(database, tmp_path / "目录.pdf"))
    assert len(pages) > 2
    assert all("资金用途" in page for page in pages)
    assert all(any(f"第{number}类" in page for page in pages) for number in range(0, 2000, 50))


def test_what_each_level_gives_stands_under_one_heading(database: Database) -> None:
    parts = ("standard_national", "standard_province", "standard_city", "standard_county")
    subsidies.add(database, values={**LAND, "name": "分级补贴", "standard_province": "每头七十元"})
    made = catalogue(database, further=parts)
    with database.reading() as session:
        content = print_catalogue(made, office=settings.office(session)).content
    over, first, last = reading.boxes(content, "各级补助标准", "国家标准", "县级标准")
    assert max(first[3], last[3]) < over[1]
    assert first[0] < over[0] < last[0]
    assert "每头七十元" in reading.texts(content)[0]


def test_each_policy_has_a_card_of_one_page(database: Database, tmp_path: Path) -> None:
    with database.reading() as session:
        office = settings.office(session)
    subsidies.add(database, values={**LAND, "name": "中等", "recipients": "种地农民，" * 120})
    made = catalogue(database, further=("procedure",))
    path, _ = write_cards(made, tmp_path / "明白卡.pdf", office=office)
    pages = reading.texts(path.read_bytes())
    assert ["耕地地力保护补贴" in pages[0], "农机补贴" in pages[1], "中等" in pages[2]] == [True] * 3
    assert len(pages) == 3
    assert all("清江县财政局2022年6月30日" in page for page in pages)
    assert "申领流程" in pages[0]
    assert "申领流程" not in pages[1]
    book = openpyxl.load_workbook(write_cards(made, tmp_path / "明白卡.xlsx", office=office)[0])
    assert book.sheetnames == ["耕地地力保护补贴", "农机补贴", "中等"]
    assert book["农机补贴"]["B4"].value == "未载明"


def test_sheets_get_names_that_office_programs_take() -> None:
    names = sheet_names(["甲/乙:丙", "甲 乙 丙", "长" * 40, "长" * 41, "", "𠮷" * 20])
    assert names == ["甲 乙 丙", "甲 乙 丙（2）", "长" * 31, "长" * 28 + "（2）", "政策", "𠮷" * 15]


@pytest.mark.parametrize("kind", [".pdf", ".xlsx", ".html"])
def test_a_private_number_in_any_item_is_refused_and_hotlines_are_not(
    database: Database, tmp_path: Path, kind: str
) -> None:
    subsidies.add(database, values={"name": "临时", "enquiry_phones": "张三 13900001234"})  # public: it is declared so
    written(database, tmp_path / f"一{kind}")
    subsidies.add(database, values={"name": "误贴", "note": "", "recipients": "找李四 13812340000 登记"})
    with pytest.raises(PrivateDataFound, match="1 處"):
        written(database, tmp_path / f"二{kind}")
    assert not (tmp_path / f"二{kind}").exists()


def test_another_kind_of_file_is_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="的類型不能用"):
        written(database, tmp_path / "目录.docx")
