"""Files of more than two thousand million lines, which PostgreSQL counts in a wider column."""

import sqlalchemy as sa
from alembic import op

revision = "0012_many_lines"
down_revision = "0011_restores"

COUNTS = ("lines", "loaded", "rejected", "blank", "physical_lines", "rows_of_record")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for column in COUNTS:
            op.alter_column("loads", column, type_=sa.BigInteger)
