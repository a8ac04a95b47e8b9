"""How postings are to be made: what the clerk chooses once for one village or for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from db.errors import Refused
from db.postingfacts import PolicyFacts
from db.terms import PostingProfile

PDF, XLSX = ".pdf", ".xlsx"
KINDS = (PDF, XLSX)
_MOST_DAYS = 60
_TELLING = (
    *("低保", "最低生活保障", "特困", "五保", "臨時救助", "困難", "殘疾", "孤兒", "棄嬰", "留守兒童", "困境兒童"),
    *("未成年", "事實無人撫養", "大病", "醫療救助", "重病", "精神", "艾滋", "失獨", "計劃生育", "計生", "流產"),
    *("刑滿", "社區矯正", "戒毒"),
)


@dataclass(frozen=True, slots=True)
class Options:
    """What a posting looks like. ``days`` count from the day after it is hung up, in working days where set.

    ``profile`` None takes each policy's own. ``kinds`` are the endings of the files made.
    """

    days: int = 7
    working_days: bool = False
    profile: PostingProfile | None = None
    paper: str = "A4"
    kinds: tuple[str, ...] = KINDS
    with_notes: bool = False
    with_groups: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.days <= _MOST_DAYS:
            raise Refused("公示期應在 1 到 {most} 天之間，不能是 {days}。", most=_MOST_DAYS, days=self.days)
        if not self.kinds or set(self.kinds) - set(KINDS):
            raise Refused("公示文件的類型應是 {kinds}。", kinds="、".join(KINDS))

    def profile_of(self, policy: PolicyFacts) -> PostingProfile:
        """Return the profile in which a policy's receipts are shown."""
        return self.profile or policy.profile

    def stored(self) -> dict[str, Any]:
        """Return the options as JSON can hold them."""
        return asdict(self) | {"profile": self.profile.value if self.profile else None, "kinds": list(self.kinds)}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Options:
        """Return options that were :meth:`stored`."""
        names = {key: stored[key] for key in cls.__dataclass_fields__ if key in stored}
        profile = names.get("profile")
        names["profile"] = PostingProfile(profile) if profile else None
        names["kinds"] = tuple(names.get("kinds", KINDS))
        return cls(**names)


class Unconfirmed(Refused):
    """A question, not a mistake: postings of sensitive aid are only made after the clerk said so."""


def is_sensitive(policy: PolicyFacts) -> bool:
    """Tell whether receiving this aid tells something private of a person: by its profile, or by its name."""
    from db.script import fold

    name = fold(policy.name)
    return policy.profile is PostingProfile.STRICT or any(fold(word) in name for word in _TELLING)


def refuse_unconfirmed(policies: Iterable[PolicyFacts], options: Options) -> None:
    """Raise :class:`Unconfirmed` where any of the policies is sensitive; the sentence says what would be shown."""
    strict: list[str] = []
    plain: list[str] = []
    for policy in policies:
        if is_sensitive(policy):
            (strict if options.profile_of(policy) is PostingProfile.STRICT else plain).append(policy.name)
    if plain:
        raise Unconfirmed(
            "「{names}」涉及低保、殘疾、兒童等敏感人群，卻要按「一般」公示：姓名、組別、數量會全部寫出。"
            "建議改為「從嚴」；確實要這樣公示的，請確認。",
            names="、".join(plain),
        )
    if strict:
        raise Unconfirmed(
            "「{names}」按「從嚴」公示：只寫姓氏和金額，不寫組別、數量、標準和備註。公示低保、殘疾、兒童等名單，"
            "請先確認有文件要求公開，再繼續。",
            names="、".join(strict),
        )
