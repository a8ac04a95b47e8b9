"""What stands on a posting: what is shown, what is left out, how namesakes and sensitive aid are treated."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from db import settings
from db.database import Database
from db.errors import Refused
from db.postingfacts import FactsReader, VillageFacts, period_words
from db.terms import PostingProfile
from exports.posting.content import Composed, compose
from exports.posting.options import Options, Unconfirmed, refuse_unconfirmed
from exports.posting.paper import print_posting, unprintable
from exports.posting.scan import PrivateFound, refuse_private
from exports.posting.sheet import posting_bytes
from exports.words import words_of
from tests.db import villages
from tests.db.villages import Paid
from tests.exports.pdf.reading import fonts, texts

TRADITIONAL = settings.Office(county="平江縣", office_name="平江縣財政局", output_script="zh_Hant")


def facts(database: Database, place: int, policy: int | None = None) -> VillageFacts:
    with database.reading() as session:
        return FactsReader(session, period=villages.PERIOD, policy=policy).read(place)


def composed(database: Database, *rows: Paid, options: Options | None = None, strict: bool = False) -> Composed:
    ids = villages.places(database, {"石橋鎮": ["石橋村"]})
    policy = villages.policy(database, strict=strict)
    villages.pay(database, place=ids["石橋村"], policy=policy, rows=rows or villages.ROWS)
    return compose(facts(database, ids["石橋村"]), options=options or Options(), office=TRADITIONAL)


def names(one: Composed) -> list[str]:
    return [row[1] for row in one.content.sections[0].rows]


def titles(one: Composed) -> list[str]:
    return [heading.title for heading in one.content.sections[0].headings]


def test_a_plain_posting_says_who_got_what_and_whom_to_ask(database: Database) -> None:
    content = composed(database, options=Options(working_days=True)).content
    assert content.title == "石橋鎮石橋村2022年耕地地力保護補貼發放公示"
    (section,) = content.sections
    assert [heading.title for heading in section.headings] == [
        *("序號", "姓名", "組別", "數量（畝）", "補貼標準", "金額（元）"),
    ]
    assert section.rows[1] == ("2", "李秀英", "第1組", "12.5", "105元/畝", "1,312.50")
    assert section.total == ("", "合計（5 筆）", "", "23.75", "", "2,493.75")
    assert "貳仟肆佰玖拾叁元柒角伍分" in content.capitals
    assert "7 個工作日，自張貼次日起" in content.lead
    assert "平財農〔2022〕16號" in content.lead
    assert content.closing == (
        "政策咨詢電話：縣農業農村局 0730-6220001；縣財政局 0730-6220002；石橋鎮 0730-6230001",
        "監督舉報電話：縣紀委監委 12388",
    )
    assert content.committee == "石橋村村民委員會"


def test_what_is_private_is_not_even_in_the_content(database: Database) -> None:
    one = composed(database, replace(villages.ROWS[0], note="代領"), *villages.ROWS[1:])
    text = repr(one.content)
    assert not any(paid.identity in text for paid in villages.ROWS)
    assert "代領" not in text  # notes are left out unless they are asked for
    assert not re.search(r"\d{2}\*+", text)


def test_namesakes_alone_get_masked_digits(database: Database) -> None:
    one = composed(database)
    tails = [villages.identity(number)[-3:] for number in (11, 35)]
    assert names(one)[:3] == [f"王建國（尾號{tails[0]}）", "李秀英", f"王建國（尾號{tails[1]}）"]
    assert one.content.sections[0].remarks == ("同名的，以證件號碼末幾位（尾號）區分。",)


def test_one_person_in_two_rows_is_no_namesake(database: Database) -> None:
    same = villages.ROWS[0]
    assert names(composed(database, same, replace(same, amount_fen=1, group="第2組"))) == ["王建國", "王建國"]


@pytest.mark.parametrize("identity", ["", villages.identity(11)])
def test_without_telling_digits_the_group_tells_apart(database: Database, identity: str) -> None:
    other = villages.identity(11, region="430621") if identity else ""
    other = identity[:6] + "19700101" + identity[-4:] if identity else other  # another person, the same last digits
    rows = (replace(villages.ROWS[0], identity=identity), replace(villages.ROWS[2], identity=other))
    one = composed(database, *rows)
    assert names(one) == ["王建國", "王建國"]
    assert one.content.sections[0].remarks == ("同名的，以組別區分。",)
    assert not one.warnings


def test_whom_nothing_tells_apart_is_told_to_the_clerk(database: Database) -> None:
    rows = [replace(villages.ROWS[0], identity="", group="第1組")] * 2
    one = composed(database, *rows)
    assert any("第 1、2 行都是「王建國」" in warning for warning in one.warnings)


def test_the_strict_profile_shows_surname_and_amount_alone(database: Database) -> None:
    rows = [Paid("王小明", 450_00, identity=villages.identity(8), note="一級重度", group="第1組")]
    rows += [Paid("王小紅", 320_00, identity=villages.identity(7)), Paid("李四", 100_00)]
    one = composed(database, *rows, strict=True, options=Options(with_notes=True))
    assert one.strict
    assert titles(one) == ["序號", "姓名", "金額（元）"]
    tails = [villages.identity(number)[-3:] for number in (8, 7)]
    assert names(one) == [f"王某某（尾號{tails[0]}）", f"王某某（尾號{tails[1]}）", "李某"]
    text = repr(one.content)
    assert not any(word in text for word in ("小明", "一級重度", "第1組", "105元"))


def test_sensitive_aid_is_asked_about_either_way(database: Database) -> None:
    ids = villages.places(database, {"石橋鎮": ["石橋村"]})
    aid = villages.policy(database, villages.AID_ITEMS, strict=True)
    farm = villages.policy(database)
    villages.pay(database, place=ids["石橋村"], policy=aid)
    villages.pay(database, place=ids["石橋村"], policy=farm)
    sensitive, harmless = facts(database, ids["石橋村"], aid), facts(database, ids["石橋村"], farm)
    refuse_unconfirmed(harmless.policies, Options())
    with pytest.raises(Unconfirmed, match="從嚴」公示"):
        refuse_unconfirmed(sensitive.policies, Options())
    with pytest.raises(Unconfirmed, match="一般"):
        refuse_unconfirmed(sensitive.policies, Options(profile=PostingProfile.PLAIN))
    misfiled = replace(sensitive.policies[0], profile=PostingProfile.PLAIN)
    with pytest.raises(Unconfirmed):
        refuse_unconfirmed([misfiled], Options())  # known by its name


def test_all_policies_of_a_period_stand_one_after_the_other(database: Database) -> None:
    ids = villages.places(database, {"石橋鎮": ["石橋村"]})
    for items, strict in ((villages.FARM_ITEMS, False), (villages.AID_ITEMS, True)):
        villages.pay(database, place=ids["石橋村"], policy=villages.policy(database, items, strict=strict))
    content = compose(facts(database, ids["石橋村"]), options=Options(), office=TRADITIONAL).content
    assert content.title == "石橋鎮石橋村2022年惠民惠農財政補貼發放公示"
    assert [section.name for section in content.sections] == [villages.FARM, villages.AID]
    assert [len(section.headings) for section in content.sections] == [6, 3]
    assert content.capitals.startswith("全部合計金額：4,987.50 元")


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (Paid("王建國13812345678", 100), "第 1 行「姓名」"),
        (Paid("王建國", 100, group=villages.identity(3)), "第 1 行「組別」"),
        (Paid("王建國", 100, group="石橋村3組12號"), "第 1 行「組別」"),
        (Paid("王建國", 100, quantity="6217001234567890128"), "第 1 行「數量（畝）」"),
        (Paid("王建國", 100, standard="105元/畝 電話0730-6123456"), "第 1 行「補貼標準」"),
        (Paid("王建國", 100, note=f"代領人{villages.identity(5)}"), "第 1 行「備註」"),
    ],
)
def test_a_private_number_in_any_printed_column_stops_the_posting_with_its_place(
    database: Database, row: Paid, place: str
) -> None:
    one = composed(database, row, options=Options(with_notes=True))
    with pytest.raises(PrivateFound) as found:
        refuse_private(one.content)
    assert [place in str(finding) for finding in found.value.findings] == [True]
    assert "13812345678" not in str(found.value)


def test_a_posting_without_private_numbers_passes(database: Database) -> None:
    refuse_private(composed(database, options=Options(with_notes=True)).content)


def test_paper_holds_every_cell_and_embeds_its_fonts(database: Database) -> None:
    content = composed(database).content
    printed = print_posting(content)
    assert not printed.missing
    text = "".join(texts(printed.content))
    wanted = [content.title, content.committee, *content.closing, content.capitals, content.day]
    wanted += [cell for section in content.sections for row in (*section.rows, section.total) for cell in row]
    assert [one for one in wanted if re.sub(r"\s", "", one) not in text] == []
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts(printed.content))  # type: ignore[operator]
    assert print_posting(content).content == printed.content


def test_nobody_signs_a_page_on_which_nothing_else_stands(database: Database) -> None:
    for count in range(18, 32):
        rows = tuple(Paid(f"甲乙丙丁{number}", 100) for number in range(count))
        ids = villages.places(database, {f"鎮{count}": [f"村{count}"]})
        policy = villages.policy(database, {**villages.FARM_ITEMS, "name": f"補貼{count}"})
        villages.pay(database, place=ids[f"村{count}"], policy=policy, rows=rows)
        content = compose(facts(database, ids[f"村{count}"]), options=Options(), office=TRADITIONAL).content
        pages = texts(print_posting(content).content)
        assert "合計金額" in pages[-1]
        assert "村民委員會" in pages[-1]


def test_a_private_use_character_is_listed_before(database: Database) -> None:
    one = composed(database, Paid("王\ue123國", 100))
    (missing,) = unprintable(one.content)
    assert "第 1 行「姓名」" in missing.place
    assert missing.sign == "\ue123"


def test_the_sheet_is_new_and_hides_nothing(database: Database) -> None:
    content = composed(database).content
    book = openpyxl.load_workbook(BytesIO(posting_bytes(content, words=words_of(TRADITIONAL))))
    (sheet,) = book.worksheets
    assert sheet.sheet_state == "visible"
    assert not any(one.hidden for one in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()))
    assert not book.defined_names
    assert book.properties.creator == book.properties.lastModifiedBy == "平江縣財政局"
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["2", "李秀英", "第1組", "12.5", "105元/畝", 1312.5] in values
    assert values[0][0] == content.title


def test_words_leave_in_the_offices_script_and_names_as_they_were_entered(database: Database) -> None:
    ids = villages.places(database, {"石橋鎮": ["石橋村"]})
    villages.pay(database, place=ids["石橋村"], policy=villages.policy(database))
    content = compose(facts(database, ids["石橋村"]), options=Options(), office=settings.Office()).content
    assert content.title == "石橋鎮石橋村2022年耕地地力保護補貼发放公示"
    assert "贰仟肆佰玖拾叁元柒角伍分" in content.capitals


@pytest.mark.parametrize("days", [0, 61])
def test_a_period_of_no_days_is_refused(days: int) -> None:
    with pytest.raises(Refused):
        Options(days=days)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2022", "2022年"),
        ("2022-06", "2022年6月"),
        ("2022Q2", "2022年第2季度"),
        ("2022-H1", "2022年上半年"),
        ("春耕", "春耕"),
    ],
)
def test_periods_are_told_in_words(period: str, words: str) -> None:
    assert period_words(period) == words


def test_options_come_back_as_they_were_stored() -> None:
    options = Options(days=5, working_days=True, profile=PostingProfile.STRICT, kinds=(".pdf",), with_notes=True)
    assert Options.of(options.stored()) == options
