"""The columns of the ledger (工作臺賬), declared once for every sheet that leaves or comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.errors import Refused
from db.ledger import LedgerRow
from db.lights import SHAPES
from db.script import fold
from exports.words import Words

Value = str | int | date | None
PENDING = "待定"


class Kind(StrEnum):
    """What a column holds, which decides how its cells are written and read."""

    TEXT = "text"
    INT = "int"
    PERCENT = "percent"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``width`` is the least it needs, in half-width characters of the body's size.

    ``grows`` columns hold running text and share what is left of the page. ``value`` gives a cell's content;
    a date column may give its wording instead. ``synonyms`` are headings other offices use for the same.
    ``editable`` columns are for the reporting unit to fill in; a sheet that comes back must have the ``required`` ones.
    """

    key: str
    title: str
    width: int
    value: Callable[[LedgerRow, Words], Value]
    kind: Kind = Kind.TEXT
    centred: bool = False
    grows: bool = False
    default: bool = True
    synonyms: tuple[str, ...] = ()
    editable: bool = False
    required: bool = False


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _entered(get: Callable[[LedgerRow], str]) -> Callable[[LedgerRow, Words], Value]:
    """Return the getter of a text that was entered."""
    return lambda row, words: words.data(get(row))


def listed(names: Sequence[str], words: Words) -> str:
    """Return names as a paper lists them."""
    return words.data("、".join(names))


def lead(row: LedgerRow, words: Words) -> str:
    """Return the lead unit; 待定 where none is named, for nothing is invented."""
    return words.data(row.lead) if row.lead else PENDING


def remarks(row: LedgerRow, words: Words) -> str:
    """Return the clerk's note, and before it why no lead unit is named."""
    reason = "" if row.lead else words.fixed(row.lead_reason)
    return "\n".join(part for part in (reason, words.data(row.note)) if part)


def light(row: LedgerRow, words: Words) -> str:
    """Return a row's light as its shape and its word."""
    return f"{SHAPES[row.light]} {words.fixed(row.light.label)}"


def deadline(row: LedgerRow, words: Words) -> str | date | None:
    """Return the deadline's wording, else its date."""
    return words.data(row.deadline_text) if row.deadline_text else row.deadline_on


COLUMNS = (
    Column("sequence", "序號", 5, lambda row, _: row.sequence, Kind.INT, centred=True, synonyms=_names("序 No.")),
    Column(
        "code",
        "編號",
        15,
        lambda row, _: row.code,
        centred=True,
        required=True,
        synonyms=_names("任務編號 系統內編號 系統編號 短碼 id"),
    ),
    Column(
        "text",
        "要點全文",
        30,
        _entered(lambda row: row.point_text),
        grows=True,
        synonyms=_names("工作要點 重點任務 工作任務 任務名稱 工作要求 具體要求 任務 支撐項目 工作目標 指標名稱 task"),
    ),
    Column(
        "measure",
        "具體舉措",
        12,
        _entered(lambda row: row.measure),
        grows=True,
        synonyms=_names("具體措施 工作舉措 工作措施 落實舉措 主要舉措 工作標準"),
    ),
    Column(
        "lead",
        "牽頭單位",
        10,
        lead,
        centred=True,
        synonyms=_names("牽頭責任單位 主要責任單位 主辦單位 工作目標牽頭單位 整改牽頭單位 牽頭部門 責任主體 owner"),
    ),
    Column(
        "others",
        "責任單位",
        12,
        lambda row, words: listed(row.others, words),
        grows=True,
        synonyms=_names(
            "配合單位 配合/責任單位 協同責任單位 協同配合單位 考核配合單位 實施單位 責任科室 責任部門 辦理部門 co"
        ),
    ),
    Column(
        "leader",
        "分管領導",
        8,
        _entered(lambda row: row.leader),
        centred=True,
        synonyms=_names("分管縣領導 包聯領導 責任領導"),
    ),
    Column(
        "deadline",
        "完成時限",
        10,
        deadline,
        Kind.DATE,
        centred=True,
        synonyms=_names("時限要求 完成時間 時間節點 辦理時限 整改時限 截止日期 完成期限 time"),
    ),
    Column(
        "percent",
        "進度(%)",
        7,
        lambda row, _: row.percent,
        Kind.PERCENT,
        centred=True,
        editable=True,
        synonyms=_names("進度 完成進度 完成比例 完成率 工作進度(%)"),
    ),
    Column(
        "progress",
        "進展情況",
        12,
        _entered(lambda row: row.progress),
        grows=True,
        editable=True,
        synonyms=_names("目前進度 工作動態 辦理情況 推進落實情況 工作進度 工作進展 目前進展 落實情況 完成情況"),
    ),
    Column(
        "problem",
        "存在問題",
        9,
        _entered(lambda row: row.problem),
        grows=True,
        editable=True,
        synonyms=_names("具體問題 未完成原因 問題 困難和問題 存在的問題"),
    ),
    Column(
        "next_step",
        "下一步",
        9,
        _entered(lambda row: row.next_step),
        grows=True,
        editable=True,
        synonyms=_names("下一步工作 下一步打算 下一步計劃 下一步工作措施 解決措施 解決方案 整改方案"),
    ),
    Column("note", "備註", 9, remarks, grows=True, synonyms=_names("說明 預期效果 備考")),
    Column(
        "section",
        "章節",
        12,
        _entered(lambda row: row.section),
        grows=True,
        default=False,
        synonyms=_names("類別 一級指標 category group"),
    ),
    Column("point_number", "要點序號", 9, _entered(lambda row: row.point_number), centred=True, default=False),
    Column(
        "point_lead", "上級牽頭單位", 12, lambda row, words: listed(row.point_lead, words), grows=True, default=False
    ),
    Column(
        "point_others",
        "上級責任單位",
        12,
        lambda row, words: listed(row.point_others, words),
        grows=True,
        default=False,
    ),
    Column(
        "person",
        "責任人",
        8,
        _entered(lambda row: row.person),
        centred=True,
        default=False,
        synonyms=_names("具體責任人 經辦人"),
    ),
    Column(
        "contact",
        "聯繫人",
        10,
        _entered(lambda row: row.contact),
        centred=True,
        default=False,
        synonyms=_names("聯絡員 聯繫人及電話"),
    ),
    Column(
        "target",
        "目標",
        12,
        _entered(lambda row: row.target),
        grows=True,
        default=False,
        synonyms=_names("任務目標 目標要求 年度目標"),
    ),
    Column(
        "task_state",
        "任務狀態",
        9,
        lambda row, words: words.fixed(row.task_state.label),
        centred=True,
        default=False,
        editable=True,
        synonyms=_names("狀態 是否辦結 完成狀態"),
    ),
    Column(
        "report_state",
        "報送狀態",
        9,
        lambda row, words: words.fixed(row.report_state.label),
        centred=True,
        default=False,
    ),
    Column("light", "燈", 7, light, centred=True, default=False),
    Column(
        "plan", "計劃", 14, _entered(lambda row: row.plan), grows=True, default=False, synonyms=_names("所屬計劃 來源")
    ),
)
# An office may call a column by its key, by its heading, or by a heading it is used to; the first two win.
_BY_NAME = {fold(name): column for column in reversed(COLUMNS) for name in column.synonyms}
_BY_NAME |= {fold(name): column for column in COLUMNS for name in (column.key, column.title)}


def chosen(keys: Sequence[str] | None = None) -> list[Column]:
    """Return the columns of these keys (or headings) in this order; without any, the default ones.

    Raises :class:`Refused` for a name that is no column's.
    """
    names = [key for key in keys or () if key.strip()]
    unknown = [name for name in names if fold(name) not in _BY_NAME]
    if unknown:
        raise Refused(
            "臺賬沒有「{names}」這個欄目。可選：{known}。",
            names="、".join(unknown),
            known="、".join(column.title for column in COLUMNS),
        )
    if not names:
        return [column for column in COLUMNS if column.default]
    return list({column.key: column for column in (_BY_NAME[fold(name)] for name in names)}.values())
