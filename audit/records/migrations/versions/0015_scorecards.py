"""Scorecards: weighted indicators with levels."""

import sqlalchemy as sa

from audit.records.migrations.rows import make_versioned

revision = "0015_scorecards"
down_revision = "0014_objectives"


def upgrade() -> None:
    make_versioned(
        "scorecards",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("title", "department", "owner", "grain")),
        *(sa.Column(name, sa.JSON, nullable=False) for name in ("indicators", "bands")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("most_missing", "reviewed_every")),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("retired_on", sa.Date),
    )
