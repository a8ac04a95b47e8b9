"""The ledger that travels: dispatches, returned files, mappings of headings."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dispatch",
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch")),
        sa.UniqueConstraint("period", "number", name=op.f("uq_dispatch_period_number")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "heading_mapping",
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heading_mapping")),
        sa.UniqueConstraint("purpose", "fingerprint", name=op.f("uq_heading_mapping_purpose_fingerprint")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "dispatch_sheet",
        sa.Column("dispatch_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=24), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("sent_to", sa.String(), nullable=False),
        sa.Column("returned_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["dispatch_id"], ["dispatch.id"], name=op.f("fk_dispatch_sheet_dispatch_id_dispatch")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_dispatch_sheet_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch_sheet")),
        sa.UniqueConstraint("dispatch_id", "unit_id", name=op.f("uq_dispatch_sheet_dispatch_id_unit_id")),
        sa.UniqueConstraint("token", name=op.f("uq_dispatch_sheet_token")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_dispatch_sheet_dispatch_id"), "dispatch_sheet", ["dispatch_id"], unique=False)
    op.create_index(op.f("ix_dispatch_sheet_unit_id"), "dispatch_sheet", ["unit_id"], unique=False)
    op.create_table(
        "returned_file",
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "recognised",
                "foreign",
                "duplicate",
                "superseded",
                "other_year",
                "other_unit",
                "passworded",
                "damaged",
                name="returnstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_returned_file_file_id_stored_file")),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["dispatch_sheet.id"], name=op.f("fk_returned_file_sheet_id_dispatch_sheet")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_returned_file_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_file")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_returned_file_file_id"), "returned_file", ["file_id"], unique=False)
    op.create_index(op.f("ix_returned_file_sheet_id"), "returned_file", ["sheet_id"], unique=False)
    op.create_index(op.f("ix_returned_file_unit_id"), "returned_file", ["unit_id"], unique=False)
    op.create_table(
        "dispatch_row",
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "role", sa.Enum("lead", "co", "group", name="unitrole", native_enum=False, length=20), nullable=False
        ),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("sent", sa.JSON(), nullable=False),
        sa.Column("base", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_dispatch_row_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["dispatch_sheet.id"], name=op.f("fk_dispatch_row_sheet_id_dispatch_sheet")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch_row")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_dispatch_row_assignment_id"), "dispatch_row", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_dispatch_row_code"), "dispatch_row", ["code"], unique=False)
    op.create_index(op.f("ix_dispatch_row_sheet_id"), "dispatch_row", ["sheet_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError
