"""What a document belongs to, when it grows old, who asked for it and who has read it."""

import sqlalchemy as sa
from alembic import op

from audit.records.migrations.rows import make, make_versioned

revision = "0006_documents"
down_revision = "0005_people"


def upgrade() -> None:
    for name in ("link", "file_type", "approval"):
        op.add_column("documents", sa.Column(name, sa.Text))
    op.add_column("documents", sa.Column("review_every", sa.Integer))
    for name in ("expires_on", "retain_until"):
        op.add_column("documents", sa.Column(name, sa.Date))
    op.add_column("documents", sa.Column("requirements", sa.JSON))
    make_versioned(
        "document_requests",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("requirements", sa.JSON, nullable=False),
        sa.Column("asked_of", sa.Text, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    make(
        "readings",
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_index("ix_readings_document", "readings", ["document"])
