"""The items of a subsidy policy (補貼政策的各項), declared once for form, import, export, catalogue and manual."""

from __future__ import annotations

from dataclasses import dataclass

NOT_STATED = "未載明"
"""What is printed for an item that the papers do not state."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item. ``key`` is a column of ``PolicyVersion``, or ``documents``, ``enquiry_phones``, ``supervision_phones``.

    ``seven`` marks the items that the law asks for (七公開); ``hint`` tells the clerk what belongs there; ``synonyms``
    are other headings it is known by, in either script. ``width`` is that of its column, in Chinese characters;
    ``long`` items are edited in several lines.
    """

    key: str
    label: str
    hint: str
    width: int
    seven: bool = False
    long: bool = False
    synonyms: tuple[str, ...] = ()


ITEMS = (
    Item(
        "name",
        "補貼政策名稱",
        "文件裏的全稱，如 耕地地力保護補貼。",
        16,
        seven=True,
        synonyms=(
            *("補貼名稱", "政策名稱", "補貼項目", "補貼項目名稱", "項目名稱", "補助項目", "補助項目名稱", "資金名稱"),
            *("二級項目名稱", "二級項目", "惠農政策名稱", "惠民惠農政策名稱", "補貼政策", "名稱", "事項名稱"),
        ),
    ),
    Item(
        "documents",
        "文件依據",
        "一行一個文件：《標題》（文號）。文號如 湘財農〔2022〕16號。",
        22,
        seven=True,
        long=True,
        synonyms=(
            *("政策依據", "政策依據文件及文號", "政策依據文件", "依據文件", "文件依據及文號", "政策文件依據", "依據"),
            *("政策文件", "文件名稱及文號", "政策文件及文號", "文號", "補貼依據", "發放依據", "公開依據"),
        ),
    ),
    Item(
        "department",
        "主管部門",
        "負責這項補貼的部門，如 縣農業農村局。",
        10,
        seven=True,
        synonyms=("項目主管部門", "業務主管部門", "主管單位", "責任部門", "責任單位", "實施部門", "牽頭部門", "主管局"),
    ),
    Item(
        "purpose",
        "資金用途",
        "錢用在哪裏；文件沒有寫的留空，目錄上印 未載明。",
        16,
        seven=True,
        long=True,
        synonyms=("用途", "補貼用途", "補助用途", "資金使用範圍", "使用範圍", "補助內容", "補貼內容", "補貼範圍"),
    ),
    Item(
        "recipients",
        "補貼對象",
        "誰可以領，按文件原話。",
        18,
        seven=True,
        long=True,
        synonyms=(
            *(
                "補助對象",
                "發放對象",
                "享受對象",
                "服務對象",
                "培訓對象",
                "扶持對象",
                "補貼對象及條件",
                "補助對象和內容",
            ),
            *("補貼對象和條件", "補助對象及條件", "救助對象", "獎補對象", "對象"),
        ),
    ),
    Item(
        "standard",
        "補助標準",
        "照文件原話寫，如 67元/畝；程序不改動、不四捨五入。",
        18,
        seven=True,
        long=True,
        synonyms=(
            *(
                "補貼標準",
                "發放標準",
                "補償標準",
                "獎補標準",
                "救助標準",
                "標準",
                "補助標準合計",
                "合計",
                "補貼標準合計",
            ),
            "補貼補助標準",
        ),
    ),
    Item(
        "enquiry_phones",
        "政策解答電話",
        "一行一個：單位 區號-號碼，如 縣財政局 0730-6220001。",
        14,
        seven=True,
        long=True,
        synonyms=(
            *("咨詢電話", "諮詢電話", "咨詢方式", "諮詢方式", "政策咨詢電話", "政策諮詢電話", "聯繫電話", "解答電話"),
            *("政策解答人員電話", "政策咨詢", "咨詢服務電話", "諮詢服務電話", "政策解答員電話", "政策諮詢", "電話"),
        ),
    ),
    Item(
        "level",
        "政策級次",
        "中央、省級、市級或縣級。",
        8,
        synonyms=("級次", "項目級次", "政策級別", "項目級別", "資金級次", "級別", "資金級別"),
    ),
    Item(
        "standard_national",
        "國家標準",
        "中央出的部分，照原話。",
        12,
        synonyms=("中央標準", "中央", "國家", "國家級", "中央級", "國家級標準", "中央補助標準"),
    ),
    Item("standard_province", "省級標準", "省裏出的部分。", 12, synonyms=("省級", "省", "省標準", "省級補助標準")),
    Item(
        "standard_city", "市級標準", "市州出的部分。", 12, synonyms=("市級", "市", "市標準", "市州級", "市級補助標準")
    ),
    Item(
        "standard_county",
        "縣級標準",
        "縣裏出的部分。",
        12,
        synonyms=("縣級", "縣", "縣標準", "區級", "縣市級", "縣區級", "區縣級", "縣級補助標準", "區級標準", "縣本級"),
    ),
    Item(
        "procedure",
        "申領流程",
        "怎樣申請、誰審核、怎樣公示。",
        20,
        long=True,
        synonyms=("申報程序", "申請程序", "申報流程", "辦理流程", "申領程序", "申請流程", "發放流程", "發放程序"),
    ),
    Item(
        "payment_method",
        "發放方式",
        "如 一卡通打卡發放。",
        10,
        synonyms=("補貼方式", "發放形式", "資金發放方式", "兌付方式", "撥付方式", "支付方式", "補助方式"),
    ),
    Item(
        "payment_time",
        "發放時間",
        "如 每年6月底前。",
        10,
        synonyms=("兌付時間", "補貼發放時間", "發放時限", "撥付時間", "發放週期", "資金發放時間"),
    ),
    Item(
        "supervision_phones",
        "監督電話",
        "一行一個，如 12388；與解答電話分開。",
        12,
        long=True,
        synonyms=("監督舉報電話", "舉報電話", "投訴電話", "監督投訴電話", "投訴舉報電話", "監督方式", "監督咨詢電話"),
    ),
    Item(
        "category",
        "一級項目",
        "目錄分兩級名稱時的上一級。",
        12,
        synonyms=("一級項目名稱", "項目類別", "補貼類別", "類別"),
    ),
    Item("short_name", "簡稱", "表格和短信裏用的短名，如 地力補貼。", 8, synonyms=("四字簡稱", "項目簡稱", "補貼簡稱")),
    Item("note", "備註", "", 12, long=True, synonyms=("說明", "備考")),
)
BY_KEY = {item.key: item for item in ITEMS}
KEYS = tuple(item.key for item in ITEMS)
SEVEN = tuple(item for item in ITEMS if item.seven)
FURTHER = tuple(item for item in ITEMS if not item.seven)
DOCUMENTS, ENQUIRY, SUPERVISION = "documents", "enquiry_phones", "supervision_phones"
PARTS = ("standard_national", "standard_province", "standard_city", "standard_county")
"""The shares of a standard by level, highest first."""
COLUMNS = tuple(key for key in KEYS if key not in {DOCUMENTS, ENQUIRY, SUPERVISION})
"""The items that are columns of ``PolicyVersion``; the others are rows of their own."""
FROM, TO, PROFILE = "valid_from", "valid_to", "profile"
BESIDE = {FROM: "執行起日", TO: "執行止日", PROFILE: "公示方式"}
"""What a list of policies tells beside the items."""


def label_of(key: str) -> str:
    """Return the clerk's word for an item, or for what stands beside the items."""
    return BY_KEY[key].label if key in BY_KEY else BESIDE[key]
