"""Records as each released program left them: its own tables, and a row of every kind, sealed here by hand."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text

from audit.records.migrate import SCRIPTS

RELEASED = ("0001_first_records", "0002_refused_loads", "0003_erasures", "0004_answers")
Row = tuple[int, str, str, str, dict[str, Any]]
"""The release that first kept such a row, table, object, id, content."""

_LOAD = {
    "id": "0123456789ab", "source": "orders", "file": "Bestellungen März.csv", "sha256": "a" * 64, "mapping": "b" * 64,
    "lines": 10, "loaded": 8, "rejected": 1, "blank": 1, "physical_lines": 12, "published": True, "version": 3,
    "received_at": "2026-03-31T23:59:59.123456+00:00", "actor": "Ann", "delivered": ["order_id"], "ignored": [],
    "months": {"2026-03": 8}, "gate": [], "rejects": "c" * 64,
}  # fmt: skip
_DOCUMENT = {
    "id": "DOC-001", "revision": 1, "kind": "survey method", "title": "调查方法", "status": "draft", "owner": "Ann",
    "approved_by": "", "approved_on": None, "reviewed_on": None, "covers_from": None, "covers_to": None, "note": "",
    "sha256": "", "file": "", "size": None,
}  # fmt: skip
_APPROVED = _DOCUMENT | {
    "revision": 2, "status": "approved", "approved_by": "Ben", "approved_on": "2026-05-01", "reviewed_on": "2026-05-02",
    "covers_from": "2026-01-01", "covers_to": "2026-12-31", "sha256": "d" * 64, "file": "method.pdf", "size": 12,
}  # fmt: skip
_REFUSED = _LOAD | {
    "id": "ba9876543210", "published": False, "version": None, "refused": "no table", "rows_of_record": 2,
    "masked": {"comment": {"phone": 2}},
}  # fmt: skip
_DECISION = {"requirement_id": "9.1.2-a", "run": "2026-1", "proposed": "conforms", "concluded": "undetermined"}
_ERASURE = {
    "pseudonym": "p1",
    "rows": {"orders": 2},
    "changed": [{"place": "store/ab/x", "before": "1", "after": "2"}],
    "kept": [],
}
_ANSWER = {
    "evidence_id": "9.1.2-a-1", "item": "", "outcome": "met", "note": "看到了清单", "answered_on": "2026-06-01",
    "who": "Li",
}  # fmt: skip
_GAP = {"requirement_id": "9.1.2-a", "effort": "days", "owner": "Ann", "due_on": "2026-12-24", "note": "ask them"}
ROWS: tuple[Row, ...] = (
    (1, "loads", "load", "0123456789ab", _LOAD),
    (1, "documents", "document", "DOC-001", _DOCUMENT),
    (1, "documents", "document", "DOC-001", _APPROVED),
    (1, "criteria", "criterion", "9.1.2-a-1", {"evidence_id": "9.1.2-a-1", "limits": {"at_least": "25 %"}}),
    (1, "criteria", "criterion", "9.1.2-a-1", {"evidence_id": "9.1.2-a-1", "limits": {}}),
    (1, "decisions", "decision", "9.1.2-a", _DECISION),
    (2, "loads", "load", "ba9876543210", _REFUSED),
    (3, "erasures", "erasure", "p1", _ERASURE),
    (4, "answers", "answer", "9.1.2-a-1", _ANSWER),
    (4, "gaps", "gap", "9.1.2-a", _GAP),
    (4, "maturity", "maturity", "9.1.2", {"clause": "9.1.2", "level": 4}),
)


def make(url: str, anchor: Path, release: str) -> None:
    """An empty place becomes that release's records; the anchor names every entry."""
    engine, before, lines = create_engine(url), "0" * 64, [_line(0, "0" * 64)]
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("pragma foreign_keys = on")
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS))
        config.attributes["connection"] = connection
        command.upgrade(config, release)
        for seq, row in enumerate(of(release), 1):
            before = _keep(connection, seq, before, row)
            lines.append(_line(seq, before))
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("pragma journal_mode = wal")
    engine.dispose()
    anchor.write_text("".join(lines))


def of(release: str) -> list[Row]:
    return [row for row in ROWS if row[0] <= RELEASED.index(release) + 1]


def _keep(connection: Connection, seq: int, before: str, row: Row) -> str:
    _first, table, object, id, content = row
    entry = {
        "seq": seq, "at": f"2026-06-01T0{seq % 10}:00:00.000000+00:00", "actor": "Ann", "action": "keep",
        "object": object, "object_id": id, "payload": _canonical(content), "reason": "因为", "previous": before,
    }  # fmt: skip
    hash = hashlib.sha256(_canonical(entry).encode()).hexdigest()
    _insert(connection, "trail", entry | {"hash": hash})
    _insert(connection, table, {"seq": seq} | content)
    return hash


def _insert(connection: Connection, table: str, content: dict[str, Any]) -> None:
    values = {n: json.dumps(v) if isinstance(v, list | dict) else v for n, v in content.items()}
    if "received_at" in values:
        values["received_at"] = dt.datetime.fromisoformat(values["received_at"])
        if connection.dialect.name == "sqlite":
            values["received_at"] = f"{values['received_at'].replace(tzinfo=None)}"
    names, places = ", ".join(f'"{name}"' for name in values), ", ".join(f":{name}" for name in values)
    connection.execute(text(f"insert into {table} ({names}) values ({places})"), values)


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _line(seq: int, hash: str) -> str:
    return f'{{"hash":"{hash}","seq":{seq}}}\n'
