"""Persons who were erased, by pseudonym; these rows, too, cannot be changed or deleted."""

import sqlalchemy as sa

from audit.records.migrations.rows import make

revision = "0003_erasures"
down_revision = "0002_refused_loads"


def upgrade() -> None:
    make(
        "erasures",
        sa.Column("pseudonym", sa.Text, nullable=False),
        sa.Column("rows", sa.JSON, nullable=False),
        sa.Column("changed", sa.JSON, nullable=False),
        sa.Column("kept", sa.JSON, nullable=False),
    )
