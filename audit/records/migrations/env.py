"""Runs the migrations on the connection that `audit.records.migrate` hands over."""

from alembic import context

from audit.records.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite can undo table changes when the driver leaves transactions alone, as ours does
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
