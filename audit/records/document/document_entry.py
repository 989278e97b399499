"""What a person writes about a document, checked: each refusal says what to write instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args
from urllib.parse import urlsplit

from audit.errors import RecordError
from audit.limits import MOST_MONTHS, DocumentStatus
from audit.records.statement import day, in_order, readable, sha256_name, stated
from audit.text import Text
from audit.wording import say

STATUSES: tuple[str, ...] = get_args(DocumentStatus)
LONGEST_LINK = 2_000


@dataclass(frozen=True)
class NewDocument:
    """What a person registers. Without an id of the organisation's own, the next free DOC number is taken."""

    kind: str
    title: str
    status: str = "draft"
    owner: str = ""
    approved_by: str = ""
    """Counts where nobody signs in; else whoever approves is named here. A draft has no approver."""
    approved_on: dt.date | None = None
    reviewed_on: dt.date | None = None
    covers_from: dt.date | None = None
    covers_to: dt.date | None = None
    note: str = ""
    sha256: str = ""
    """Of the content in the store, or "" where only the entry is kept."""
    file: str = ""
    size: int | None = None
    """Bytes."""
    id: str = ""
    link: str = ""
    """Where the document is kept instead: an https address."""
    file_type: str = ""
    review_every: int | None = None
    """Months."""
    expires_on: dt.date | None = None
    """The last day on which it holds."""
    retain_until: dt.date | None = None
    """The last day on which it must be kept."""
    requirements: Sequence[str] = ()
    """Ids of those that it helps to show."""


def checked(new: NewDocument, now: dt.datetime) -> NewDocument:
    for name in ("approved_on", "reviewed_on"):
        day(getattr(new, name), name, now)
    if new.status not in STATUSES:
        raise RecordError(
            say(
                "'{status}' is no status of a document; write one of: {known}",
                status=new.status,
                known=", ".join(STATUSES),
            )
        )
    _check_days(new)
    _check_size(new)
    return replace(
        new,
        kind=stated(
            new.kind, say("the kind of document"), say("one that the checklist asks for, as in 'survey method'")
        ),
        title=stated(new.title, say("the title"), say("the document's own title")),
        owner=readable(new.owner.strip(), say("the owner")),
        approved_by=readable(new.approved_by.strip(), "approved_by"),
        note=readable(new.note.strip(), say("the note")),
        sha256=sha256_name(new.sha256),
        file=readable(new.file.strip(), say("the file name")),
        id=readable(new.id.strip(), say("the id")),
        link=link(new.link.strip()),
        requirements=requirements(new.requirements),
    )


def link(address: str) -> str:
    """Raises RecordError for what a browser would not open safely, or would open somewhere else than it seems."""
    readable(address, say("the link"))
    if not address:
        return ""
    if len(address) > LONGEST_LINK:
        raise RecordError(
            say("the link has {count} characters; write one of at most {most}", count=len(address), most=LONGEST_LINK)
        )
    if not address.isprintable() or any(sign in address for sign in " \\<>\"'"):
        raise RecordError(
            say(
                "the link {address} holds a sign that no address has; {instead}",
                address=ascii(address),
                instead=_instead(),
            )
        )
    try:
        parts = urlsplit(address)
        sound = parts.scheme == "https" and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        sound = False
    if not sound:
        raise RecordError(say("'{address}' is no https address; {instead}", address=address, instead=_instead()))
    if "@" in parts.netloc:
        raise RecordError(
            say(
                "'{address}' names a user before the address; write it without what stands before the @",
                address=address,
            )
        )
    return address


def _instead() -> Text:
    return say("write an address that begins with https:// and a name, as in https://docs.example.org/plan")


def requirements(ids: Sequence[str]) -> list[str]:
    """Each once, in the order given."""
    what, instead = say("the id of a requirement"), say("one of the checklist's, as in 9.1.2-a")
    return list(dict.fromkeys(stated(id, what, instead) for id in ids))


def _check_days(new: NewDocument) -> None:
    in_order(new.covers_from, new.covers_to, ("covers_from", "covers_to"))
    if new.review_every is not None and not 1 <= new.review_every <= MOST_MONTHS:
        raise RecordError(
            say(
                "'{months}' is no review interval; write whole months from 1 to {most}",
                months=str(new.review_every),
                most=str(MOST_MONTHS),
            )
        )
    if new.expires_on and new.approved_on and new.expires_on < new.approved_on:
        raise RecordError(
            say(
                "expires_on {expires} is before approved_on {approved}; write the last day on which it holds",
                expires=new.expires_on.isoformat(),
                approved=new.approved_on.isoformat(),
            )
        )


def _check_size(new: NewDocument) -> None:
    if new.size is not None and new.size < 0:
        raise RecordError(say("size {size} is no number of bytes; write 1 or more", size=str(new.size)))
    if new.size == 0:
        raise RecordError(
            say("'{file}' is empty; choose the file again, or register the document without one", file=new.file)
        )
