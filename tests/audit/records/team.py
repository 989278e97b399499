"""People who signed in, each in a role, and an audit that they are about to sign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from audit.access.person import Person
from audit.auditing.plan import Auditor, PlanItem
from audit.evidence import Grade, Outcome, Verdict
from audit.records import Records, open_records
from audit.records.access import people
from audit.records.auditing import answers, audit_steps, audits, decisions
from audit.records.auditing.audits import NewAudit
from audit.records.finding import findings
from audit.records.finding.findings import NewFinding
from audit.records.signing import signatures
from audit.records.signing.signature_row import Signature
from audit.records.store import Store
from audit.signing.signed import AUDIT

ROLES = {
    "Ann": "auditor", "Ben": "auditor", "Cem": "quality manager", "Dana": "quality manager",
    "Eve": "administrator", "Vic": "viewer",
}  # fmt: skip
ANN, BEN, CEM, DANA, EVE, VIC = (Person(name, f"https://id|{name}", f"{name.lower()}@example.org") for name in ROLES)


def gather(records: Records) -> None:
    for name, role in ROLES.items():
        people.give(records, f"{name.lower()}@example.org", name, role, "root")


def audited(records: Records, lead: Person = ANN, second: Person = BEN, run: str = "run-1") -> str:
    """AUD-001, reporting: Ann leads, Ben concludes and finds."""
    new = NewAudit(
        "Complaints", "iso-9001-2015", objectives="Is 9.1.2 lived?", scope="Service", lead=lead.name,
        auditors=(Auditor(lead.name), Auditor(second.name)), plan=(PlanItem(None, "9.1.2", second.name),),
    )  # fmt: skip
    id = audits.create(records, new, lead).id
    audit_steps.begin(records, id, ["9.1.2-a"], lead, run=run)
    answers.answer(records, "9.1.2-a-4", Outcome.MET, dt.date(2026, 6, 1), second, "they know", "Li Wei", audit=id)
    decisions.conclude(
        records, "9.1.2-a", "run-1", Verdict.CONFORMS, Verdict.DOES_NOT_CONFORM, second, "Half are missing", audit=id
    )
    findings.raise_finding(records, found(id), second)
    audit_steps.report(records, id, lead, run=run)
    return id


def found(audit: str, grade: Grade | None = Grade.OBSERVATION) -> NewFinding:
    return NewFinding(
        requirement_id="9.1.2-a", audit=audit, statement="Half of the answers are missing",
        criterion="9.1.2 asks for monitoring", grade=grade, grade_reason="Seen once" if grade else "",
    )  # fmt: skip


def content(records: Records, what: str = AUDIT, id: str = "AUD-001") -> dict[str, Any]:
    run = {"id": "run-1", "sha256sums": "c" * 64, "criteria": {}}
    return {"what": what, "id": id, "recorded": signatures.recorded(records, what, id).recorded, "run": run}


@dataclass(frozen=True)
class Desk:
    """Where people sign: the records as one of them sees them, and the store."""

    records: Records
    store: Store

    def sign(self, who: Person | str, meaning: str = "lead auditor", **more: Any) -> Signature:
        more = {"content": content(self.records), "authenticated_at": self.records.clock(), **more}
        return signatures.sign(self.records, self.store, meaning=meaning, who=who, **more)


def ticking(hour: int = 9) -> Callable[[], dt.datetime]:
    """A clock that moves one second at each look."""
    looks = count()
    return lambda: dt.datetime(2026, 11, 2, hour, 0, tzinfo=dt.UTC) + dt.timedelta(seconds=next(looks))


def desk(url: str, folder: Path, signing_in: bool, clock: Callable[[], dt.datetime] | None = None) -> Desk:
    """With somebody in every role, where people sign in."""
    if signing_in:
        with open_records(url, clock or ticking(8), folder / "trail-anchor.jsonl") as opened:
            gather(opened)
    opened = open_records(url, clock or ticking(), folder / "trail-anchor.jsonl", signing_in)
    return Desk(opened, Store(folder / "store"))
