"""Why a file was refused as a whole, how many rows a record gives, what was masked; empty in former loads."""

import sqlalchemy as sa
from alembic import op

revision = "0002_refused_loads"
down_revision = "0001_first_records"


def upgrade() -> None:
    op.add_column("loads", sa.Column("refused", sa.Text))
    op.add_column("loads", sa.Column("rows_of_record", sa.Integer))
    op.add_column("loads", sa.Column("masked", sa.JSON))
