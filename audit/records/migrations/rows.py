"""What the steps share: tables whose rows can be neither changed nor deleted."""

import sqlalchemy as sa
from alembic import op


def make(table: str, *columns: sa.schema.SchemaItem) -> None:
    """A table of records, each vouched for by an entry of the trail."""
    op.create_table(
        table,
        sa.Column("seq", sa.Integer, autoincrement=False, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("seq", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["seq"], ["trail.seq"], name=f"fk_{table}_seq"),
    )
    for verb in ("update", "delete"):
        forbid(table, verb)


def make_versioned(table: str, *columns: sa.schema.SchemaItem) -> None:
    """The same with an id, and a row for each revision."""
    id, revision = sa.Column("id", sa.Text, nullable=False), sa.Column("revision", sa.Integer, nullable=False)
    make(table, id, revision, *columns, sa.UniqueConstraint("id", "revision", name=f"uq_{table}_id_revision"))


def forbid(table: str, verb: str) -> None:
    when = f"create trigger {table}_refuse_{verb} before {verb} on {table}"
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        op.execute(f"{when} begin select raise(abort, 'records are only added to'); end")
    elif dialect == "postgresql":
        op.execute(f"{when} for each row execute function refuse_change()")
