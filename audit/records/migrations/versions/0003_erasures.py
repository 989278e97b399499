"""Persons who were erased, by pseudonym; these rows, too, cannot be changed or deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0003_erasures"
down_revision = "0002_refused_loads"


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("seq", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("pseudonym", sa.Text, nullable=False),
        sa.Column("rows", sa.JSON, nullable=False),
        sa.Column("changed", sa.JSON, nullable=False),
        sa.Column("kept", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_erasures"),
        sa.ForeignKeyConstraint(["seq"], ["trail.seq"], name="fk_erasures_seq"),
    )
    for verb in ("update", "delete"):
        forbid("erasures", verb)


def forbid(table: str, verb: str) -> None:
    when = f"create trigger {table}_refuse_{verb} before {verb} on {table}"
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        op.execute(f"{when} begin select raise(abort, 'records are only added to'); end")
    elif dialect == "postgresql":
        op.execute(f"{when} for each row execute function refuse_change()")
