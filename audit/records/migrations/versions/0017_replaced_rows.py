"""How many rows of other loads a load replaced; nobody counted that for former ones."""

import sqlalchemy as sa
from alembic import op

revision = "0017_replaced_rows"
down_revision = "0016_assumptions"


def upgrade() -> None:
    op.add_column("loads", sa.Column("replaced", sa.JSON))
