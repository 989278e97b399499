"""Brings the tables of the records up to date, with Alembic, when they are opened."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from audit.errors import RecordError

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """All steps in one transaction. Raises RecordError for records of a newer program, which stay as they are."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    known = [script.revision for script in scripts.walk_revisions()]
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == known[0]:
        return
    if current is not None and current not in known:
        raise RecordError(
            f"the records at {engine.url} were made by a newer program (their tables are '{current}', "
            f"this program knows '{known[0]}'); nothing was changed: install the newer program"
        )
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
