"""What happened on a day and may explain a figure."""

import sqlalchemy as sa

from audit.records.migrations.rows import make_versioned

revision = "0013_events"
down_revision = "0012_many_lines"


def upgrade() -> None:
    make_versioned(
        "events",
        sa.Column("day", sa.Date, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("words", "kpi", "by", "group")),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in ("baseline", "withdrawn")),
    )
