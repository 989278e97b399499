"""A workspace with one person in each role, and a document that strangers must never receive."""

from __future__ import annotations

from pathlib import Path

from audit.records.access import people
from audit.records.document import documents
from audit.records.document.documents import NewDocument
from pipelines.workspace import SetUp, Workspace, make_workspace

CANARY = "Canary of the survey method"
"""Stands on the page of documents; whoever is not let in must never receive it."""
ROLES = ("viewer", "auditor", "quality manager", "administrator")


def address_of(role: str) -> str:
    return role.replace(" ", ".") + "@example.org"


def make_team(folder: Path, **set_up: object) -> Workspace:
    """One person in each role, and a document."""
    made = make_workspace(folder, SetUp(organisation="Lindvale Pumps").model_copy(update=set_up))
    with made.open_records() as records:
        for role in ROLES:
            people.give(records, address_of(role), role.title(), role, "Root")
        documents.register(records, NewDocument("survey method", CANARY), "Root")
    return made
