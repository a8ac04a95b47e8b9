"""The head of a notice: title, own number, issuer, dates, secrecy; nothing is taken from what it cites."""

from __future__ import annotations

from datetime import date

import pytest

from db.errors import UnreadableInput
from tests.exports.plandoc.samples import norm, one, pasted

BODY = "一、甲。（縣發改局牽頭）\n二、乙。（縣財政局牽頭）\n"


def test_a_plain_head() -> None:
    document = pasted(
        "某縣人民政府辦公室\n關於印發《某縣2022年工作要點》的通知\n某政辦發〔2022〕3號\n各鄉鎮人民政府，縣直各單位：\n"
        "現印發給你們。\n某縣人民政府辦公室\n2022年4月12日\n（此件公開發布）\n某縣2022年工作要點\n" + BODY
    )
    assert document.title == "某縣人民政府辦公室關於印發《某縣2022年工作要點》的通知"
    assert document.doc_no == "某政辦發〔2022〕3號"
    assert document.issuer == "某縣人民政府辦公室"
    assert document.issued_on == date(2022, 4, 12)
    assert [plan.title for plan in document.plans] == ["某縣2022年工作要點"]
    assert document.secrecy == ""


def test_metadata_of_a_web_site() -> None:
    document = pasted(
        "索 引 號：0143/2021-77\t主題分類：綜合政務\n發文機關：國務院辦公廳\t成文日期：2021年07月23日\n"
        "標　　題：國務院辦公廳關於印發分工方案的通知\n發文字號：國辦發〔2021〕25號\t發布日期：2021年07月29日\n"
        "國務院辦公廳關於印發\n分工方案的通知\n國辦發〔2021〕25號\n各省：\n現印發給你們。\n" + BODY
    )
    assert document.title == "國務院辦公廳關於印發分工方案的通知"
    assert document.doc_no == "國辦發〔2021〕25號"
    assert (document.issued_on, document.published_on) == (date(2021, 7, 23), date(2021, 7, 29))


def test_a_cited_number_is_not_its_own() -> None:
    document = pasted(
        "某縣工作方案\n根據《意見》（國辦發〔2022〕8號）和省政府《通知》（湘政辦發〔2022〕16號）要求，制定本方案。\n"
        + BODY
    )
    assert document.doc_no == ""
    point = one("落實《意見》（國辦發〔2022〕8號）。（縣財政局牽頭）")
    assert point.cited == ["國辦發〔2022〕8號"]


def test_a_notice_that_begins_with_its_addressee_has_no_title() -> None:
    document = pasted("各鄉鎮人民政府：\n現將任務分工如下：\n" + BODY)
    assert document.title == ""


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2022年4月12日", date(2022, 4, 12)),
        ("二〇二二年四月十二日", date(2022, 4, 12)),
        ("二○二二年十二月三十一日", date(2022, 12, 31)),
        ("２０２２年４月１２日", date(2022, 4, 12)),
        ("2022 年 4 月 12 日", date(2022, 4, 12)),
        ("2022年2月30日", None),
    ],
)
def test_date_of_signature(written: str, day: date | None) -> None:
    assert pasted(f"某縣工作方案\n{BODY}某縣人民政府\n{written}\n").issued_on == day


def test_a_damaged_year_is_not_guessed() -> None:
    document = pasted("某縣任務清單\n1.甲，12月底前完成。（縣發改局）\n2.乙。（縣發改局）\n")
    assert [deadline.date for deadline in document.plans[0].points[0].deadlines] == [None]
    assert any("日期" in doubt.text for doubt in document.review)


@pytest.mark.parametrize("mark", ["絕密★1年", "機密★", "秘密★5年", "密級：機密", "【秘密】"])
def test_a_classified_paper_is_refused(mark: str) -> None:
    with pytest.raises(UnreadableInput, match="涉密"):
        pasted(f"{mark}\n某縣工作方案\n{BODY}")


@pytest.mark.parametrize("mark", ["內部資料，注意保存", "（此件不予公開）", "內部文件"])
def test_a_paper_for_use_within_is_warned_about(mark: str) -> None:
    document = pasted(f"{mark}\n某縣工作方案\n{BODY}")
    assert norm(document.secrecy).strip("()") == norm(mark).strip("()")
    assert any("不得公開" in doubt.text for doubt in document.review)


@pytest.mark.parametrize("words", ["保守國家秘密，加強機密管理。", "抓好內部管理。", "做好政府信息公開保密審查。"])
def test_words_about_secrecy_are_no_mark(words: str) -> None:
    document = pasted(f"某縣工作方案\n一、{words}（縣保密局牽頭）\n二、乙。（縣財政局牽頭）\n")
    assert document.secrecy == ""
