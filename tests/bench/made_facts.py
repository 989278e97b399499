"""A workspace full of published facts: every source of the KPIs, made from row numbers, the same in every round."""

# ruff: noqa: E501
from __future__ import annotations

import json
import time
from pathlib import Path

import duckdb
import pyarrow as pa
from deltalake import Schema
from deltalake.transaction import AddAction, create_table_with_add_actions

from audit.source import Source
from pipelines import definitions
from pipelines.publish import schema
from pipelines.workspace import SetUp, Workspace, make_workspace, open_workspace

BEGIN, DAYS, MONTHS = "2023-11-01", 1096, 36
SECONDS = DAYS * 86_400
SHARES = {
    "customers": 0.1, "survey_invitations": 1.25, "survey_responses": 1, "orders": 3, "complaints": 0.05,
    "complaint_actions": 0.05, "deliveries": 0.2, "returns": 0.02, "interactions": 0.1, "waiting_times": 0.2,
    "customer_needs": 0.002, "contract_reviews": 0.05,
}  # fmt: skip
"""Rows of each source for one survey answer."""
PICKS = {
    "channel": "['e-mail', 'web', 'app', 'telephone', 'store']",
    "product": "['Atlas', 'Birch', 'Cedar', 'Delta', 'Ember', 'Fjord', 'Grove', 'Harbour', 'Iris', 'Juniper', 'Kite 2']",
}


def made(folder: Path, size: int, later_months: int = 0) -> Workspace:
    """With so many survey answers in 36 months, and in the months after at the same pace."""
    if (folder / "workspace.yaml").exists():
        return open_workspace(folder)
    workspace = make_workspace(folder, SetUp(organisation="Bench"))
    with duckdb.connect() as connection:
        connection.execute("set memory_limit = '1GB'; set threads = 1")
        connection.execute(f"set temp_directory = '{folder / 'aside'}'")
        for name in SHARES:
            _publish(connection, workspace.table(name), definitions.sources()[name], query(name, size, later_months))
    return workspace


def query(source: str, size: int, later_months: int = 0) -> str:
    """The rows of a source: `i` is the number of the row, `happened` the moment since the begin, rising with it."""
    count = max(int(SHARES[source] * size), 1)
    more = 0 if source == "customers" else later_months * count // MONTHS
    columns = {name: "null" for name in definitions.sources()[source].stored} | _columns(source, size)
    listed = ", ".join(f"{text} as {name}" for name, text in columns.items())
    begin = f"timestamp '{BEGIN}'"
    return f"""
        select {listed}, 'bench-{source}' as _load, i + 2 as _line
        from (select i, {begin} + to_seconds(cast(i * {SECONDS / count!r} as bigint)) as happened
              from range({count + more}) as r(i))"""


def _columns(source: str, size: int) -> dict[str, str]:
    customers, orders = max(int(SHARES["customers"] * size), 1), int(SHARES["orders"] * size)
    complaints, asked = max(int(SHARES["complaints"] * size), 1), int(SHARES["survey_invitations"] * size)
    whose = {"customer_id": _blank(_name("C", _dice("c", customers)), "nobody", 0.02)}
    shared = {name: _blank(_pick(values, name), f"no {name}", 0.03) for name, values in PICKS.items()}
    day = "cast(happened as date)"
    made: dict[str, dict[str, str]] = {
        "customers": {
            "customer_id": _name("C", "i"),
            "parent_id": f"case when {_dice('parent', 20)} = 0 then {_name('P', _dice('whose', customers // 50 + 1))} end",
            "segment": _blank(_pick("['Business', 'Private', 'Public', 'Trade']", "segment"), "no segment", 0.03),
            "region": _blank(_pick("['North', 'East', 'South', 'West', 'Abroad']", "region"), "no region", 0.03),
            "customer_since": f"date '{BEGIN}' - 400 + cast({_dice('since', 1200)} as integer)",
            "left_on": f"case when {_dice('left', 4)} = 0 then date '{BEGIN}' + cast({_dice('when', DAYS)} as integer) end",
        },
        "survey_invitations": {"invitation_id": _name("I", "i"), "invited_on": day} | whose | {"channel": shared["channel"]},
        "survey_responses": {
            "response_id": _name("R", "i"), "answered_on": day,
            "invitation_id": _blank(_name("I", f"greatest(0, cast(i * {asked / size!r} as bigint) - {_dice('wait', 20 * asked // DAYS)})"), "uninvited", 0.05),
            "satisfaction": _blank(f"1 + cast(floor(sqrt({_dice('s', 25)})) as bigint)", "no s", 0.06),
            "recommend": _blank(f"cast(floor(sqrt({_dice('r', 121)})) as bigint)", "no r", 0.1),
            "ease": _blank(f"1 + cast({_dice('e', 7)} as bigint)", "no e", 0.3),
        } | whose | shared,
        "orders": {
            "order_id": _name("O", "i"), "ordered_at": "happened",
            "promised_at": f"date_trunc('day', happened) + to_days(cast(2 + {_dice('p', 12)} as integer))",
            "delivered_at": f"case when {_dice('st', 33)} > 1 then happened + to_hours(cast(20 + {_dice('d', 250)} as integer)) end",
            "status": f"case {_dice('st', 33)} when 0 then 'open' when 1 then 'cancelled' else 'delivered' end",
            "amount": f"cast({_dice('a', 90000)} as double) / 100 - 20",
            "customer_id": _name("C", _dice("c", customers)),
        } | shared,
        "complaints": {
            "complaint_id": _name("K", "i"), "received_at": "happened", "due_on": f"{day} + 14",
            "acknowledged_at": _blank(f"happened + to_minutes(cast({_dice('ack', 4000)} as bigint))", "no ack", 0.1),
            "closed_at": _blank(f"happened + to_minutes(cast(500 + {_dice('cl', 28000)} as bigint))", "no cl", 0.08),
            "order_id": _blank(_name("O", _dice("o", orders)), "no order", 0.2),
            "category": _pick("['late', 'damaged', 'wrong item', 'invoice', 'service']", "cat"),
            "severity": _pick("['low', 'medium', 'high']", "sev"),
            "correction": _blank("'replaced'", "no corr", 0.2), "cause": _blank("'carrier'", "no cause", 0.2),
        } | whose | shared,
        "complaint_actions": {
            "action_id": _name("A", "i"), "complaint_id": _name("K", _dice("k", complaints)), "decided_on": day,
            "kind": _pick("['correction', 'cause', 'corrective action', 'effectiveness review']", "kind"), "what": "'done'",
            "due_on": f"{day} + 30", "done_on": _blank(f"{day} + cast({_dice('done', 50)} as integer)", "undone", 0.2),
            "effective": f"{_dice('eff', 5)} > 0",
        },
        "deliveries": {
            "order_id": _name("O", "i"), "order_line": "'1'", "promised_at": "happened",
            "delivered_at": _blank(f"happened + to_hours(cast({_dice('dl', 200)} as integer) - 120)", "undelivered", 0.03),
            "quantity_ordered": f"cast(1 + {_dice('q', 90)} as double)",
            "quantity_delivered": f"cast(1 + {_dice('q', 90)} - ({_dice('short', 20)} = 0)::int as double)",
        } | whose | shared,
        "returns": {
            "return_id": _name("B", "i"), "returned_on": day, "quantity_returned": f"cast(1 + {_dice('q', 9)} as double)",
            "warranty": _blank(f"{_dice('w', 3)} = 0", "unknown", 0.1), "fault_found": f"{_dice('f', 3)} > 0",
        } | whose | {"product": shared["product"]},
        "interactions": {
            "interaction_id": _name("T", "i"), "occurred_at": "happened",
            "kind": _pick("['meeting', 'call', 'compliment', 'social mention', 'dealer report']", "kind"),
        } | whose | shared,
        "waiting_times": {
            "visit_id": _name("V", "i"), "arrived_at": "happened",
            "served_at": _blank(f"happened + to_seconds(cast({_dice('w', 3000)} as bigint))", "unserved", 0.06),
        } | whose | shared,
        "customer_needs": {
            "need_id": _name("N", "i"), "raised_on": day, "need": "'quieter'", "due_on": f"{day} + 60", "owner": "'sales'",
            "met_on": _blank(f"{day} + cast({_dice('m', 90)} as integer)", "unmet", 0.1),
            "fed_back_on": _blank(f"{day} + cast({_dice('m', 99)} as integer)", "untold", 0.1),
        } | whose | shared,
        "contract_reviews": {
            "review_id": _name("W", "i"), "order_id": _name("O", "i"), "received_on": day, "accepted_on": f"{day} + 1",
            "form": _pick("['written', 'oral']", "form"), "amended": f"{_dice('am', 4)} = 0",
            "confirmed_on": _blank(f"{day} + 1", "unconfirmed", 0.1), "told_on": _blank(f"{day} + 3", "untold", 0.1),
            "reviewed_on": f"{day} + cast({_dice('rev', 20)} = 0 as integer) * 3",
        } | whose,
    }  # fmt: skip
    return made[source]


def _dice(salt: str, sides: int) -> str:
    return f"(hash(i, '{salt}') % {max(sides, 1)})"


def _name(letter: str, number: str) -> str:
    return f"'{letter}' || cast(10000000 + {number} as varchar)"


def _pick(values: str, salt: str) -> str:
    return f"({values})[1 + cast(hash(i, '{salt}') % len({values}) as integer)]"


def _blank(value: str, salt: str, share: float) -> str:
    return f"case when {_dice(salt, 1000)} >= {int(share * 1000)} then {value} end"


def _publish(connection: duckdb.DuckDBPyConnection, table: Path, contract: Source, rows: str) -> None:
    """DuckDB writes the files, sorted by nothing but their order; Delta commits them."""
    declared = schema(contract)
    typed = ", ".join(
        f"cast({field.name} as {_sql_type(field.type)}) as {field.name}" for field in declared if field.name != "month"
    )
    month = f", strftime({contract.dated_by}, '%Y-%m') as month" if contract.dated_by else ""
    parted = "partition_by (month), overwrite_or_ignore, filename_pattern 'part-{uuid}', " if contract.dated_by else ""
    table.mkdir(parents=True)
    into = table if parted else table / "part.parquet"
    options = f"format parquet, {parted}return_stats"
    written = connection.execute(f"copy (select {typed}{month} from ({rows})) to '{into}' ({options})").fetchall()
    actions = [
        AddAction(
            str(Path(file).relative_to(table)), Path(file).stat().st_size, _month(file), int(time.time() * 1000), True,
            json.dumps({"numRecords": count}),
        )
        for file, count, *_ in written
    ]  # fmt: skip
    arrow = Schema.from_arrow(declared)
    create_table_with_add_actions(
        str(table), arrow, actions, "overwrite", ["month"] if parted else [], name=contract.name
    )


def _month(file: str) -> dict[str, str | None]:
    folder = Path(file).parent.name
    return {"month": folder.removeprefix("month=")} if folder.startswith("month=") else {}


def _sql_type(type_: pa.DataType) -> str:
    names = {"string": "varchar", "int64": "bigint", "double": "double", "date32[day]": "date", "bool": "boolean"}
    return names.get(str(type_), "timestamp")
