"""Subsidies from sheet to signed paper: places, policies, payments, postings, the key of private data, the calendar."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
        sa.UniqueConstraint("on", name=op.f("uq_calendar_day_on")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "payment_import",
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=True),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_import")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_payment_import_sha256"), "payment_import", ["sha256"], unique=False)
    op.create_index(
        "uq_payment_import_active",
        "payment_import",
        ["sha256", "sheet"],
        unique=True,
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    )
    op.create_table(
        "place",
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Enum("town", "village", name="placekind", native_enum=False, length=20), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("committee", sa.String(), nullable=False),
        sa.Column("telephone", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["place.id"], name=op.f("fk_place_parent_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_place_folded"), "place", ["folded"], unique=False)
    op.create_index(op.f("ix_place_parent_id"), "place", ["parent_id"], unique=False)
    op.create_table(
        "posting_run",
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("failures", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_run")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "subsidy_policy",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "profile", sa.Enum("plain", "strict", name="postingprofile", native_enum=False, length=20), nullable=False
        ),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_policy")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_subsidy_policy_folded"), "subsidy_policy", ["folded"], unique=False)
    op.create_table(
        "vault_key",
        sa.Column("kdf", sa.JSON(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("by_password", sa.LargeBinary(), nullable=False),
        sa.Column("by_recovery", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vault_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "payment",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("source_row", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("quantity", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("identity_mask", sa.String(length=30), nullable=False),
        sa.Column("identity_digest", sa.LargeBinary(), nullable=True),
        sa.Column("account_mask", sa.String(length=40), nullable=False),
        sa.Column("account_digest", sa.LargeBinary(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["payment_import.id"], name=op.f("fk_payment_import_id_payment_import")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_payment_place_id_place")),
        sa.ForeignKeyConstraint(["policy_id"], ["subsidy_policy.id"], name=op.f("fk_payment_policy_id_subsidy_policy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_payment_identity_digest"), "payment", ["identity_digest"], unique=False)
    op.create_index(op.f("ix_payment_import_id"), "payment", ["import_id"], unique=False)
    op.create_index(
        "ix_payment_place_id_period_policy_id", "payment", ["place_id", "period", "policy_id"], unique=False
    )
    op.create_index(op.f("ix_payment_policy_id"), "payment", ["policy_id"], unique=False)
    op.create_table(
        "policy_version",
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("recipients", sa.String(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("standard_national", sa.String(), nullable=False),
        sa.Column("standard_province", sa.String(), nullable=False),
        sa.Column("standard_city", sa.String(), nullable=False),
        sa.Column("standard_county", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("payment_method", sa.String(), nullable=False),
        sa.Column("payment_time", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["subsidy_policy.id"], name=op.f("fk_policy_version_policy_id_subsidy_policy")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_version")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_policy_version_policy_id"), "policy_version", ["policy_id"], unique=False)
    op.create_table(
        "posting",
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=True),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column(
            "profile", sa.Enum("plain", "strict", name="postingprofile", native_enum=False, length=20), nullable=False
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("working_days", sa.Boolean(), nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("spot", sa.String(), nullable=False),
        sa.Column("due_down_on", sa.Date(), nullable=True),
        sa.Column("taken_down_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_posting_place_id_place")),
        sa.ForeignKeyConstraint(["policy_id"], ["subsidy_policy.id"], name=op.f("fk_posting_policy_id_subsidy_policy")),
        sa.ForeignKeyConstraint(["run_id"], ["posting_run.id"], name=op.f("fk_posting_run_id_posting_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_posting_place_id"), "posting", ["place_id"], unique=False)
    op.create_index(op.f("ix_posting_policy_id"), "posting", ["policy_id"], unique=False)
    op.create_index(op.f("ix_posting_run_id"), "posting", ["run_id"], unique=False)
    op.create_table(
        "policy_document",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("doc_no", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["policy_version.id"], name=op.f("fk_policy_document_version_id_policy_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_document")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_policy_document_version_id"), "policy_document", ["version_id"], unique=False)
    op.create_table(
        "policy_phone",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum("enquiry", "supervision", name="phonekind", native_enum=False, length=20), nullable=False
        ),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["policy_version.id"], name=op.f("fk_policy_phone_version_id_policy_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_phone")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_policy_phone_version_id"), "policy_phone", ["version_id"], unique=False)
    op.create_table(
        "posting_objection",
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("handling", sa.String(), nullable=False),
        sa.Column("handled_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_posting_objection_posting_id_posting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_objection")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_posting_objection_posting_id"), "posting_objection", ["posting_id"], unique=False)
    op.create_table(
        "posting_photo",
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_posting_photo_file_id_stored_file")),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_posting_photo_posting_id_posting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_photo")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_posting_photo_file_id"), "posting_photo", ["file_id"], unique=False)
    op.create_index(op.f("ix_posting_photo_posting_id"), "posting_photo", ["posting_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError
