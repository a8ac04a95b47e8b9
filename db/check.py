"""What ``taizhang check`` looks at: the file's integrity and the chain of the audit trail."""

from __future__ import annotations

from pathlib import Path

from db import engine
from db.database import Database


def problems(database: Database) -> list[str]:
    """Return a sentence for each thing that is wrong; empty where all is well."""
    from db.audit import chain_problems  # late import of the ORM

    found = file_problems(database.path)
    with database.reading() as session:
        found.extend(chain_problems(session))
    return found


def file_problems(path: Path) -> list[str]:
    """Return what the database's own checks say of the file."""
    return [f"數據庫文件：{line}" for line in engine.integrity_problems(path)]
