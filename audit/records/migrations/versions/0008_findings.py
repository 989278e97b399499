"""Findings, corrective actions, and the reviews of their effectiveness."""

import sqlalchemy as sa
from alembic import op

from audit.records.migrations.rows import make, make_versioned

revision = "0008_findings"
down_revision = "0007_audits"


def upgrade() -> None:
    make_versioned(
        "findings",
        *_texts("audit", "clause", "requirement_id", "run", "criterion"),
        sa.Column("evidence", sa.JSON, nullable=False),
        *_texts("statement"),
        *(sa.Column(name, sa.Integer) for name in ("found", "sampled", "population")),
        *_texts("consequence"),
        sa.Column("answers", sa.JSON, nullable=False),
        *_texts("proposed", "grade", "grade_reason", "owner"),
        sa.Column("due_on", sa.Date),
        sa.Column("repeats", sa.JSON, nullable=False),
        *_texts("correction"),
        sa.Column("corrected_on", sa.Date),
        *_texts("cause_method"),
        sa.Column("cause", sa.JSON, nullable=False),
        *_texts("look_across", "status"),
        sa.Column("independent", sa.Boolean),
        *_texts("raised_by"),
        sa.Column("raised_on", sa.Date, nullable=False),
    )
    make_versioned(
        "actions",
        *_texts("finding", "decision", "what", "owner"),
        sa.Column("due_on", sa.Date),
        *_texts("kpi", "by", "group"),
        sa.Column("expected_on", sa.Date),
        *_texts("status"),
        sa.Column("done_on", sa.Date),
        sa.Column("evidence", sa.JSON, nullable=False),
    )
    make(
        "effectiveness",
        *_texts("subject", "proposed", "concluded", "sentence", "run"),
        sa.Column("independent", sa.Boolean, nullable=False),
    )
    op.create_index("ix_effectiveness_subject", "effectiveness", ["subject"])


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
