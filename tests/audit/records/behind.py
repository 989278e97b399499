"""What somebody can do to the records who has the database itself: no triggers, no foreign keys, no program."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import Connection, create_engine, text

from audit.records import Records
from audit.records.tables import RECORDS, Base

TABLES = ("trail", *sorted(kind.__tablename__ for kind in RECORDS))
COLUMNS = tuple(column.name for column in Base.metadata.tables["trail"].columns)
LATER = ("role", "identity", "key")


def behind_its_back(records: Records, *statements: str) -> None:
    engine = create_engine(records.engine.url)
    with engine.begin() as connection:
        _disarm(connection)
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def seal_again(records: Records) -> None:
    """Recompute every hash, so that the chain is sound in itself."""
    engine = create_engine(records.engine.url)
    with engine.begin() as connection:
        _disarm(connection)
        previous = "0" * 64
        connection.execute(text("update trail set previous = cast(seq as text)"))
        for row in connection.execute(text(f"select {', '.join(COLUMNS)} from trail order by seq")).mappings().all():
            content = {name: value for name, value in row.items() if name != "hash"} | {"previous": previous}
            content = {name: value for name, value in content.items() if value is not None or name not in LATER}
            sealed = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            hash = hashlib.sha256(sealed.encode()).hexdigest()
            values = {"previous": previous, "hash": hash, "seq": row["seq"]}
            connection.execute(text("update trail set previous = :previous, hash = :hash where seq = :seq"), values)
            previous = hash
    engine.dispose()


def of_an_entry(number: int, **other: str) -> str:
    """The statement that adds a copy of an entry, with other values in some of its columns."""
    values = ", ".join(other.get(name, "null" if name == "key" else name) for name in COLUMNS)
    return f"insert into trail ({', '.join(COLUMNS)}) select {values} from trail where seq = {number}"


def _disarm(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("set session_replication_role = replica"))
        return
    for table in TABLES:
        for verb in ("update", "delete"):
            connection.execute(text(f"drop trigger if exists {table}_refuse_{verb}"))
