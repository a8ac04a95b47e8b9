"""The columns of a payment sheet, declared once: what they are called in real sheets, in either script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from db.script import fold


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its key, the clerk's word, headings it is known by as a whole, and words that give it away."""

    key: str
    label: str
    names: tuple[str, ...]
    telling: str = ""


SKIP = "skip"
"""A column that is known and not taken: running numbers, signatures, the family's size."""
FIELDS = (
    Field(
        "identity",
        "身份證號",
        ("身份證號", "身份證號碼", "身份證", "證件號碼", "公民身份號碼", "戶主身份證號", "居民身份證號碼", "證件號"),
        r"身份证|证件号|身份号",
    ),
    Field(
        "account",
        "銀行賬號",
        (
            *(
                "銀行賬號",
                "銀行帳號",
                "銀行卡號",
                "賬號",
                "帳號",
                "卡號",
                "一卡通賬號",
                "一卡通號",
                "一卡通卡號",
                "存摺號",
            ),
            *("社保卡號", "社會保障卡號", "社保卡銀行賬號", "收款賬號", "惠農一卡通賬號", "銀行賬戶", "賬戶"),
        ),
        r"(?:账|帐|卡|折|一卡通)号|(?:银行|收款)(?:账|帐)户$",
    ),
    Field(
        "bank",
        "開戶行",
        ("開戶行", "開戶銀行", "銀行名稱", "開戶行名稱", "發放銀行", "代發銀行"),
        r"开户行|开户银行|网点",
    ),
    Field(
        "telephone",
        "電話",
        ("電話", "聯繫電話", "手機", "手機號", "手機號碼", "電話號碼", "聯繫方式", "聯系電話"),
        r"电话|手机",
    ),
    Field("address", "住址", ("住址", "家庭住址", "地址", "家庭地址", "戶籍地址", "現住址", "詳細地址"), r"住址|地址"),
    Field(
        "town",
        "鄉鎮",
        ("鄉鎮", "鄉鎮名稱", "所在鄉鎮", "鄉鎮街道", "鎮", "鄉", "鄉(鎮)", "鄉鎮(街道)", "鎮街"),
        r"乡镇|镇街",
    ),
    Field(
        "village",
        "村",
        (
            "村",
            "行政村",
            "村名",
            "村委會",
            "所在村",
            "村(社區)",
            "村居",
            "村民委員會",
            "村名稱",
            "行政村名稱",
            "村社區",
            "村(居)",
        ),
        r"行政村|村\(社区\)|所在村",
    ),
    Field(
        "group",
        "組",
        ("組", "村民小組", "組別", "小組", "村組", "組名", "自然村", "屋場", "村小組", "組(屋場)"),
        r"小组|组别|自然村",
    ),
    Field(
        "policy",
        "補貼項目",
        ("項目名稱", "補貼項目", "補貼名稱", "政策名稱", "補貼類別", "項目", "補貼種類", "資金名稱", "補助項目"),
    ),
    Field(
        "amount",
        "金額",
        (
            *(
                "實發金額",
                "補貼金額",
                "補助金額",
                "發放金額",
                "金額",
                "金額合計",
                "補貼資金",
                "補貼資金總額",
                "補貼資金合計",
            ),
            *(
                "應補金額",
                "補助資金",
                "應發金額",
                "總補貼金額",
                "補貼款",
                "合計金額",
                "發放資金",
                "兌付金額",
                "實補金額",
            ),
            *("金額小計", "本次發放金額", "補貼總額", "補助標準金額"),
        ),
        r"金额|资金(?:总额|合计)?$|补贴款",
    ),
    Field(
        "standard",
        "補貼標準",
        ("補貼標準", "補助標準", "標準", "發放標準", "單價", "每畝補貼", "畝均標準", "補貼單價", "月標準", "保障標準"),
        r"标准|单价",
    ),
    Field(
        "quantity",
        "數量",
        (
            *(
                "數量",
                "面積",
                "補貼面積",
                "畝數",
                "頭數",
                "人數",
                "戶數",
                "補貼數量",
                "種植面積",
                "確權面積",
                "發放人數",
                "享受人數",
            ),
            *(
                "補貼畝數",
                "核定面積",
                "承包面積",
                "享受月數",
                "補貼人數",
                "只數",
                "羽數",
                "耕地面積",
                "實種面積",
                "保障人數",
            ),
        ),
        r"面积|数量|亩数|头数|人数|羽数",
    ),
    Field("unit", "計量單位", ("單位", "計量單位", "數量單位")),
    Field(
        "paid_on",
        "發放日期",
        ("發放日期", "發放時間", "打卡日期", "到賬日期", "兌付日期", "支付日期", "日期"),
        r"(?:发放|打卡|到账|支付)(?:日期|时间)",
    ),
    Field("period", "發放期", ("年度", "發放期", "補貼年度", "發放年度", "所屬期", "發放月份", "月份", "補貼年份")),
    Field(
        "name",
        "姓名",
        (
            "姓名",
            "戶主姓名",
            "戶主",
            "領款人",
            "補貼對象",
            "農戶姓名",
            "受益人",
            "領取人",
            "名稱",
            "種糧戶姓名",
            "補助對象",
        ),
        r"姓名|户主$",
    ),
    Field("note", "備注", ("備注", "備註", "說明", "附注"), r"备注"),
    Field(
        SKIP,
        "不用",
        (
            *(
                "序號",
                "編號",
                "號",
                "行號",
                "簽名",
                "簽字",
                "簽章",
                "領款人簽字",
                "農戶簽字",
                "領取人簽字",
                "性別",
                "年齡",
                "民族",
                "開戶名",
            ),
            *("戶名", "賬戶名", "賬戶名稱", "賬戶姓名", "與戶主關係", "家庭人口", "出生日期", "發放狀態", "序"),
        ),
        r"签[名字章]|序号|关系|人口",
    ),
)
BY_KEY = {field.key: field for field in FIELDS}
REQUIRED = ("name", "amount")
PRIVATE = ("identity", "account", "bank", "telephone", "address")
"""Columns that are kept sealed or not at all."""
_MARKS = re.compile(r"[*:：、,，.。/_\-\s]+")
_BRACKETS = str.maketrans("（）【】[]〔〕﹙﹚", "()" * 5)
_BRACKETED = re.compile(r"\(([^()]*)\)")
_MONEY = {"元": "元", "万元": "萬元"}
_YUAN_BEHIND = re.compile(r"(万元|元)$")


def key_of(heading: str) -> str:
    """Return a heading as it is compared: folded, brackets of one kind, without marks at its ends."""
    return _MARKS.sub("", fold(heading).translate(_BRACKETS)).lower()


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {key_of(name): field.key for field in reversed(FIELDS) for name in reversed(field.names)}


@lru_cache(maxsize=1)
def _telling() -> tuple[tuple[str, re.Pattern[str]], ...]:
    order = ("skip", "identity", "account", "bank", "telephone", "address", "paid_on", "standard", "amount", "quantity")
    rest = [field.key for field in FIELDS if field.key not in order]
    return tuple((key, re.compile(BY_KEY[key].telling)) for key in (*order, *rest) if BY_KEY[key].telling)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading means: its field (empty where unknown), the unit in it, whether it was known as a whole."""

    key: str
    unit: str = ""
    sure: bool = False


@lru_cache(maxsize=4_000)
def meaning(heading: str) -> Meaning:
    """Return what a heading means: 補貼金額(萬元) is the amount in 萬元, 面積（畝） a quantity in 畝."""
    key = key_of(heading)
    if not key:
        return Meaning("")
    known = _known()
    inner = _BRACKETED.findall(key)
    bare = _BRACKETED.sub("", key)
    unit = _inner(heading) if inner else ""
    if key in known:
        return Meaning(known[key], "", sure=True)
    if bare in known:
        return Meaning(known[bare], _unit(known[bare], unit), sure=True)
    behind = _YUAN_BEHIND.search(bare)
    if behind and bare[: behind.start()] in known:
        field = known[bare[: behind.start()]]
        return Meaning(field, _unit(field, behind[1]), sure=True)
    for field, pattern in _telling():
        if pattern.search(bare):
            return Meaning(field, _unit(field, unit))
    return Meaning("")


def _inner(heading: str) -> str:
    """Return what stands in the last brackets of a heading, in its own script."""
    return str(_BRACKETED.findall(heading.translate(_BRACKETS))[-1]).strip()


def _unit(field: str, written: str) -> str:
    """Return the unit a heading gives in brackets: 元 or 萬元 for amounts, 畝 or 元/畝 for others."""
    if field == "amount":
        return _MONEY.get(fold(written).replace("人民币", "").removeprefix("单位:"), "")
    return written if field in ("quantity", "standard") else ""
