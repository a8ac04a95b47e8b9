"""The closed word lists of the field: each value, its label and its order stand here once."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A stored value with the word a clerk reads."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make a member from its stored value and its label."""
        term = str.__new__(cls, value)
        term._value_ = value
        term.label = label
        return term


class DeadlineKind(Term):
    """What a deadline's wording means for supervision (完成時限的性質)."""

    FIXED = "fixed", "定期限"
    RECURRING = "recurring", "週期"
    CONTINUOUS = "continuous", "持續"
    NONE = "none", "無期限"


class UnitRole(Term):
    """The part a unit has in a work point or an assignment."""

    LEAD = "lead", "牽頭單位"
    CO = "co", "責任單位"
    GROUP = "group", "集合名稱"


class UnitLevel(Term):
    """The level of government a unit belongs to (層級)."""

    NATIONAL = "national", "國家"
    PROVINCE = "province", "省"
    CITY = "city", "市州"
    COUNTY = "county", "縣"
    TOWN = "town", "鄉鎮"
    OTHER = "other", "其他"


class TaskState(Term):
    """State of the task itself (任務狀態), the first of the two axes."""

    NOT_STARTED = "not_started", "未開始"
    IN_PROGRESS = "in_progress", "進行中"
    DONE = "done", "已完成"
    WITHDRAWN = "withdrawn", "已撤銷"


class ReportState(Term):
    """State of the task's report for the running period (報送狀態), the second axis."""

    NOT_DUE = "not_due", "未到期"
    MISSING = "missing", "未報"
    REPORTED = "reported", "已報"
    RETURNED = "returned", "退回補正"


class Light(Term):
    """What a row's light says (燈), the most pressing first to last: see ``db.lights``."""

    LATE = "late", "逾期"
    DUE = "due", "臨期"
    OPEN = "open", "正常"
    UNDATED = "undated", "無期限"
    NO_LEAD = "no_lead", "待定"
    PROPOSED = "proposed", "擬辦"
    DONE = "done", "完成"
    WITHDRAWN = "withdrawn", "撤銷"


class DueWindow(Term):
    """A stretch of time in which an open task is due (時限窗口)."""

    TODAY = "today", "今天到期"
    WEEK = "week", "本週到期"
    MONTH = "month", "本月到期"
    LATE = "late", "逾期"
    UNDATED = "undated", "無期限"


class Grouping(Term):
    """By what the rows of a view stand together (分組)."""

    NONE = "none", "不分組"
    SECTION = "section", "按章節"
    UNIT = "unit", "按牽頭單位"
    LEADER = "leader", "按分管領導"


class MarkKind(Term):
    """What a passage attached to a work point is."""

    CLAUSE = "clause", "責任條款"
    CITED = "cited", "引用文號"
    DUTY = "duty", "頻次要求"
    REVIEW = "review", "待核"


class CourseKind(Term):
    """A step in the course of an assignment through the year (年中變動)."""

    ADDED = "added", "臨時交辦"
    WITHDRAWN = "withdrawn", "撤銷"
    RESUMED = "resumed", "恢復"
    MERGED = "merged", "併入"
    HANDED_OVER = "handed_over", "移交"
    CARRIED_OVER = "carried_over", "結轉"
    REFORMED = "reformed", "機構改革"
    SENT_BACK = "sent_back", "退回補正"


class ReturnState(Term):
    """What a file that came back turned out to be (收回狀態)."""

    RECOGNISED = "recognised", "可合併"
    FOREIGN = "foreign", "外來表"
    DUPLICATE = "duplicate", "重複"
    SUPERSEDED = "superseded", "較舊版本"
    OTHER_YEAR = "other_year", "其他年度"
    OTHER_UNIT = "other_unit", "其他單位"
    PASSWORDED = "passworded", "有密碼"
    DAMAGED = "damaged", "打不開"


class Verdict(Term):
    """What the three-way comparison says of a returned cell (取捨)."""

    UNCHANGED = "unchanged", "未改"
    TAKEN = "taken", "採納"
    KEPT = "kept", "保留"
    SAME = "same", "相同"
    CONFLICT = "conflict", "衝突"
    INVALID = "invalid", "無效"
    PROPOSAL = "proposal", "提議"


class ReformKind(Term):
    """A step of an institutional reform (機構改革)."""

    RENAME = "rename", "更名"
    MERGE = "merge", "併入"


class HitKind(Term):
    """What search (查找) finds, in the order in which equally good hits stand."""

    UNIT = "unit", "單位"
    ASSIGNMENT = "assignment", "任務"
    POINT = "point", "要點"
    DOCUMENT = "document", "文件"
    ENTRY = "entry", "進展"
    POLICY = "policy", "補貼"


class PlaceKind(Term):
    """A place in the tree of towns and villages (區劃)."""

    TOWN = "town", "鄉鎮"
    VILLAGE = "village", "村"


class PhoneKind(Term):
    """What a policy's hotline is for; the two are different items of the catalogue."""

    ENQUIRY = "enquiry", "政策解答電話"
    SUPERVISION = "supervision", "監督電話"


class PolicyVerdict(Term):
    """What a line of an incoming list of policies would do (導入結果)."""

    NEW = "new", "新增"
    CHANGED = "changed", "有改動"
    SAME = "same", "相同"
    ASKED = "asked", "重名待定"
    REPEATED = "repeated", "表內重複"


class PostingProfile(Term):
    """How much of a person a posting may show (公示方式).

    The strict one is for aid that itself tells something private: 低保, disability, illness, children.
    """

    PLAIN = "plain", "一般"
    STRICT = "strict", "從嚴"


class PostingState(Term):
    """How far a posting is (公示狀態): follows from its dates."""

    MADE = "made", "已製作"
    POSTED = "posted", "公示中"
    DUE_DOWN = "due_down", "到期待撤"
    TAKEN_DOWN = "taken_down", "已撤下"


class PrivateKind(Term):
    """What kind of private thing stands in a text or a file (隱私信息)."""

    IDENTITY = "identity", "身份證號碼"
    ACCOUNT = "account", "銀行賬號"
    SOCIAL = "social", "社保卡號"
    MOBILE = "mobile", "手機號碼"
    LANDLINE = "landline", "固定電話"
    ADDRESS = "address", "詳細地址"
    KNOWN = "known", "名冊中的原號碼"
    UNREAD = "unread", "無法檢查的內容"
