"""The same program on PostgreSQL: its tables, its migrations and the queries of a clerk's day compile for it."""

from __future__ import annotations

import re
from io import StringIO

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import ClauseElement, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from db import assignments, check, ledger, plans, progress, reports, search, settings, units
from db.database import Database
from db.models import Base
from db.shipped import migrations_folder
from db.undo import history, undo
from tests.db import worlds


def test_the_schema_compiles_for_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in Base.metadata.sorted_tables:
        made = str(CreateTable(table).compile(dialect=dialect))
        assert "AUTOINCREMENT" not in made
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))


def test_the_migrations_compile_for_postgresql() -> None:
    scripts = ScriptDirectory(str(migrations_folder()))
    printed = StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": printed, "target_metadata": Base.metadata}
    )
    with Operations.context(context):
        for script in reversed(list(scripts.walk_revisions())):
            script.module.upgrade()
    created = set(re.findall(r'CREATE TABLE "?(\w+)', printed.getvalue()))
    assert created == set(Base.metadata.tables)


def test_the_queries_of_a_day_compile_for_postgresql(database: Database) -> None:
    asked: list[ClauseElement] = []

    def note(_connection: object, statement: object, *_: object) -> None:
        if isinstance(statement, ClauseElement):
            asked.append(statement)

    event.listen(database.engine, "before_execute", note)
    tasks = worlds.divided(database)
    code = worlds.codes(database)[0]
    entry = progress.add(database, code=code, report=progress.Report(period="2022-06", percent=4))
    assignments.set_others(database, ids=tasks[:1], units=[1, 2])
    undo(database, batch=entry.batch or 0)
    settings.set_office(database, values={"county": "清江縣"})
    with database.reading() as session:
        ledger.read(session)
        plans.listed(session)
        units.listed(session)
        history(session)
        progress.listed(session)
        reports.unreported(session, period="2022-06")
        session.execute(search.scan(["政務"]))
        list(check.row_problems(session))
    assert len(asked) > 100
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for statement in asked:
        assert str(statement.compile(dialect=dialect))
