"""The clerk's words for tables and columns, declared once: what operations, undo and the check say of a row.

Names of units, plans and settings stand in 「」, so that whoever prints such a sentence can leave them in their script.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from db import images
from db.models import AuditRow, Base
from db.settings import LABELS as SETTINGS
from db.telephones import masked
from db.terms import Term

TABLES: Mapping[str, str] = {
    "assignment": "任務",
    "assignment_unit": "責任單位",
    "audit_row": "操作明細",
    "batch": "操作",
    "calendar_day": "節假日",
    "counterpart": "對口單位",
    "course_step": "年中變動",
    "dispatch": "分發",
    "dispatch_row": "分發表中的任務",
    "dispatch_sheet": "分發表",
    "document_revision": "更正文件",
    "entry_draft": "填報草稿",
    "evidence": "佐證材料",
    "heading_mapping": "表頭對應",
    "payment": "發放記錄",
    "payment_import": "發放表",
    "place": "區劃",
    "plan": "計劃",
    "point_deadline": "要點的時限",
    "point_mark": "要點的標記",
    "point_unit": "要點的單位",
    "policy_document": "文件依據",
    "policy_phone": "政策電話",
    "policy_version": "補貼政策版本",
    "posting": "公示",
    "posting_objection": "公示異議",
    "posting_photo": "公示照片",
    "posting_run": "批量公示",
    "progress_entry": "進展",
    "returned_file": "收回的文件",
    "section": "章節",
    "setting": "設置",
    "source_document": "通知",
    "standing_unit": "統一列明的責任單位",
    "stored_file": "原件",
    "subsidy_policy": "補貼政策",
    "unit": "單位",
    "unit_alias": "單位別名",
    "unit_contact": "聯繫人",
    "unit_reform": "機構改革",
    "vault_key": "密鑰",
    "work_point": "要點",
}

# A key means the same in most tables; where it does not, the table's own word goes before.
FIELDS: Mapping[str, str] = {
    "account_digest": "賬號比對碼",
    "account_mask": "賬號（遮蓋）",
    "active": "有效",
    "after": "修改後",
    "amount_fen": "金額（分）",
    "assignment_id": "任務",
    "at": "時間",
    "base": "發出時的底數",
    "basis": "依據",
    "batch_id": "操作",
    "before": "修改前",
    "began_on": "成立日期",
    "by_duty": "按職責分工",
    "by_password": "密碼所護密鑰",
    "by_recovery": "恢復碼所護密鑰",
    "category": "一級項目",
    "code": "編號",
    "columns": "欄目對應",
    "committee": "落款",
    "confirmed": "採納",
    "contact": "聯繫電話",
    "content": "內容",
    "county_id": "縣級單位",
    "date": "日期",
    "days": "公示天數",
    "deadline_kind": "時限性質",
    "deadline_on": "完成日期",
    "deadline_text": "完成時限",
    "department": "主管部門",
    "detail": "說明",
    "digest": "校驗碼",
    "dispatch_id": "分發",
    "doc_no": "文號",
    "document_id": "通知",
    "dropped": "已不在通知裏",
    "due_down_on": "應撤日期",
    "due_on": "截止日期",
    "duty": "職務",
    "email": "電子郵箱",
    "end": "終點",
    "ended_on": "撤銷日期",
    "entry_id": "進展",
    "failures": "未完成的村",
    "file_id": "文件",
    "file_name": "文件名",
    "files": "文件",
    "fingerprint": "表頭特徵",
    "finished_on": "完成日期",
    "folded": "比對名稱",
    "folder": "文件夾",
    "from_unit_id": "原單位",
    "group": "組",
    "handled_on": "處理日期",
    "handling": "處理情況",
    "id": "序號",
    "identity_digest": "身份證號比對碼",
    "identity_mask": "身份證號（遮蓋）",
    "import_id": "發放表",
    "imported_at": "導入時間",
    "into_id": "併入單位",
    "issued_on": "成文日期",
    "issuer": "發文機關",
    "kdf": "密鑰參數",
    "kind": "類別",
    "late": "逾期",
    "lead_id": "牽頭單位",
    "lead_reason": "牽頭待定的原因",
    "leader": "分管領導",
    "level": "層級",
    "made_at": "分發時間",
    "mark": "編號用字",
    "measure": "具體舉措",
    "name": "名稱",
    "new_name": "新名稱",
    "next_step": "下一步",
    "note": "備註",
    "number": "序號",
    "old_name": "原名稱",
    "on": "日期",
    "operation": "操作名",
    "operator": "操作人",
    "options": "選項",
    "ordinal": "編號中的序號",
    "other_id": "另一任務",
    "owner": "所屬單位",
    "paid_on": "發放日期",
    "parent_id": "上級區劃",
    "payment_method": "發放方式",
    "payment_time": "發放時間",
    "percent": "進度",
    "period": "報送期",
    "person": "責任人",
    "place_id": "村",
    "plan_id": "計劃",
    "point_id": "要點",
    "policy_id": "補貼政策",
    "position": "順序",
    "posted_on": "張貼日期",
    "posting_id": "公示",
    "problem": "存在問題",
    "procedure": "申領流程",
    "profile": "公示方式",
    "published_on": "發布日期",
    "purpose": "用途",
    "quantity": "數量",
    "raised_by": "提出人",
    "raised_on": "提出日期",
    "reason": "原因",
    "received_at": "收回時間",
    "recipients": "補貼對象",
    "replaces_id": "被更正的通知",
    "report": "核對結果",
    "report_state": "報送狀態",
    "returned_at": "收回時間",
    "role": "分工",
    "row_id": "行",
    "rows": "行數",
    "run_id": "批次",
    "salt": "鹽值",
    "saved_at": "保存時間",
    "sealed": "加密內容",
    "secrecy": "密級標識",
    "section_id": "章節",
    "sent": "發出的內容",
    "sent_at": "發出時間",
    "sent_to": "發往",
    "settled": "已核",
    "sha256": "校驗碼",
    "sheet": "工作表",
    "sheet_id": "分發表",
    "short_name": "簡稱",
    "size": "大小",
    "source": "來源",
    "source_end": "原文終點",
    "source_row": "表中行號",
    "source_start": "原文起點",
    "spot": "張貼地點",
    "standard": "補助標準",
    "standard_city": "市級標準",
    "standard_county": "縣級標準",
    "standard_national": "國家標準",
    "standard_province": "省級標準",
    "start": "起點",
    "state": "狀態",
    "superior_id": "上級單位",
    "table_name": "表",
    "taken_down_on": "撤下日期",
    "target": "目標",
    "task_state": "任務狀態",
    "telephone": "電話",
    "text": "文字",
    "text_id": "原文",
    "title": "標題",
    "to_unit_id": "新單位",
    "token": "識別碼",
    "total_fen": "表中合計（分）",
    "undoes_id": "所撤銷的操作",
    "unit": "單位",
    "unit_id": "單位",
    "until": "沿用至",
    "used_at": "使用時間",
    "valid_from": "執行起日",
    "valid_to": "執行止日",
    "value": "內容",
    "version_id": "政策版本",
    "working": "上班",
    "working_days": "按工作日",
    "year": "年度",
}
OWN_FIELDS: Mapping[tuple[str, str], str] = {
    ("payment", "name"): "姓名",
    ("payment", "standard"): "補貼標準",
    ("payment", "unit"): "計量單位",
    ("payment_import", "sealed"): "保留加密號碼",
    ("place", "kind"): "級別",
    ("policy_phone", "number"): "號碼",
    ("policy_version", "level"): "政策級次",
    ("policy_version", "purpose"): "資金用途",
    ("posting", "made_at"): "製作時間",
    ("posting_run", "made_at"): "製作時間",
    ("payment_import", "made_at"): "導入時間",
    ("vault_key", "made_at"): "設置時間",
    ("progress_entry", "text"): "進展情況",
    ("progress_entry", "state"): "任務狀態",
    ("unit", "telephone"): "辦公電話",
    ("unit_contact", "name"): "姓名",
    ("work_point", "text"): "要點全文",
}


def field(table: str, key: str) -> str:
    """Return the clerk's word for a column."""
    return OWN_FIELDS.get((table, key)) or FIELDS[key]


def value(session: Session, table: str, key: str, stored: Any) -> str:  # noqa: ANN401 - any column's value as JSON
    """Return a column's value as a clerk reads it."""
    if stored is None or stored == "":
        return "空"
    row_type = images.row_types()[table]
    target = _referred(row_type, key)
    if target is not None:
        return row(session, target, stored)
    decoded = images.decode(row_type, key, stored)
    if isinstance(decoded, bool):
        return "是" if decoded else "否"
    if isinstance(decoded, Term):
        return decoded.label
    if isinstance(decoded, int | date):
        return str(decoded)
    return f"「{masked(str(decoded))}」"


def _referred(row_type: type[Base], key: str) -> str | None:
    keys = inspect(row_type).column_attrs[key].columns[0].foreign_keys
    return next((str(one.column.table.name) for one in keys), None)


def row(session: Session, table: str, row_id: int) -> str:
    """Return what a clerk calls a row, also one that is gone: ``22-政16-07-2K``, ``單位「縣財政局」``."""
    row_type = images.row_types()[table]
    found = session.get(row_type, row_id)
    image = images.whole(found) if found is not None else last_image(session, table, row_id)
    if image is None:
        return f"第 {row_id} 號{TABLES[table]}"

    def other(key: str) -> str:
        target = _referred(row_type, key)
        return row(session, target, image[key]) if target and image[key] is not None else "（無）"

    return _NAMERS.get(table, partial(_by_title, table))(image, other)


def last_image(session: Session, table: str, row_id: int) -> images.Image | None:
    """Return the last complete image that the audit holds of a row, None where it never saw one."""
    complete = AuditRow.before.is_(None) | AuditRow.after.is_(None)
    query = select(AuditRow).where(AuditRow.table_name == table, AuditRow.row_id == row_id, complete)
    record = session.scalars(query.order_by(AuditRow.id.desc())).first()
    return (record.after or record.before) if record is not None else None


Other = Callable[[str], str]  # names the row that a column refers to


def _by_title(table: str, image: images.Image, _other: Other) -> str:
    return TABLES[table] + _called(image)


def _part(owner: str, word: str) -> Callable[[images.Image, Other], str]:
    """Return the namer of rows that belong to another: 單位「縣財政局」的聯繫人「張三」."""
    return lambda image, other: f"{other(owner)} 的{word}{_called(image)}"


def _called(image: images.Image) -> str:
    called = next((image[key] for key in ("name", "title", "text", "new_name") if image.get(key)), None)
    return f"「{_short(called)}」" if called else f"（第 {image['id']} 號）"


def _short(text: object) -> str:
    line = str(text).replace("\n", " ")
    return line if len(line) <= _LENGTH else line[: _LENGTH - 1] + "…"


_LENGTH = 24
_NAMERS: Mapping[str, Callable[[images.Image, Other], str]] = {
    "assignment": lambda image, _other: str(image["code"]),
    "assignment_unit": lambda _image, other: f"{other('assignment_id')} 的責任{other('unit_id')}",
    "calendar_day": lambda image, _other: f"{image['on']} 的節假日安排",
    "counterpart": lambda _image, other: f"{other('superior_id')}的對口{other('county_id')}",
    "course_step": lambda image, other: f"{other('assignment_id')} 的年中變動（{image['on']}）",
    "dispatch": lambda image, _other: f"{image['period']} 第 {image['number']} 次分發",
    "dispatch_row": lambda image, _other: f"分發表中的 {image['code']}",
    "dispatch_sheet": lambda _image, other: f"{other('dispatch_id')}中{other('unit_id')}的表",
    "document_revision": lambda _image, other: f"{other('replaces_id')}的更正",
    "evidence": _part("entry_id", "佐證材料"),
    "payment": lambda image, other: f"{other('import_id')}第 {image['source_row']} 行{_called(image)}",
    "payment_import": lambda image, _other: f"發放表「{_short(image['file_name'])}」",
    "point_deadline": _part("point_id", "時限"),
    "point_mark": _part("point_id", "標記"),
    "point_unit": _part("point_id", "單位"),
    "policy_document": _part("version_id", "文件依據"),
    "policy_phone": _part("version_id", "電話"),
    "policy_version": lambda image, other: f"{other('policy_id')} 自 {image['valid_from'] or '最初'} 起的版本",
    "posting_objection": _part("posting_id", "異議"),
    "posting_photo": _part("posting_id", "照片"),
    "posting_run": lambda image, _other: f"{image['period']} 批量公示",
    "progress_entry": lambda image, other: f"{other('assignment_id')} 的 {image['period']} 進展",
    "section": _part("plan_id", "章節"),
    "setting": lambda image, _other: f"設置「{SETTINGS.get(image['name'], image['name'])}」",
    "standing_unit": _part("plan_id", "統一責任單位"),
    "unit_alias": _part("unit_id", "別名"),
    "unit_contact": _part("unit_id", "聯繫人"),
    "unit_reform": _part("unit_id", "機構改革"),
    "vault_key": lambda _image, _other: "密鑰",
    "work_point": lambda image, _other: f"要點{image['number']}「{_short(image['text'])}」",
}
