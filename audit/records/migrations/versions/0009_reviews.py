"""What management decided, and what was improved because customers said so."""

import sqlalchemy as sa

from audit.records.migrations.rows import make_versioned

revision = "0009_reviews"
down_revision = "0008_findings"


def upgrade() -> None:
    make_versioned(
        "reviews",
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("period_from", sa.Date, nullable=False),
        sa.Column("period_to", sa.Date, nullable=False),
        sa.Column("attendees", sa.Text, nullable=False),
        sa.Column("run", sa.Text, nullable=False),
        sa.Column("inputs", sa.JSON, nullable=False),
    )
    make_versioned(
        "review_decisions",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("review", "input", "kind", "what", "owner")),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("done_on", sa.Date),
    )
    make_versioned(
        "improvements",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("said", "source", "reference", "by", "group", "did")),
        sa.Column("done_on", sa.Date),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("told_on", sa.Date),
        sa.Column("told_how", sa.Text, nullable=False),
    )
