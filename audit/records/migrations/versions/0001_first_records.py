"""Loads, documents, criteria, decisions and the trail; none of their rows can be changed or deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0001_first_records"
down_revision = None

TABLES = ("trail", "loads", "documents", "criteria", "decisions")


def upgrade() -> None:
    op.create_table(
        "trail",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("object", sa.Text, nullable=False),
        sa.Column("object_id", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_trail"),
        sa.UniqueConstraint("previous", name="uq_trail_previous"),
    )
    op.create_table(
        "loads",
        *kept("loads"),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("mapping", sa.Text, nullable=False),
        sa.Column("lines", sa.Integer, nullable=False),
        sa.Column("loaded", sa.Integer, nullable=False),
        sa.Column("rejected", sa.Integer, nullable=False),
        sa.Column("blank", sa.Integer, nullable=False),
        sa.Column("physical_lines", sa.Integer, nullable=False),
        sa.Column("published", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("delivered", sa.JSON, nullable=False),
        sa.Column("ignored", sa.JSON, nullable=False),
        sa.Column("months", sa.JSON, nullable=False),
        sa.Column("gate", sa.JSON, nullable=False),
        sa.Column("rejects", sa.Text, nullable=False),
    )
    op.create_index("ix_loads_id", "loads", ["id"])
    op.create_table(
        "documents",
        *kept("documents"),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("approved_by", sa.Text, nullable=False),
        sa.Column("approved_on", sa.Date),
        sa.Column("reviewed_on", sa.Date),
        sa.Column("covers_from", sa.Date),
        sa.Column("covers_to", sa.Date),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("size", sa.Integer),
        sa.UniqueConstraint("id", "revision", name="uq_documents_id_revision"),
    )
    op.create_table(
        "criteria",
        *kept("criteria"),
        sa.Column("evidence_id", sa.Text, nullable=False),
        sa.Column("limits", sa.JSON, nullable=False),
    )
    op.create_index("ix_criteria_evidence_id", "criteria", ["evidence_id"])
    op.create_table(
        "decisions",
        *kept("decisions"),
        sa.Column("requirement_id", sa.Text, nullable=False),
        sa.Column("run", sa.Text, nullable=False),
        sa.Column("proposed", sa.Text, nullable=False),
        sa.Column("concluded", sa.Text, nullable=False),
    )
    op.create_index("ix_decisions_requirement_id", "decisions", ["requirement_id"])
    forbid_changes()


def kept(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint, sa.ForeignKeyConstraint]:
    return (
        sa.Column("seq", sa.Integer, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("seq", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["seq"], ["trail.seq"], name=f"fk_{table}_seq"),
    )


def forbid_changes() -> None:
    """The database itself refuses what the program never does, so that a slip is noticed at once."""
    dialect = op.get_bind().dialect.name
    if dialect == "postgresql":
        op.execute(
            "create function refuse_change() returns trigger language plpgsql as "
            "$$ begin raise exception 'records are only added to'; end $$"
        )
    for table in TABLES:
        for verb in ("update", "delete"):
            when = f"create trigger {table}_refuse_{verb} before {verb} on {table}"
            if dialect == "sqlite":
                op.execute(f"{when} begin select raise(abort, 'records are only added to'); end")
            elif dialect == "postgresql":
                op.execute(f"{when} for each row execute function refuse_change()")
