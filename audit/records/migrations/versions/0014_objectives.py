"""Quality objectives, with targets that change over time."""

import sqlalchemy as sa

from audit.records.migrations.rows import make_versioned

revision = "0014_objectives"
down_revision = "0013_events"


def upgrade() -> None:
    make_versioned(
        "objectives",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("title", "kpi", "by", "group", "grain")),
        sa.Column("targets", sa.JSON, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("owner", "why")),
        sa.Column("retired_on", sa.Date),
    )
