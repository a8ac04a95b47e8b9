"""What ``taizhang check`` looks at: the file's integrity, the chain of the audit trail, the data against it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from db import engine
from db.database import Database

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.images import Image

FEW = 20  # sentences about single rows; a file with more is to be restored, not mended by reading


def problems(database: Database) -> list[str]:
    """Return a sentence for each thing that is wrong; empty where all is well."""
    from db import vault
    from db.audit import chain_problems  # late import of the ORM
    from db.originals import damaged

    found = file_problems(database.path)
    with database.reading() as session:
        found.extend(chain_problems(session))
        found.extend(vault.problems(session))
        rows = [*row_problems(session), *damaged(session)]
    found.extend(rows[:FEW])
    if len(rows) > FEW:
        found.append(f"還有 {len(rows) - FEW} 處同類問題。")
    return found


def file_problems(path: Path) -> list[str]:
    """Return what the database's own checks say of the file."""
    return [f"數據庫文件：{line}" for line in engine.integrity_problems(path)]


def row_problems(session: Session) -> Iterator[str]:
    """Yield a sentence for each audited row that is not as the last recorded operation left it."""
    from sqlalchemy import select

    from db import images, labels

    recorded = _recorded(session)
    for table, row_type in sorted(images.row_types().items()):
        if not row_type.audited:
            continue
        wanted = recorded.pop(table, {})
        rows = select(row_type).order_by(row_type.id)
        if row_type.bulk:  # only what was changed on them afterwards is recorded
            rows = rows.where(row_type.id.in_(list(wanted)))
        for row in session.scalars(rows):
            image, expected = images.whole(row), wanted.pop(row.id, None)
            if expected is None:
                yield f"{labels.row(session, table, row.id)} 沒有經過程序就添加了。"
                continue
            wrong = [labels.field(table, key) for key, value in expected.items() if image.get(key) != value]
            if wrong:
                yield f"{labels.row(session, table, row.id)} 的{'、'.join(wrong)}沒有經過程序就改動了。"
        for gone in wanted:
            yield f"{labels.row(session, table, gone)} 沒有經過程序就不見了。"


def _recorded(session: Session) -> dict[str, dict[int, Image]]:
    """Return what every row must look like after all recorded operations, by table and id."""
    from sqlalchemy import select

    from db.models import AuditRow

    found: dict[str, dict[int, Image]] = {}
    query = select(AuditRow.table_name, AuditRow.row_id, AuditRow.before, AuditRow.after).order_by(AuditRow.id)
    for table, row_id, before, after in session.execute(query).yield_per(1000):
        rows = found.setdefault(table, {})
        if after is None:
            rows.pop(row_id, None)
        elif before is None:
            rows[row_id] = dict(after)
        else:
            rows.setdefault(row_id, {}).update(after)
    return found
