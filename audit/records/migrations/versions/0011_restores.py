"""When an older state of the records took the place of a newer one, knowingly."""

import sqlalchemy as sa

from audit.records.migrations.rows import make

revision = "0011_restores"
down_revision = "0010_signatures"


def upgrade() -> None:
    make(
        "restores",
        sa.Column("backup", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("head", sa.Integer, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
    )
