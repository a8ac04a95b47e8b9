"""Private numbers: found in every disguise, never where there is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.digits import COLUMN, LINE_END, normalise_digits
from db.masking import mask_account, mask_identity, mask_phone
from db.private import EVERYTHING, find_private, public_numbers
from db.terms import PrivateKind
from tests.db.private_samples import card, cards, identities, identity, mobiles, parted

AROUND = st.sampled_from(("", "身份證號", "戶主：", "（", "No", "一、"))


def kinds(text: str, **options: object) -> list[str]:
    return [hit.kind.value for hit in find_private(text, kinds=EVERYTHING, **options)]  # type: ignore[arg-type]


@settings(max_examples=150)
@given(before=AROUND, number=parted(identities), after=st.sampled_from(("", "。", "）", "張三", " 補貼")))
def test_an_identity_number_is_found_however_it_is_parted(before: str, number: str, after: str) -> None:
    text = before + number + after
    hits = find_private(text)
    assert [hit.kind for hit in hits] == [PrivateKind.IDENTITY]
    assert hits[0].sure
    assert hits[0].value == normalise_digits(number)
    assert text[hits[0].start : hits[0].end] == number


@settings(max_examples=50)
@given(first=identities, second=identities, glue=st.sampled_from(("", "張三", "、", "/", COLUMN, "，")))
def test_two_identity_numbers_are_found_side_by_side(first: str, second: str, glue: str) -> None:
    values = [hit.value for hit in find_private(first + glue + second)]
    assert values == [first, second]


@settings(max_examples=50)
@given(identities, st.integers(1, 9))
def test_a_wrong_check_digit_is_doubtful(number: str, other: int) -> None:
    wrong = number[:-1] + str((int(number[-1].replace("X", "0")) + other) % 10)
    if wrong == number:
        return
    for written in (wrong, f"{wrong[:6]} {wrong[6:14]} {wrong[14:]}", f"{wrong[:6]}-{wrong[6:]}"):
        hits = find_private(f"證號 {written}，")
        assert [(hit.kind, hit.sure) for hit in hits] in (
            [(PrivateKind.IDENTITY, False)],
            [(PrivateKind.ACCOUNT, True)],
        )


@settings(max_examples=60)
@given(cards)
def test_a_card_number_is_found_whole_in_fours_and_wrapped(number: str) -> None:
    fours = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    for written in (
        number,
        fours,
        fours.replace(" ", "-"),
        number[:10] + "\n" + number[10:],
        number[:9] + LINE_END + number[9:],
    ):
        assert [hit.value for hit in find_private(f"開戶 {written}。")] == [number]


@settings(max_examples=60)
@given(mobiles, st.sampled_from(("", "+86", "86", "0086 ", "+86-")), st.sampled_from((" ", "-", ".", "　")))
def test_a_mobile_telephone_is_found_as_people_write_it(number: str, prefix: str, parter: str) -> None:
    for written in (number, parter.join((number[:3], number[3:7], number[7:]))):
        hits = find_private(f"電話{prefix}{written}，張三")
        assert [(hit.kind, hit.value) for hit in hits] == [(PrivateKind.MOBILE, number)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("430124800101123", ["identity"]),
        ("430124 800101 123", ["identity"]),
        ("賬號 8201 3456 7890", ["account"]),
        ("一卡通賬號：820134567890", ["account"]),
        ("84301240000001234567", ["account"]),
        ("社保卡號 A12345678", ["social"]),
        ("6217001234567890123x", ["account"]),
        (f"AB12{card()}元", ["account"]),
        ("0731-84444444、0731-84444445", ["landline", "landline"]),
        ("（0731）8444 4444", ["landline"]),
        ("13812345678x", ["mobile"]),
        ("1.13812345678 2.13912345678", ["mobile", "mobile"]),
        ("微信wx13812345678", ["mobile"]),
        ("高倉村三組12號", ["address"]),
        ("幸福小區3棟1單元502室", ["address"]),
        ("人民路12號", ["address"]),
    ],
)
def test_other_kinds_are_found(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "124.9788302元/畝",
        "348.40000000000003",
        "0.30000000000000004",
        "137.47671322",
        "13812345678.00元",
        "國辦發〔2022〕16號",
        "2022-06-28至2022-07-05",
        "20220628143005123",
        "2022年6月28日 20220628",
        "430124001001",
        "43012400100105",
        "91430100444885356X",
        "124301004461234566",
        "911100001000013492",
        "2019 2020 2021 2022",
        "標準1500-1800元，15000-200000元",
        "43*************123",
        "138****5678",
        "6217***********0123",
        "1" * 18,
        "0" * 23,
        "12345、12388",
        f"5.2{COLUMN}67{COLUMN}348.40{LINE_END}2{COLUMN}",
        f"150{COLUMN}1200{COLUMN}1800",
        f"合計 1380000{LINE_END}2022年6月28日",
        "{00000000-0008-0000-0000-000000000000}",
        "3fa85f6412345678901234567890bc12",
        "高倉村3組",
        "高倉村委會〔2022〕16號",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert kinds(text) == []


@settings(max_examples=100)
@given(
    st.lists(
        st.one_of(
            st.decimals(0, 10**9, places=2).map(str),
            st.floats(0, 10**7, allow_nan=False).map(repr),
            st.dates(date(1949, 1, 1), date(2049, 1, 1)).map(str),
            st.dates(date(1949, 1, 1), date(2049, 1, 1)).map(lambda day: f"{day:%Y%m%d}"),
            st.builds(lambda year, number: f"湘財農〔{year}〕{number}號", st.integers(1990, 2030), st.integers(1, 999)),
            st.integers(0, 10**6).map(str),
        ),
        max_size=12,
    ),
    st.sampled_from((COLUMN, "，", "、", "元 ", "\t畝\t")),
)
def test_amounts_dates_and_document_numbers_are_never_taken(values: list[str], between: str) -> None:
    assert find_private(between.join(values)) == []


def test_public_numbers_are_left_out() -> None:
    hotlines = ["0731-84444444、84444445（縣財政局）", "+86 138 1234 5678"]
    assert public_numbers(hotlines) == {"073184444444", "84444445", "8613812345678", "13812345678"}
    assert kinds("咨詢 0731-84444444，監督 0731 84444445，手機 13812345678", allowed=hotlines) == []
    assert kinds("另一手機 13912345678", allowed=hotlines) == ["mobile"]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (" 430124-19800101-123x ", "43012419800101123X"),
        ("４３０１２４１９８００１０１１２３Ｘ", "43012419800101123X"),
        ("4301 2419\n8001\u200b0112 3×", "43012419800101123X"),
        ("'6217 0012 3456", "621700123456"),
        ("٣٤٥", "345"),
        ("張三 138", "張三 138"),
        ("不詳", "不詳"),
        ("", ""),
    ],
)
def test_a_number_is_brought_to_one_form(written: str, number: str) -> None:
    assert normalise_digits(written) == number


def test_masks_show_what_is_agreed_and_less_of_short_numbers() -> None:
    assert mask_identity(identity().lower()) == "43*************" + identity()[-3:]
    assert mask_identity("430124800101123") == "43**********123"
    assert mask_account(card()) == "6217" + "*" * 11 + card()[-4:]
    assert mask_account("123456789012") == "123******012"
    assert mask_phone("138 1234 5678") == "138****5678"
    assert mask_phone("1234") == "****"
    assert mask_identity("") == ""


def test_hotlines_under_each_other_are_no_account() -> None:
    assert kinds("03574222222\n12388", allowed=["0357-4222222", "12388"]) == []
    assert kinds("03574222222\n12388", allowed=["0357-4222222"]) == ["account"]
