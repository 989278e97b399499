"""A customer whose every word is found again, and all the ways in which their data come into a workspace."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
from arrived import arrive

from pipelines.run import run
from pipelines.workspace import Workspace

ID = "KUNDE-Qx7731"
NAME = "Quillon Xanthedral"
E_MAIL = "quillon.x@zephyrquartz.example"
PHONE = "+49 171 9081726"
COMMENT = "Vexing zygomorphic packaging"
SECRETS = (ID, NAME, E_MAIL, PHONE, COMMENT)

CUSTOMERS = f"""customer_id,parent_id,name,email,phone,segment,customer_since
A-1,,Anna Ohm,anna@ohm.example,030 1234567,Industry,2020-01-01
{ID},,{NAME},{E_MAIL},{PHONE},Private,2021-01-01
B-2,{ID},Bert Watt,bert@watt.example,,Private,2022-01-01
"""
CUSTOMERS_LATER = f"""customer_id,name,email,phone,segment,customer_since
A-1,Anna Ohm,anna@ohm.example,030 1234567,Trade,2020-01-01
{ID},{NAME},{E_MAIL},{PHONE},Trade,2021-01-01
"""
ANSWERS = f"""response_id,answered_on,customer_id,satisfaction,comment
r1,2026-01-05,A-1,5,Quick and kind
r2,2026-01-06,{ID},1,"{COMMENT}:
call {PHONE} or write to {E_MAIL}"
r3,2026-01-07,B-2,4,
r4,2026-02-30,{ID},2,{COMMENT}
r5,2026-01-08,A-1,9 of 10,ask {NAME}
"""
CORRECTED = f"""response_id,answered_on,customer_id,satisfaction,comment
r2,2026-01-06,{ID},2,{COMMENT} again
r6,2026-02-06,A-1,4,fine
"""
STOPPED = f"""complaint_id,received_at,closed_at,customer_id,cause
k7,2026-02-07 09:00:00,,{ID},{COMMENT}
k8,2026-02-07 09:00:00,2026-02-06 09:00:00,A-1,good
"""
ORDERS = f"""order_id,ordered_at,customer_id,status
o1,2026-01-02 10:00:00,{ID},delivered
o2,2026-01-03 10:00:00,A-1,delivered
"""
DELIVERIES = """order_id,order_line,promised_at,quantity_ordered
o1,1,2026-01-05 10:00:00,1
o2,1,2026-01-06 10:00:00,2
"""
HEARD = f"""interaction_id;occurred_at;kind;Konto;contact;note
i1;2026-01-09 09:00:00;call;{ID};{NAME};{COMMENT}
i2;2026-01-09 10:00:00;call;A-1;Anna Ohm;all well
""".encode("utf-16")
LINES = f"""{{"complaint_id": "k1", "received_at": "2026-01-10 08:00:00", "customer_id": "{ID}", "cause": "{COMMENT}"}}
{{"complaint_id": "k2", "received_at": "2026-01-11 08:00:00", "customer_id": "A-1", "cause": "spoke to {NAME}"}}
"""
ACTIONS = """action_id,complaint_id,decided_on,kind,what
a1,k1,2026-01-11,correction,Sent another box
a2,k2,2026-01-12,correction,Sent a letter
"""


def fill(workspace: Workspace) -> None:
    with workspace.open_records() as records:
        for source, file, content in (
            ("customers", "customers.csv", CUSTOMERS),
            ("customers", "customers-later.csv", CUSTOMERS_LATER),
            ("survey_responses", "answers.csv", ANSWERS),
            ("survey_responses", "corrected.csv", CORRECTED),
            ("orders", "orders.csv", ORDERS),
            ("deliveries", "deliveries.csv", DELIVERIES),
            ("complaints", "complaints.jsonl", LINES),
            ("complaint_actions", "actions.csv", ACTIONS),
        ):
            arrive(workspace, records, source, file, content.encode())
        assert arrive(workspace, records, "complaints", "stopped.csv", STOPPED.encode()).stopped
        arrive(workspace, records, "orders", "orders-again.csv", ORDERS.encode())
        columns = {"customer_id": "Konto"}
        arrive(
            workspace, records, "interactions", "heard.csv", HEARD, encoding="utf-16", delimiter=";", columns=columns
        )
        arrive(workspace, records, "survey_responses", "again.csv.gz", gzip.compress(CORRECTED.encode(), mtime=0))
        arrive(workspace, records, "survey_invitations", "asked.xlsx", workbook())
        workspace.store.put(b"refused, but kept: " + NAME.encode())
        run(workspace, records)


def workbook() -> bytes:
    book, written = openpyxl.Workbook(), io.BytesIO()
    for row in (["invitation_id", "invited_on", "customer_id"], ["v1", "2026-01-01", ID], ["v2", "2026-01-01", "A-1"]):
        book.active.append(row)
    book.save(written)
    return written.getvalue()


def places(workspace: Workspace, secret: str) -> list[str]:
    """Every file whose bytes hold the text, in any encoding, packed or not."""
    return [
        path.relative_to(workspace.folder).as_posix()
        for path in sorted(workspace.folder.rglob("*"))
        if path.is_file() and any(holds(part, secret) for part in parts(path))
    ]


def holds(content: bytes, secret: str) -> bool:
    return any(secret.encode(codec) in content for codec in ("utf-8", "utf-16-le", "utf-16-be"))


def parts(path: Path) -> Iterator[bytes]:
    content = path.read_bytes()
    yield content
    if content.startswith(b"PAR1"):
        for column in pq.ParquetFile(path).read().columns:
            yield "\n".join(str(value) for value in column.to_pylist()).encode()
    if content.startswith(b"\x1f\x8b"):
        yield gzip.decompress(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
