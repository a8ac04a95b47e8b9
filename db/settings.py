"""Settings of the office (設置): declared once with their defaults, kept in the database."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.changes import Changes
from db.database import Database
from db.errors import Refused
from db.models import Setting


@dataclass(frozen=True, slots=True)
class Office:
    """What an office sets once.

    ``output_script`` is the script of the fixed words on paper: simplified as law asks of offices
    (國家通用語言文字法). ``convert_output`` also converts the data; else it leaves as it was entered.
    ``ledger_columns`` are column keys in printing order; empty means the program's default.
    ``mail_subject`` and ``mail_body`` are the texts of mail drafts; empty means the program's own template.
    Reports are due every ``report_months`` months (1, 3, 6 or 12), on day ``report_day`` of the last of them (1-31).
    """

    county: str = ""
    office_name: str = ""
    operators: list[str] = field(default_factory=list)
    output_script: str = "zh_Hans"
    convert_output: bool = False
    paper: str = "A3"
    ledger_columns: list[str] = field(default_factory=list)
    backup_folder: str = ""
    office_email: str = ""
    office_telephone: str = ""
    mail_subject: str = ""
    mail_body: str = ""
    report_months: int = 1
    report_day: int = 28


REPORT_MONTHS = (1, 3, 6, 12)
LAST_DAY = 31
LABELS = {
    "county": "縣（市、區）名稱",
    "office_name": "辦公室名稱",
    "operators": "操作人",
    "output_script": "輸出字形",
    "convert_output": "輸出時正文一併轉換",
    "paper": "臺賬紙張",
    "ledger_columns": "臺賬欄目",
    "backup_folder": "備份文件夾",
    "office_email": "辦公室郵箱",
    "office_telephone": "辦公室電話",
    "mail_subject": "分發郵件主題",
    "mail_body": "分發郵件正文",
    "report_months": "報送週期",
    "report_day": "報送截止日",
}


def office(session: Session) -> Office:
    """Return the office's settings; what was never set has its default."""
    known = {one.name for one in fields(Office)}
    stored = {row.name: row.value for row in session.scalars(select(Setting)) if row.name in known}
    return Office(**stored)


def _refuse_wrong(values: dict[str, Any]) -> None:
    if values.get("report_months", 1) not in REPORT_MONTHS:
        raise Refused("報送週期只能是每月、每季度、每半年或每年。")
    if not 1 <= values.get("report_day", 1) <= LAST_DAY:
        raise Refused("報送截止日應在 1 到 31 之間，不能是 {day}。", day=values["report_day"])


def set_office(database: Database, *, values: dict[str, Any]) -> Changes:
    """Change settings by name; raise ``ValueError`` for a name that is none, :class:`Refused` for a wrong value."""
    known = asdict(Office())
    unknown = set(values) - set(known)
    if unknown:
        message = f"no such settings: {sorted(unknown)}"
        raise ValueError(message)
    _refuse_wrong(values)
    with database.change("修改設置", operation="settings.set_office") as change:
        stored = {row.name: row for row in change.session.scalars(select(Setting))}
        now = asdict(office(change.session))
        changed = [name for name, value in values.items() if now[name] != value]
        change.title = f"修改設置：{'、'.join(LABELS[name] for name in changed)}"
        for name in changed:
            if name in stored:
                stored[name].value = values[name]
            else:
                change.session.add(Setting(name=name, value=values[name]))
    return change.changes
