"""The kinds of writing that people do at once; each tells what was acknowledged, so that it can be looked for."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from audit.evidence import Outcome, Verdict
from audit.records import Records
from audit.records.auditing import answers, audit_steps, audits, decisions
from audit.records.auditing.audits import Audit, NewAudit
from audit.records.document import documents
from audit.records.document.documents import NewDocument
from audit.records.finding import findings
from audit.records.finding.findings import NewFinding
from audit.records.signing import signatures
from audit.records.tables.judging import CriterionRow
from audit.records.targets import criteria
from audit.signing import signed
from pipelines.loading.attach import attach
from pipelines.signing import signing
from pipelines.workspace import Workspace

DAY = dt.date(2026, 3, 31)
AUDIT = "AUD-001"
"""The first in every new place."""
PAIR = ("left", "right")
ASKED = ("9.1.2-a", "9.1.2-b")
Acknowledged = dict[str, Any]
Content = dict[str, Any]


def an_audit(records: Records, concluded: bool = False) -> Audit:
    """In the state of reporting, in which it takes conclusions and findings, and can be signed and closed."""
    new = NewAudit("Customers", "iso-9001-2015", objectives="See", scope="All", lead="Ann")
    made = audits.create(records, new, "Ann")
    audit_steps.begin(records, made.id, ASKED, "Ann")
    for requirement in ASKED if concluded else ():
        decisions.conclude(records, requirement, "run", Verdict.CONFORMS, Verdict.CONFORMS, "Ann", audit=made.id)
    return audit_steps.report(records, made.id, "Ann")


def decide(workspace: Workspace, records: Records, who: str, name: str, audit: str) -> Acknowledged:
    decisions.conclude(records, name, "run", Verdict.CONFORMS, Verdict.UNDETERMINED, who, f"Why {name}", audit=audit)
    return {"kind": "decision", "ids": [name]}


def answer(workspace: Workspace, records: Records, who: str, name: str, audit: str) -> Acknowledged:
    answers.answer(records, name, Outcome.MET, DAY, who, note=f"Heard {name}", audit=audit)
    return {"kind": "answer", "ids": [name]}


def set_limit(workspace: Workspace, records: Records, who: str, name: str, audit: str) -> Acknowledged:
    criteria.set_criterion(records, name, {"at_least": "25 %"}, who, f"Why {name}")
    return {"kind": "criterion", "ids": [name]}


def set_pair(workspace: Workspace, records: Records, who: str, name: str, audit: str) -> Acknowledged:
    """Two rows in one change: nobody may see one without the other."""
    with records.change(who, "set", f"Why {name}") as change:
        for half in PAIR:
            change.keep(CriterionRow(evidence_id=f"{half}-{name}", limits={"at_least": "25 %"}))
    return {"kind": "criterion", "ids": [f"{half}-{name}" for half in PAIR]}


def upload(workspace: Workspace, records: Records, who: str, name: str, audit: str) -> Acknowledged:
    content = f"{name}\n".encode() + random.Random(name).randbytes(50_000)
    sha256 = attach(workspace, content, f"{name}.bin").sha256
    new = NewDocument("survey method", name, sha256=sha256, file=f"{name}.bin", size=len(content))
    return {"kind": "document", "ids": [documents.register(records, new, who).id], "sha256": sha256}


def find(workspace: Workspace, records: Records, who: str, name: str, audit: str) -> Acknowledged:
    new = NewFinding(requirement_id=name, statement=f"Seen {name}", audit=audit)
    return {"kind": "finding", "ids": [findings.raise_finding(records, new, who).id]}


def looked_at(records: Records, audit: str, also: str) -> Content:
    """What the records say at this moment; what else was looked at makes each signature one of its own."""
    recorded = signatures.recorded(records, signed.AUDIT, audit).recorded
    return {"what": signed.AUDIT, "id": audit, "also": also, "recorded": recorded}


def sign(workspace: Workspace, records: Records, who: str, name: str, audit: str) -> Acknowledged:
    content = looked_at(records, audit, name)
    made = signing.sign(workspace, records, content, signed.LEAD, who, name)
    return {"kind": "signature", "ids": [f"audit {audit}"], "sha256": made.sha256}
