"""Alembic's entry: runs the scripts on the connection it is handed, inside that connection's transaction."""

from alembic import context

from db.models import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, transactional_ddl=False
)
context.run_migrations()
