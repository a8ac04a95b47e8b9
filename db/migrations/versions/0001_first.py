"""The first schema: documents, plans, units, assignments, reports, audit."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "batch",
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("operation", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["undoes_id"], ["batch.id"], name=op.f("fk_batch_undoes_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_batch_undoes_id"), "batch", ["undoes_id"], unique=False)
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("name", name=op.f("uq_setting_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "stored_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("sha256", name=op.f("uq_stored_file_sha256")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "unit",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "national",
                "province",
                "city",
                "county",
                "town",
                "other",
                name="unitlevel",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("leader", sa.String(), nullable=False),
        sa.Column("telephone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("folded", name=op.f("uq_unit_folded")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit_row",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_audit_row_batch_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_row")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_audit_row_batch_id"), "audit_row", ["batch_id"], unique=False)
    op.create_table(
        "counterpart",
        sa.Column("superior_id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["county_id"], ["unit.id"], name=op.f("fk_counterpart_county_id_unit")),
        sa.ForeignKeyConstraint(["superior_id"], ["unit.id"], name=op.f("fk_counterpart_superior_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counterpart")),
        sa.UniqueConstraint("superior_id", "position", name=op.f("uq_counterpart_superior_id_position")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_counterpart_county_id"), "counterpart", ["county_id"], unique=False)
    op.create_index(op.f("ix_counterpart_superior_id"), "counterpart", ["superior_id"], unique=False)
    op.create_table(
        "source_document",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("doc_no", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("secrecy", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_source_document_file_id_stored_file")),
        sa.ForeignKeyConstraint(["text_id"], ["stored_file.id"], name=op.f("fk_source_document_text_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_document")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_source_document_file_id"), "source_document", ["file_id"], unique=False)
    op.create_index(op.f("ix_source_document_text_id"), "source_document", ["text_id"], unique=False)
    op.create_table(
        "unit_alias",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_alias_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_alias")),
        sa.UniqueConstraint("folded", name=op.f("uq_unit_alias_folded")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_unit_alias_unit_id"), "unit_alias", ["unit_id"], unique=False)
    op.create_table(
        "unit_contact",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("telephone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_contact_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_contact")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_unit_contact_unit_id"), "unit_contact", ["unit_id"], unique=False)
    op.create_table(
        "unit_reform",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Enum("rename", "merge", name="reformkind", native_enum=False, length=20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("old_name", sa.String(), nullable=False),
        sa.Column("new_name", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["into_id"], ["unit.id"], name=op.f("fk_unit_reform_into_id_unit")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_reform_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_reform")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_unit_reform_into_id"), "unit_reform", ["into_id"], unique=False)
    op.create_index(op.f("ix_unit_reform_unit_id"), "unit_reform", ["unit_id"], unique=False)
    op.create_table(
        "plan",
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["source_document.id"], name=op.f("fk_plan_document_id_source_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("year", "mark", name=op.f("uq_plan_year_mark")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_plan_document_id"), "plan", ["document_id"], unique=False)
    op.create_table(
        "section",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_section_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_section_plan_id"), "section", ["plan_id"], unique=False)
    op.create_table(
        "standing_unit",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_standing_unit_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_unit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_standing_unit_plan_id"), "standing_unit", ["plan_id"], unique=False)
    op.create_table(
        "work_point",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by_duty", sa.Boolean(), nullable=False),
        sa.Column("source_start", sa.Integer(), nullable=False),
        sa.Column("source_end", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_work_point_plan_id_plan")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_work_point_section_id_section")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_point")),
        sa.UniqueConstraint("plan_id", "ordinal", name=op.f("uq_work_point_plan_id_ordinal")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_work_point_plan_id"), "work_point", ["plan_id"], unique=False)
    op.create_index(op.f("ix_work_point_section_id"), "work_point", ["section_id"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("lead_reason", sa.String(), nullable=False),
        sa.Column("leader", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("deadline_text", sa.String(), nullable=False),
        sa.Column("deadline_on", sa.Date(), nullable=True),
        sa.Column(
            "deadline_kind",
            sa.Enum("fixed", "recurring", "continuous", "none", name="deadlinekind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column(
            "task_state",
            sa.Enum("not_started", "in_progress", "done", "withdrawn", name="taskstate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column(
            "report_state",
            sa.Enum("not_due", "missing", "reported", "returned", name="reportstate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["unit.id"], name=op.f("fk_assignment_lead_id_unit")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_assignment_plan_id_plan")),
        sa.ForeignKeyConstraint(["point_id"], ["work_point.id"], name=op.f("fk_assignment_point_id_work_point")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("code", name=op.f("uq_assignment_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_assignment_lead_id"), "assignment", ["lead_id"], unique=False)
    op.create_index(op.f("ix_assignment_plan_id"), "assignment", ["plan_id"], unique=False)
    op.create_index(op.f("ix_assignment_point_id"), "assignment", ["point_id"], unique=False)
    op.create_table(
        "point_deadline",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("fixed", "recurring", "continuous", "none", name="deadlinekind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["work_point.id"], name=op.f("fk_point_deadline_point_id_work_point")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_deadline")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_point_deadline_point_id"), "point_deadline", ["point_id"], unique=False)
    op.create_table(
        "point_mark",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("clause", "cited", "duty", "review", name="markkind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["work_point.id"], name=op.f("fk_point_mark_point_id_work_point")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_mark")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_point_mark_point_id"), "point_mark", ["point_id"], unique=False)
    op.create_table(
        "point_unit",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "role", sa.Enum("lead", "co", "group", name="unitrole", native_enum=False, length=20), nullable=False
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["work_point.id"], name=op.f("fk_point_unit_point_id_work_point")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_unit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_point_unit_point_id"), "point_unit", ["point_id"], unique=False)
    op.create_table(
        "assignment_unit",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_assignment_unit_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_assignment_unit_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_unit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_assignment_unit_assignment_id"), "assignment_unit", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_assignment_unit_unit_id"), "assignment_unit", ["unit_id"], unique=False)
    op.create_table(
        "progress_entry",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("not_started", "in_progress", "done", "withdrawn", name="taskstate", native_enum=False, length=20),
            nullable=True,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("next_step", sa.String(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_progress_entry_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_progress_entry_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_progress_entry_assignment_id"), "progress_entry", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_progress_entry_unit_id"), "progress_entry", ["unit_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError
