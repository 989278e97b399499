"""Audit programmes and audits, and which audit a conclusion or an answer belongs to."""

import sqlalchemy as sa
from alembic import op

from audit.records.migrations.rows import make_versioned

revision = "0007_audits"
down_revision = "0006_documents"


def upgrade() -> None:
    make_versioned(
        "programmes",
        *texts("title", "objectives"),
        *period(),
        *texts("risks", "opportunities", "responsible"),
        *lists("planned"),
    )
    make_versioned(
        "audits",
        *texts("programme", "title", "objectives", "scope", "edition"),
        *lists("packs"),
        *period(),
        *texts("lead"),
        *lists("auditors", "plan"),
        *texts("state", "previous", "run"),
        *lists("asked", "changed", "doubts", "left_open"),
    )
    for table in ("decisions", "answers"):
        op.add_column(table, sa.Column("audit", sa.Text))


def texts(*names: str) -> list["sa.Column[str]"]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def lists(*names: str) -> list["sa.Column[object]"]:
    return [sa.Column(name, sa.JSON, nullable=False) for name in names]


def period() -> list["sa.Column[object]"]:
    return [sa.Column(name, sa.Date) for name in ("period_from", "period_to")]
