"""Who signed what, who looked through the trail, and a quick way to the entries of one object."""

import sqlalchemy as sa
from alembic import op

from audit.records.migrations.rows import make

revision = "0010_signatures"
down_revision = "0009_reviews"


def upgrade() -> None:
    make(
        "signatures",
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("what_id", sa.Text, nullable=False),
        sa.Column("meaning", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("verified", sa.Boolean, nullable=False),
        sa.Column("authenticated_at", sa.DateTime(timezone=True)),
        sa.Column("independent", sa.Boolean, nullable=False),
    )
    op.create_index("ix_signatures_what_id", "signatures", ["what_id"])
    make(
        "trail_reviews",
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("damage", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("ix_trail_object_object_id", "trail", ["object", "object_id"])
