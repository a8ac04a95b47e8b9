"""Subsidy policies: the seven items, versions in time, what is looked at and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from db import policytexts, subsidies, subsidylist, undo
from db.database import Database
from db.errors import Refused
from db.subsidyitems import ITEMS, KEYS, SEVEN
from db.terms import PostingProfile

LAND = {
    "name": "耕地地力保護補貼",
    "documents": "《關於做好2023年耕地地力保護補貼工作的通知》（清財農〔2023〕8號）\n清農發[2023]12號",
    "department": "縣農業農村局",
    "purpose": "耕地地力保護",
    "recipients": "擁有耕地承包權的種地農民",
    "standard": "67元/畝",
    "enquiry_phones": "縣財政局 0799-6220001\n縣農業農村局 0799-6220002",
    "supervision_phones": "12388",
}


def added(database: Database, **values: str) -> int:
    changes = subsidies.add(database, values=LAND | values)
    return changes.ids("subsidy_policy")[0]


def book(database: Database, policy: int) -> subsidylist.PolicyBook:
    with database.reading() as session:
        return next(one for one in subsidylist.books(session) if one.id == policy)


def held(database: Database, on: date) -> list[subsidylist.PolicyLine]:
    with database.reading() as session:
        return subsidylist.catalogue(session, on=on)


def test_the_seven_items_are_those_of_the_law_in_their_order() -> None:
    assert "、".join(item.label for item in SEVEN) == (
        "補貼政策名稱、文件依據、主管部門、資金用途、補貼對象、補助標準、政策解答電話"
    )
    assert len(KEYS) == len(set(KEYS)) == len(ITEMS)


def test_a_policy_is_kept_as_it_was_entered(database: Database) -> None:
    added(database, standard="124.9788302元/畝（省級以上70元+區10元）")
    (line,) = held(database, date(2024, 5, 1))
    assert {key: line.values[key] for key in LAND} == LAND | {"standard": "124.9788302元/畝（省級以上70元+區10元）"}
    assert line.missing == ()


def test_what_is_not_stated_is_named(database: Database) -> None:
    added(database, purpose="", standard="", standard_province="10元/畝", enquiry_phones=" ")
    (line,) = held(database, date(2024, 5, 1))
    assert line.missing == ("purpose", "enquiry_phones")
    assert line.values["standard"] == "省級標準：10元/畝"
    assert book(database, line.policy).texts[line.version]["standard"] == ""


def test_an_item_nobody_knows_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="colour"):
        policytexts.tidy({"colour": "紅"})


def test_three_versions_hold_each_in_its_time(database: Database) -> None:
    policy = added(database)
    subsidies.add_version(database, policy=policy, valid_from=date(2023, 1, 1), values={"standard": "70元/畝"})
    subsidies.add_version(database, policy=policy, valid_from=date(2024, 7, 1), values={"standard": "75元/畝"})
    days = (date(2022, 12, 31), date(2023, 1, 1), date(2024, 6, 30), date(2024, 7, 1))
    assert [held(database, day)[0].values["standard"] for day in days] == ["67元/畝", "70元/畝", "70元/畝", "75元/畝"]
    assert all(held(database, day)[0].values["documents"] == LAND["documents"] for day in days)
    assert book(database, policy).at(date(1999, 1, 1)).valid_to == date(2022, 12, 31)


def test_a_version_between_two_others_has_to_end_in_time(database: Database) -> None:
    policy = added(database)
    subsidies.add_version(database, policy=policy, valid_from=date(2024, 1, 1))
    with pytest.raises(Refused, match="與 最初 至 2023-12-31 執行的版本重疊"):
        subsidies.add_version(database, policy=policy, valid_from=date(2023, 6, 1))
    version = book(database, policy).versions[0].version
    subsidies.set_validity(database, version=version, valid_from=None, valid_to=date(2022, 12, 31))
    subsidies.add_version(database, policy=policy, valid_from=date(2023, 6, 1), valid_to=date(2023, 12, 31))
    assert held(database, date(2023, 3, 1)) == []
    with pytest.raises(Refused, match="早於執行起日"):
        subsidies.set_validity(database, version=version, valid_from=date(2023, 2, 2), valid_to=date(2023, 2, 1))


def test_a_closed_version_is_not_cut_short_silently(database: Database) -> None:
    policy = added(database)
    version = book(database, policy).versions[0].version
    subsidies.set_validity(database, version=version, valid_from=None, valid_to=date(2024, 12, 31))
    with pytest.raises(Refused, match="重疊"):
        subsidies.add_version(database, policy=policy, valid_from=date(2024, 7, 1))
    assert len(book(database, policy).versions) == 1


def test_the_policy_is_called_as_its_latest_version(database: Database) -> None:
    policy = added(database)
    subsidies.add_version(database, policy=policy, valid_from=date(2024, 1, 1), values={"name": "地力補貼"})
    found = book(database, policy)
    assert (found.name, found.versions[0].values["name"]) == ("地力補貼", LAND["name"])
    subsidies.edit(database, version=found.versions[0].version, values={"name": "舊地力補貼"})
    assert book(database, policy).name == "地力補貼"
    subsidies.remove_version(database, version=found.versions[1].version)
    assert book(database, policy).name == "舊地力補貼"
    with pytest.raises(Refused, match="只有這一個版本"):
        subsidies.remove_version(database, version=found.versions[0].version)


def test_a_second_policy_of_the_same_name_in_any_writing_is_refused(database: Database) -> None:
    added(database, name="養老補貼（80歲以上）")
    with pytest.raises(Refused, match="已有補貼政策「養老補貼（80歲以上）」"):
        subsidies.add(database, values={"name": "养老补贴 [80岁以上]"})
    subsidies.add(database, values={"name": "养老补贴 [80岁以上]"}, same_name=True)
    subsidies.add(database, values={"name": "2024年養老補助資金"})
    with database.reading() as session:
        groups = subsidylist.duplicates(subsidylist.books(session))
    assert [(one.exact, [name for _id, name in one.policies]) for one in groups] == [
        (True, ["養老補貼（80歲以上）", "养老补贴 [80岁以上]"]),
        (False, ["養老補貼（80歲以上）", "养老补贴 [80岁以上]", "2024年養老補助資金"]),
    ]


def test_a_correction_names_the_items_and_can_be_undone(database: Database) -> None:
    policy = added(database)
    version = book(database, policy).versions[0].version
    changes = subsidies.edit(database, version=version, values=LAND | {"documents": "清財農[2024]第3號"})
    assert changes.title == "修改補貼政策「耕地地力保護補貼」的文件依據"
    assert changes.notes == (
        "文件依據：「清財農[2024]第3號」的年份應放在六角括號〔〕裏，不帶「年」字。",
        "文件依據：「清財農[2024]第3號」的序號前不用「第」。",
    )
    assert book(database, policy).texts[version]["documents"] == "清財農[2024]第3號"
    assert changes.batch is not None
    undo.undo(database, batch=changes.batch)
    assert book(database, policy).texts[version] == dict.fromkeys(KEYS, "") | LAND
    assert subsidies.edit(database, version=version, values=LAND).batch is None


def test_ended_policies_leave_the_catalogue_from_that_day(database: Database) -> None:
    first, second = added(database), added(database, name="農機購置補貼")
    subsidies.end(database, policies=[first], on=date(2025, 1, 1))
    assert [line.policy for line in held(database, date(2024, 12, 31))] == [first, second]
    assert [line.policy for line in held(database, date(2025, 1, 1))] == [second]
    subsidies.end(database, policies=[first], on=None)
    subsidies.move(database, policy=second, before=first)
    changes = subsidies.set_profile(database, policies=[first, second], profile=PostingProfile.STRICT)
    assert changes.title == "2 項補貼政策公示方式改為從嚴"
    assert [line.policy for line in held(database, date(2025, 1, 1))] == [second, first]


def test_removing_takes_all_versions_and_undo_brings_them_back(database: Database) -> None:
    policy = added(database)
    subsidies.add_version(database, policy=policy, valid_from=date(2024, 1, 1))
    before = book(database, policy)
    changes = subsidies.remove(database, policies=[policy])
    assert held(database, date(2024, 1, 1)) == []
    assert changes.batch is not None
    undo.undo(database, batch=changes.batch)
    assert book(database, policy) == before
    with pytest.raises(Refused, match="已不存在"):
        subsidies.remove(database, policies=[policy + 7])


def test_a_policy_is_found_by_name_short_name_or_number(database: Database) -> None:
    policy = added(database, short_name="地力補貼")
    with database.reading() as session:
        assert [subsidies.named(session, name).id for name in ("耕地地力保护补贴", "地力补贴", str(policy))] == [
            policy
        ] * 3
        with pytest.raises(Refused, match="沒有名為"):
            subsidies.named(session, "農機")


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (("80", "50", "20", "5", "5"), []),
        (("80元/畝", "50元/畝", "20元/畝", "5元/畝", "10元/畝"), ["合計是 80，各級相加是 85，請核對。"]),
        (("80", "50", "20", "5", ""), []),
        (("80", "50", "20", "5", "見文件"), []),
        (("80元/畝", "50元/戶", "20元/畝", "5元/畝", "10元/畝"), []),
        (("124.9788302", "100", "24.9788302", "0", "0"), []),
    ],
)
def test_shares_that_do_not_add_up_are_told_only_where_all_are_plain(parts: tuple[str, ...], told: list[str]) -> None:
    keys = ("standard", "standard_national", "standard_province", "standard_city", "standard_county")
    found = policytexts.doubts(dict(zip(keys, parts, strict=True)), today=date(2026, 1, 1))
    assert [sentence for _key, sentence in found] == told
