"""What people heard, saw and judged, their plans for gaps, and levels of maturity; these rows are only added to."""

import sqlalchemy as sa
from alembic import op

from audit.records.migrations.rows import make

revision = "0004_answers"
down_revision = "0003_erasures"


def upgrade() -> None:
    make_named(
        "answers",
        sa.Column("evidence_id", sa.Text, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("answered_on", sa.Date, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
    )
    make_named(
        "gaps",
        sa.Column("requirement_id", sa.Text, nullable=False),
        sa.Column("effort", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("note", sa.Text, nullable=False),
    )
    make_named(
        "maturity",
        sa.Column("clause", sa.Text, nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
    )


def make_named(table: str, named: "sa.Column[str]", *more: sa.schema.SchemaItem) -> None:
    """The rows can be found by the first column."""
    make(table, named, *more)
    op.create_index(f"ix_{table}_{named.name}", table, [named.name])
