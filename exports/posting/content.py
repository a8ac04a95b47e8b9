"""What stands on a posting (公示的內容), declared once for paper, sheet and preview; all texts as they are printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from db import money
from db.postingfacts import PolicyFacts, Receipt, VillageFacts, period_words
from db.settings import Office
from db.terms import PostingProfile
from exports.posting.namesakes import Called, called
from exports.posting.options import Options
from exports.words import Words, printable, words_of

NUMBER, NAME, GROUP, QUANTITY, STANDARD, AMOUNT, NOTE = (
    *("number", "name", "group", "quantity", "standard", "amount", "note"),
)
_RIGHT, _CENTRED = {QUANTITY, AMOUNT}, {NUMBER, GROUP, STANDARD}
_SHARES = {NUMBER: 8, NAME: 30, GROUP: 13, QUANTITY: 16, STANDARD: 18, AMOUNT: 20, NOTE: 22}
_MOST_DIGITS = 30
_BLANK_DAY = "　　　年　　月　　日"  # to be filled in by hand


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: what it holds, its title, its share of the width, how its cells stand (left, center, right)."""

    key: str
    title: str
    share: int
    align: str


@dataclass(frozen=True, slots=True)
class Section:
    """The receipts of one policy. ``sums`` are the amounts of the rows in 分; ``total`` is a row of the table."""

    name: str
    about: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[int, ...]
    total: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def amount_fen(self) -> int:
        """Return the sum of the rows."""
        return sum(self.sums)


@dataclass(frozen=True, slots=True)
class Content:
    """One posting. The title is in parts none of which should be broken; ``signers`` get a line each to sign on."""

    title_parts: tuple[str, ...]
    lead: str
    span: str
    sections: tuple[Section, ...]
    capitals: str
    remarks: tuple[str, ...]
    closing: tuple[str, ...]
    signers: tuple[str, ...]
    committee: str
    seal: str
    day: str
    photo: tuple[str, ...]
    author: str
    public_numbers: tuple[str, ...]

    @property
    def title(self) -> str:
        """Return the whole title."""
        return "".join(self.title_parts)

    @property
    def rows(self) -> int:
        """Return how many receipts are on it."""
        return sum(len(one.rows) for one in self.sections)

    @property
    def amount_fen(self) -> int:
        """Return the sum of all receipts."""
        return sum(one.amount_fen for one in self.sections)


@dataclass(frozen=True, slots=True)
class Composed:
    """A content, and what the clerk should look at in it: sentences that stop nothing."""

    content: Content
    strict: bool
    warnings: tuple[str, ...]


def compose(facts: VillageFacts, *, options: Options, office: Office) -> Composed:
    """Return what stands on the posting of a village: of one policy, or of all its policies of the period."""
    words = words_of(office)
    made = [_section(policy, options, words) for policy in facts.policies]
    several = len(made) > 1
    strict = any(options.profile_of(policy) is PostingProfile.STRICT for policy in facts.policies)
    total = sum(section.amount_fen for section, _ in made)
    content = Content(
        title_parts=title_parts(facts, words),
        lead=_lead(facts, options, words),
        span=words.fixed(f"公示時間：{_BLANK_DAY}　至{_BLANK_DAY}"),
        sections=tuple(section for section, _ in made),
        capitals=words.fixed(f"{'全部' if several else ''}合計金額：{money.figures(total)} 元，大寫：")
        + words.fixed(money.capitals(total)),
        remarks=_common_remarks(facts, options, words),
        closing=_closing(facts, words),
        signers=tuple(map(words.fixed, ("經辦人", "審核人", "村務監督委員會"))),
        committee=committee_of(facts, words),
        seal=words.fixed("（蓋章）"),
        day=words.fixed(_BLANK_DAY),
        photo=tuple(map(words.fixed, ("張貼照片（張）", "拍攝人", "拍攝日期"))),
        author=printable(words.data(office.office_name or office.county)),
        public_numbers=facts.public_numbers,
    )
    warnings = [warning for _, some in made for warning in some]
    if not any(policy.enquiry for policy in facts.policies) and not facts.hotlines:
        warnings.append("沒有咨詢電話：政策裏沒有填政策解答電話，鄉鎮也沒有填電話，公示上印「未載明」。")
    return Composed(content, strict, tuple(warnings))


def title_parts(facts: VillageFacts, words: Words) -> tuple[str, ...]:
    """Return the title in parts: 石橋鎮石橋村2022年, 耕地地力保護補貼發放公示."""
    place = words.data(facts.town + facts.village)
    one = words.data(facts.policies[0].name) if len(facts.policies) == 1 else words.fixed("惠民惠農財政補貼")
    when = words.fixed(period_words(facts.period))
    return printable(place + when), printable(one + words.fixed("發放公示"))


def committee_of(facts: VillageFacts, words: Words) -> str:
    """Return who signs: the office's own word for it, or the village's name with 村民委員會 (社區: 居民委員會)."""
    if facts.committee:
        return printable(words.data(facts.committee))
    if facts.village.endswith(("委員會", "委员会")):
        return printable(words.data(facts.village))
    kind = "居民委員會" if facts.village.endswith(("社區", "社区", "居")) else "村民委員會"
    return printable(words.data(facts.village) + words.fixed(kind))


def _lead(facts: VillageFacts, options: Options, words: Words) -> str:
    documents = facts.policies[0].documents.replace("\n", "、") if len(facts.policies) == 1 else ""
    basis = words.fixed("根據") + words.data(documents) + words.fixed("，") if documents else ""
    what = words.data(facts.policies[0].name) if len(facts.policies) == 1 else words.fixed("各項惠民惠農財政補貼")
    unit = "個工作日" if options.working_days else "天"
    return printable(
        basis
        + words.fixed("現將")
        + words.data(facts.village)
        + words.fixed(period_words(facts.period))
        + what
        + words.fixed("發放情況公示如下，請群眾監督。")
        + words.fixed(f"公示期 {options.days} {unit}，自張貼次日起計算。")
        + words.fixed("對公示內容有異議的，請在公示期內向本村或以下電話反映。")
    )


def _closing(facts: VillageFacts, words: Words) -> tuple[str, ...]:
    """Return the lines with the hotlines: enquiry of departments and town, supervision."""
    enquiry = _unique([*(text for one in facts.policies for text in one.enquiry), *facts.hotlines])
    supervision = _unique(text for one in facts.policies for text in one.supervision)
    missing = words.fixed("未載明")
    return tuple(
        printable(words.fixed(title) + (words.data("；".join(some)) or missing))
        for title, some in (("政策咨詢電話：", enquiry), ("監督舉報電話：", supervision))
    )


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _common_remarks(facts: VillageFacts, options: Options, words: Words) -> tuple[str, ...]:
    strict = [one for one in facts.policies if options.profile_of(one) is PostingProfile.STRICT]
    if not strict:
        return ()
    which = "" if len(strict) == len(facts.policies) else "部分補貼"
    return (words.fixed(f"說明：為保護個人隱私，{which}只公布姓氏和金額。"),)


# one policy


def _section(policy: PolicyFacts, options: Options, words: Words) -> tuple[Section, list[str]]:
    strict = options.profile_of(policy) is PostingProfile.STRICT
    receipts = policy.receipts
    names = called(receipts, strict=strict, word=words.fixed("尾號"))
    unit = _common_unit(receipts)
    keys = list(_keys(receipts, options, strict=strict))
    cells = {key: _cells(key, receipts, names, unit, words) for key in keys}
    section = Section(
        name=printable(words.data(policy.name)),
        about="" if strict else _about(policy, words),
        headings=tuple(_heading(key, unit, words) for key in keys),
        rows=tuple(zip(*(cells[key] for key in keys), strict=True)),
        sums=tuple(one.amount_fen for one in receipts),
        total=tuple(_total(key, receipts, unit, words) for key in keys),
        remarks=_remarks(names, words),
    )
    return section, [*_doubts(policy, names), *_sheet_doubts(policy)]


def _about(policy: PolicyFacts, words: Words) -> str:
    parts = [("補助標準：", policy.standard), ("主管部門：", policy.department)]
    told = (words.fixed(title) + words.data(text.replace("\n", "；")) for title, text in parts if text)
    return printable("　".join(told))


def _keys(receipts: Sequence[Receipt], options: Options, *, strict: bool) -> Iterable[str]:
    yield from (NUMBER, NAME)
    if not strict:
        if options.with_groups and any(one.group for one in receipts):
            yield GROUP
        if any(one.quantity for one in receipts):
            yield QUANTITY
        if any(one.standard for one in receipts):
            yield STANDARD
    yield AMOUNT
    if not strict and options.with_notes and any(one.note for one in receipts):
        yield NOTE


_TITLES = {NUMBER: "序號", NAME: "姓名", GROUP: "組別", QUANTITY: "數量", STANDARD: "補貼標準", AMOUNT: "金額（元）"}
_TITLES |= {NOTE: "備註"}


def _heading(key: str, unit: str, words: Words) -> Heading:
    title = words.fixed(_TITLES[key])
    if key == QUANTITY and unit:
        title += words.fixed("（") + words.data(unit) + words.fixed("）")
    align = "right" if key in _RIGHT else "center" if key in _CENTRED else "left"
    return Heading(key, printable(title), _SHARES[key], align)


def _common_unit(receipts: Sequence[Receipt]) -> str:
    """Return the unit of all quantities, empty where they differ."""
    units = {one.unit.strip() for one in receipts if one.quantity}
    return units.pop() if len(units) == 1 else ""


def _cells(key: str, receipts: Sequence[Receipt], names: Called, unit: str, words: Words) -> list[str]:
    data = words.data
    texts: dict[str, Callable[[int, Receipt], str]] = {
        NUMBER: lambda place, _one: str(place + 1),
        NAME: lambda place, _one: data(names.names[place]),
        AMOUNT: lambda _place, one: money.figures(one.amount_fen),
        QUANTITY: lambda _place, one: one.quantity if unit else one.quantity + data(one.unit),
        GROUP: lambda _place, one: data(one.group),
        STANDARD: lambda _place, one: data(one.standard),
        NOTE: lambda _place, one: data(one.note),
    }
    return [printable(texts[key](place, one)) for place, one in enumerate(receipts)]


def _total(key: str, receipts: Sequence[Receipt], unit: str, words: Words) -> str:
    match key:
        case "name":
            return words.fixed(f"合計（{len(receipts)} 筆）")
        case "amount":
            return money.figures(sum(one.amount_fen for one in receipts))
        case "quantity" if unit:
            return quantities(one.quantity for one in receipts)
        case _:
            return ""


def quantities(some: Iterable[str]) -> str:
    """Return the exact sum of decimal numbers as text, empty where any of them is none."""
    total = Decimal(0)
    for text in some:
        if not text.strip():
            continue
        try:
            number = Decimal(text.strip().replace(",", ""))
        except InvalidOperation:
            return ""
        if not number.is_finite() or len(number.as_tuple().digits) > _MOST_DIGITS:
            return ""
        total += number
    return f"{total:f}"


def _remarks(names: Called, words: Words) -> tuple[str, ...]:
    remarks = []
    if names.tails:
        remarks.append("同名的，以證件號碼末幾位（尾號）區分。")
    if names.by_group:
        remarks.append("同名的，以組別區分。")
    return tuple(map(words.fixed, remarks))


def _doubts(policy: PolicyFacts, names: Called) -> Iterable[str]:
    for some in names.alike:
        rows = "、".join(str(place + 1) for place in some)
        name = names.names[some[0]]
        yield f"「{policy.name}」第 {rows} 行都是「{name}」：沒有可以區分的尾號或組別，公示上只能靠序號分開。"


def _sheet_doubts(policy: PolicyFacts) -> Iterable[str]:
    empty = [str(place) for place, one in enumerate(policy.receipts, start=1) if not one.name.strip()]
    if empty:
        yield f"「{policy.name}」第 {'、'.join(empty[:10])} 行沒有姓名。"
