"""The columns of the list of towns and villages (區劃), declared once: written so, and known by these headings."""

from __future__ import annotations

from exports.workbook.unitfields import Field

PLACES_SHEET = "區劃"
PLACE_FIELDS = (
    Field("town", "鄉鎮", 18, "必填。", ("鄉鎮名稱", "鄉鎮街道", "鄉鎮(街道)", "鄉(鎮)", "所屬鄉鎮", "鎮", "鄉")),
    Field(
        "village",
        "村",
        22,
        "村或社區的名稱；空着表示這一行說的是鄉鎮。",
        ("行政村", "村名", "村(社區)", "村社區", "村(居)", "村居", "行政村名稱", "名稱", "區劃名稱", "村委會"),
    ),
    Field(
        "code", "區劃代碼", 16, "可不填。9 位或 12 位。", ("代碼", "統計用區劃代碼", "行政區劃代碼", "區劃編碼", "編碼")
    ),
    Field("committee", "落款", 26, "可不填。公示上落款的單位；默認為村名加「村民委員會」。", ("公示落款", "落款單位")),
    Field("telephone", "電話", 18, "可不填。公開的咨詢電話。", ("公開電話", "聯繫電話", "辦公電話", "咨詢電話")),
)
