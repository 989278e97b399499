"""What the organisation assumes where its data cannot tell."""

import sqlalchemy as sa

from audit.records.migrations.rows import make_versioned

revision = "0016_assumptions"
down_revision = "0015_scorecards"


def upgrade() -> None:
    make_versioned(
        "assumptions",
        sa.Column("value", sa.Double),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("owner", "source")),
    )
