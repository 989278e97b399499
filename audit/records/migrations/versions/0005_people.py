"""Who acted in which role, who may do what, who is signed in, and what was typed and not kept yet."""

import sqlalchemy as sa
from alembic import op

from audit.records.migrations.rows import make_versioned

revision = "0005_people"
down_revision = "0004_answers"


def upgrade() -> None:
    for column in ("role", "identity", "key"):
        op.add_column("trail", sa.Column(column, sa.Text))
    op.create_index("ix_trail_key", "trail", ["key"], unique=True)
    make_versioned(
        "people",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("audit", sa.Text, nullable=False),
        sa.Column("until", sa.Date),
    )
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("identity", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_why", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_ins"),
    )
    op.create_table(
        "drafts",
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("typed", sa.JSON, nullable=False),
        sa.Column("seen", sa.Integer),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("owner", "form", name="pk_drafts"),
    )
