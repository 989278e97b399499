"""Findings in every state that a pack can meet, and what the pack then says."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from html import unescape

from audit.evidence import Grade
from audit.finding.finding import Cause, Extent, Reference
from audit.finding.grading import Answers
from audit.records import Records
from audit.records.auditing import audit_steps, audits
from audit.records.auditing.audits import NewAudit
from audit.records.finding import actions, effectiveness, findings, follow_up
from audit.records.finding.actions import NewAction
from audit.records.finding.findings import NewFinding
from pipelines.reports import pack
from pipelines.runs import results
from pipelines.workspace import Workspace

DAY, DUE = dt.date(2026, 6, 20), dt.date(2026, 9, 1)
MINOR = Answers(True, True, False, False, False, False, False)
SHOWN = (Reference("complaint", "C-1042", "closed <without> a cause"),)
Files = dict[str, bytes]


def begun(records: Records, title: str = "Complaints") -> str:
    id = audits.create(records, NewAudit(title, "iso-9001-2015", objectives="Kept?", scope="All", lead="Ann"), "Ann").id
    audit_steps.begin(records, id, ["9.9-a"], "Ann")
    return id


def raised(
    records: Records, audit: str = "", grade: Grade | None = Grade.MINOR, statement: str = "Half lack it"
) -> str:
    new = NewFinding(
        "9.9-a", statement=statement, criterion="9.9 asks for it", evidence=SHOWN, audit=audit, answers=MINOR,
        extent=Extent(3, 20, 400), consequence="It comes back", grade=grade,
        grade_reason="" if grade in (None, Grade.MINOR) else "As discussed", owner="Ben", due_on=DUE,
    )  # fmt: skip
    return findings.raise_finding(records, new, "Ann").id


def responded(records: Records, audit: str) -> str:
    id = raised(records, audit)
    cause = (Cause("The field may stay empty", "method"),)
    follow_up.respond(records, id, 1, "Ben", "Field filled", DAY, "fishbone", cause, "Field service too")
    return id


def acting(records: Records, audit: str) -> str:
    id = responded(records, audit)
    actions.plan(records, NewAction("Make it mandatory", "Cem", DUE, id), "Ben")
    return id


def dropped(records: Records, audit: str) -> str:
    id = acting(records, audit)
    actions.cancel(records, actions.every(records)[-1].id, 1, "Ben", "Too dear")
    return id


def reviewed(records: Records, audit: str, concluded: str, proposed: str = "", by: str = "Eva", why: str = "") -> str:
    id = acting(records, audit)
    evidence = (Reference("document", "DOC-004"),)
    actions.done(records, actions.every(records)[-1].id, 1, "Ben", DAY, evidence)
    effectiveness.review(records, id, proposed, concluded, "All of June filled", "", by, why)
    return id


def closed(records: Records, audit: str, by: str = "Eva") -> str:
    id = reviewed(records, audit, "effective", by=by)
    follow_up.close(records, id, findings.find(records, id).revision, "Ann")
    return id


def reopened(records: Records, audit: str) -> str:
    id = closed(records, audit)
    follow_up.reopen(records, id, findings.find(records, id).revision, "Ann", "Seen again in July")
    return id


def built(workspace: Workspace, records: Records) -> bytes:
    run = results.latest(workspace)
    assert run is not None
    return pack.build(workspace, records, run)


def held(packed: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(packed)) as archived:
        return {name: archived.read(name) for name in archived.namelist()}


def text(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).replace("( ", "(").replace(" ,", ",").strip()


def chapter(files: Files, language: str, of: str = "") -> str:
    """The chapters of findings and of the last review, or what stands under one finding."""
    page = files[f"assessment.{language}.html"].decode()
    heads = {"en": "Findings and corrective actions", "zh": "审核发现与纠正措施"}
    (both,) = re.findall(rf"<h2>{heads[language]}</h2>.*?</section>.*?</section>", page, re.DOTALL)
    return text(re.findall(rf"<h3>{of} .*?(?=<h3>|</section>)", both, re.DOTALL)[0] if of else both)
