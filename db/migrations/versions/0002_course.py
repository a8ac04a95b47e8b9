"""The year's course: steps of assignments, evidence, drafts, corrected notices."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document_revision",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["source_document.id"], name=op.f("fk_document_revision_document_id_source_document")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["source_document.id"], name=op.f("fk_document_revision_replaces_id_source_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_revision")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_document_revision_document_id"), "document_revision", ["document_id"], unique=False)
    op.create_index(op.f("ix_document_revision_replaces_id"), "document_revision", ["replaces_id"], unique=False)
    op.create_table(
        "course_step",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "added",
                "withdrawn",
                "resumed",
                "merged",
                "handed_over",
                "carried_over",
                "reformed",
                name="coursekind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("from_unit_id", sa.Integer(), nullable=True),
        sa.Column("to_unit_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_course_step_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(["from_unit_id"], ["unit.id"], name=op.f("fk_course_step_from_unit_id_unit")),
        sa.ForeignKeyConstraint(["other_id"], ["assignment.id"], name=op.f("fk_course_step_other_id_assignment")),
        sa.ForeignKeyConstraint(["to_unit_id"], ["unit.id"], name=op.f("fk_course_step_to_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_step")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_course_step_assignment_id"), "course_step", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_course_step_from_unit_id"), "course_step", ["from_unit_id"], unique=False)
    op.create_index(op.f("ix_course_step_other_id"), "course_step", ["other_id"], unique=False)
    op.create_index(op.f("ix_course_step_to_unit_id"), "course_step", ["to_unit_id"], unique=False)
    op.create_table(
        "entry_draft",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_entry_draft_assignment_id_assignment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_draft")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_entry_draft_assignment_id"), "entry_draft", ["assignment_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["progress_entry.id"], name=op.f("fk_evidence_entry_id_progress_entry")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_evidence_file_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_evidence_entry_id"), "evidence", ["entry_id"], unique=False)
    op.create_index(op.f("ix_evidence_file_id"), "evidence", ["file_id"], unique=False)
    op.add_column("work_point", sa.Column("dropped", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    raise NotImplementedError
