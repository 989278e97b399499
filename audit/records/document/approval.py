"""
Who may approve a document, and what the record says about how independent the approval was.

independent: by somebody who signed in and is not the author.
own: by the author, as one person working alone may.
stated: somebody wrote down another one's name, and nobody vouches for it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from audit.access.person import Person
from audit.errors import RecordError
from audit.records import versions
from audit.records.access.authority import require
from audit.records.database import Change
from audit.records.tables.documents import DocumentRow
from audit.wording import say

CONTENT = ("kind", "title", "sha256", "link", "covers_from", "covers_to", "expires_on")
"""What is approved; who changes it has written something new. The rest (owner, note, review) may change without."""


def approve(change: Change, row: DocumentRow, given: Collection[str], signing_in: bool) -> None:
    """
    Says on the row who approved it and how, where this revision approves it; `given` are the fields that the person
    wrote, beside those that the former revision had. Raises Denied where the person may not approve, and RecordError
    where an author who signed in approves the own work.
    """
    former = versions.last(change.session, DocumentRow, row.id)
    if row.status in ("draft", "in review"):
        row.approved_by, row.approved_on, row.approval = "", None, None
    elif row.status == "approved" and not (former and _stands(former, row)):
        require(change.session, change.person, "approve", signing_in, change.at.date())
        change.action = "approve" if former else change.action
        row.approved_on = (row.approved_on if "approved_on" in given else None) or change.at.date()
        row.approved_by = row.approved_by if "approved_by" in given else ""
        _approve(row, change.person, _authors(change, row), signing_in)


def _stands(former: DocumentRow, row: DocumentRow) -> bool:
    """The former approval goes on: it was one, and nothing that it says has changed."""
    same = (former.approved_by, former.approved_on) == (row.approved_by, row.approved_on)
    return former.status == "approved" and same and _content(former) == _content(row)


def _approve(row: DocumentRow, person: Person, authors: list[Person], signing_in: bool) -> None:
    if not signing_in:
        row.approved_by = row.approved_by or person.name
        row.approval = "own" if row.approved_by in {author.name for author in authors} else "stated"
    elif any(_same(author, person) for author in authors):
        raise RecordError(
            say(
                "document '{id}' was written by {name}, who cannot approve it too; keep it as 'in review' and "
                "let somebody else approve it",
                id=row.id,
                name=person.name,
            )
        )
    else:
        row.approved_by, row.approval = person.name, "independent"


def _authors(change: Change, row: DocumentRow) -> list[Person]:
    """All who wrote since the last approval; where nobody did, those who wrote what was approved then."""
    found: list[Person] = []
    later, by = row, change.person
    for each, entry in versions.history(change.session, DocumentRow, row.id):
        if _content(each) != _content(later):
            found.append(by)
        if found and each.status == "approved":
            return found
        later, by = each, Person(entry.actor, entry.identity or "")
    return [*found, by]


def _same(author: Person, person: Person) -> bool:
    """Of what was written before people signed in, only the name is known."""
    return author.identity == person.identity if author.identity else author.name == person.name


def _content(row: DocumentRow) -> dict[str, Any]:
    return {name: getattr(row, name) or None for name in CONTENT}
