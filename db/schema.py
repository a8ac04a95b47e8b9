"""The version of the schema: creating it, and moving an older file forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.engine import VERSION_TABLE
from db.errors import DatabaseDamaged, DatabaseNewer
from db.shipped import migrations_folder

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

HEAD = "0004"  # a test holds it against the migration scripts, so that opening need not import Alembic


def stored_version(engine: Engine) -> str | None:
    """Return the file's schema version; None where it holds no schema of ours yet."""
    from sqlalchemy import column, inspect, select, table  # late import of the ORM

    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        if VERSION_TABLE not in names:
            if names:
                raise DatabaseDamaged("這個數據庫文件不是由政務臺賬建立的。文件沒有改動。請選擇別的文件。")
            return None
        return connection.execute(select(column("version_num")).select_from(table(VERSION_TABLE))).scalar()


def refuse_newer(version: str | None) -> None:
    """Raise :class:`DatabaseNewer` where the version is none this program knows."""
    if version is not None and version not in known_versions():
        raise DatabaseNewer(
            "這個數據庫由較新版本的程序保存（版本 {version}），本程序只認到 {head}。文件沒有改動。請先升級程序。",
            version=version,
            head=HEAD,
        )


def known_versions() -> set[str]:
    """Return the versions of all migration scripts, read off their file names (``0001_what.py``)."""
    folder = migrations_folder() / "versions"
    return {path.name.split("_")[0] for path in folder.glob("[0-9]*_*.py")} | {HEAD}


def migrate(engine: Engine) -> None:
    """Bring the schema to :data:`HEAD` in one transaction."""
    from alembic import command  # 0.2 s that an up-to-date file need not pay

    with engine.execution_options(writes=True).begin() as connection:
        command.upgrade(_config(connection), HEAD)


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    config.attributes["connection"] = connection
    return config
