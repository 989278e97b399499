"""What people heard, saw and judged, their plans for gaps, and levels of maturity; these rows are only added to."""

import sqlalchemy as sa
from alembic import op

revision = "0004_answers"
down_revision = "0003_erasures"


def upgrade() -> None:
    make(
        "answers",
        sa.Column("evidence_id", sa.Text, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("answered_on", sa.Date, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
    )
    make(
        "gaps",
        sa.Column("requirement_id", sa.Text, nullable=False),
        sa.Column("effort", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("note", sa.Text, nullable=False),
    )
    make(
        "maturity",
        sa.Column("clause", sa.Text, nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
    )


def make(table: str, named: "sa.Column[str]", *more: "sa.Column[object]") -> None:
    """A table whose rows can be found by its first column, and neither changed nor deleted."""
    op.create_table(
        table,
        sa.Column("seq", sa.Integer, autoincrement=False, nullable=False),
        named,
        *more,
        sa.PrimaryKeyConstraint("seq", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["seq"], ["trail.seq"], name=f"fk_{table}_seq"),
    )
    op.create_index(f"ix_{table}_{named.name}", table, [named.name])
    for verb in ("update", "delete"):
        forbid(table, verb)


def forbid(table: str, verb: str) -> None:
    when = f"create trigger {table}_refuse_{verb} before {verb} on {table}"
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        op.execute(f"{when} begin select raise(abort, 'records are only added to'); end")
    elif dialect == "postgresql":
        op.execute(f"{when} for each row execute function refuse_change()")
