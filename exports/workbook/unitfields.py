"""The columns of the table of units (單位表), declared once for writing and reading it."""

from __future__ import annotations

from dataclasses import dataclass

UNITS_SHEET = "單位"
COUNTERPARTS_SHEET = "對口關係"
HELP_SHEET = "填寫說明"
ERASE = "清空"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: heading, width in digits, what to fill in, other headings it is known by."""

    key: str
    title: str
    width: int
    help: str
    synonyms: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return all headings the column is known by."""
        return (self.title, *self.synonyms)


UNIT_FIELDS = (
    Field(
        "name",
        "單位名稱",
        30,
        "必填。單位的全稱，同一單位只寫一行。",
        ("單位", "名稱", "單位全稱", "機構名稱"),
    ),
    Field("level", "層級", 8, "必填。國家、省、市州、縣、鄉鎮、其他，選一個。", ("級別", "單位層級")),
    Field("kind", "類別", 14, "可不填。如 政府部門、黨委、垂直管理。", ("單位類別", "單位性質", "類型")),
    Field("position", "排序", 8, "可不填。整數，小的排在前面。", ("順序", "次序", "排列順序")),
    Field("aliases", "別名", 36, "可不填。簡稱和曾用名，用頓號分開。", ("簡稱", "曾用名", "其他名稱")),
    Field("leader", "分管縣領導", 14, "可不填。", ("分管領導", "聯繫縣領導")),
    Field(
        "telephone",
        "辦公電話",
        18,
        "可不填。只填辦公電話；手機號碼屬個人信息，只存掩碼。",
        ("電話", "聯繫電話"),
    ),
    Field("email", "電子郵箱", 24, "可不填。", ("郵箱", "電子郵件", "email", "e-mail")),
    Field("note", "備註", 24, "可不填。", ("說明",)),
)
COUNTERPART_FIELDS = (
    Field("superior", "上級單位", 30, "必填。單位表裏已有的上級單位。", ("上級", "省級單位", "對應上級單位")),
    Field(
        "county",
        "縣級對口單位",
        30,
        "單位表裏已有的縣級單位；確實沒有的留空，並在備註寫明原因。",
        ("縣級單位", "對口單位", "本縣單位", "本級單位"),
    ),
    Field("position", "次序", 8, "可不填。1 為通常的牽頭單位；不填按行的先後。", ("排序", "順序")),
    Field("note", "備註", 50, "沒有縣級對口單位時必填。", ("說明", "原因")),
)
