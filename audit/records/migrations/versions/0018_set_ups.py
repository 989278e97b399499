"""What the organisation is audited against, each time that somebody chooses it."""

import sqlalchemy as sa

from audit.records.migrations.rows import make

revision = "0018_set_ups"
down_revision = "0017_replaced_rows"


def upgrade() -> None:
    make(
        "set_ups",
        sa.Column("edition", sa.Text, nullable=False),
        sa.Column("packs", sa.JSON, nullable=False),
    )
