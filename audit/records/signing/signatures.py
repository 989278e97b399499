"""Signatures: who signed exactly what, when and in which meaning. None is ever taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from audit.access.person import Person, Who
from audit.access.role_words import any_of, role_word
from audit.access.roles import Role
from audit.errors import RecordError, SignInAgain
from audit.records.access.alone import alone
from audit.records.database import Change, Records
from audit.records.signing.signable import Signable, require_ready, signable
from audit.records.signing.signature_row import Signature, as_signature, asked, of_in
from audit.records.store import Store
from audit.records.tables import canonical
from audit.records.tables.signatures import SignatureRow
from audit.signing import signed
from audit.signing.signed import AUDITEE, LEAD, MEANINGS, PACK, REPRESENTATIVE
from audit.signing.signed_words import meaning_word, part_word, thing_word
from audit.text import Text, listed
from audit.wording import say

ROLES: dict[str, tuple[Role, ...]] = {
    LEAD: (Role.AUDITOR,),
    AUDITEE: (Role.QUALITY_MANAGER, Role.AUDITOR),
    REPRESENTATIVE: (Role.QUALITY_MANAGER,),
}
"""Who can sign in which meaning, where people sign in."""
FRESH = dt.timedelta(minutes=10)
"""How old the last sign-in may be."""
AHEAD = dt.timedelta(minutes=1)
"""How far the provider's clock may be ahead of ours."""
ACTION = "sign"


def recorded(records: Records, what: str, id: str) -> Signable:
    """What would be signed, as far as the records hold it. Raises RecordError where it is not yet time to sign."""
    with records.read() as session:
        require_ready(session, what, id)
        return signable(session, what, id)


def present(records: Records, what: str, id: str) -> Signable:
    """The same at any time, to hold against what was signed."""
    with records.read() as session:
        return signable(session, what, id)


def sign(
    records: Records,
    store: Store,
    content: Mapping[str, Any],
    meaning: str,
    who: Who,
    reason: str = "",
    key: str | None = None,
    authenticated_at: dt.datetime | None = None,
) -> Signature:
    """
    `content` is exactly what the person looked at: "what", "id", "recorded", and what lies outside of the records.
    Raises RecordError where the records do not say the same any more, or where this person may not sign it so;
    SignInAgain where people sign in and the last time is too long ago.
    """
    what, id = str(content["what"]), str(content["id"])
    if meaning not in MEANINGS.get(what, ()):
        raise RecordError(
            say(
                "'{meaning}' does not sign a {what}; choose one of: {known}",
                meaning=meaning,
                what=thing_word(what),
                known=", ".join(MEANINGS.get(what, ())),
            )
        )
    with records.change(who, ACTION, reason, key) as change:
        if records.signing_in:
            _require_fresh(change.at, authenticated_at)
        require_ready(change.session, what, _source(content))
        found = signable(change.session, what, _source(content))
        _require_unchanged(content, found, say("{kind} '{id}'", kind=thing_word(what), id=id))
        by_oneself = alone(change.session, change.person, ACTION, change.at.date(), records.signing_in)
        if not by_oneself:
            _require_another(change, found, what, id, meaning)
        sha256 = signed.sha256(content)
        _refuse_again(change, what, id, meaning, sha256)
        store.put(signed.snapshot(content))
        row = SignatureRow(
            what=what, what_id=id, meaning=meaning, name=change.actor, signed_at=change.at, sha256=sha256,
            verified=bool(change.person.identity), authenticated_at=authenticated_at, independent=not by_oneself,
        )  # fmt: skip
        return as_signature(row, change.keep(row))


def of(records: Records, what: str, what_id: str) -> list[Signature]:
    """Oldest first."""
    with records.read() as session:
        return of_in(session, what, what_id)


def every(records: Records) -> list[Signature]:
    with records.read() as session:
        return [as_signature(row, entry) for row, entry in session.execute(asked())]


def same(one: Person, other: Person) -> bool:
    """By what a sign-in vouches for; of what was done before people signed in, only the name is known."""
    if one.identity and other.identity:
        return one.identity == other.identity
    return one.name.casefold() == other.name.casefold()


def _source(content: Mapping[str, Any]) -> str:
    """A pack has its own name; its conclusions are those of an audit."""
    return str(content["pack"]["audit"]) if content["what"] == PACK else str(content["id"])


def _require_fresh(at: dt.datetime, authenticated_at: dt.datetime | None) -> None:
    if authenticated_at is None or not -AHEAD <= at - authenticated_at <= FRESH:
        minutes = int(FRESH.total_seconds() // 60)
        raise SignInAgain(
            say(
                "to sign, you must have signed in within the last {minutes} minutes; sign in again, then sign",
                minutes=minutes,
            )
        )


def _require_unchanged(content: Mapping[str, Any], now: Signable, what: Text) -> None:
    if canonical(content["recorded"]) != canonical(now.recorded):
        first = next(signed.differences(dict(content["recorded"]), now.recorded))
        where = Text(en=", ".join(first.place), zh="、".join(part_word(name).zh for name in first.place))
        raise RecordError(
            say(
                "{what} was changed after you opened it ({where}); nothing was signed: look at it again, then sign",
                what=what,
                where=where,
            )
        )


def _require_another(change: Change, now: Signable, what: str, id: str, meaning: str) -> None:
    """Signer is not author. A lead auditor signs for the auditors, so may have concluded, and must be the lead."""
    actor, role, word = change.actor, role_word(change.role), meaning_word(meaning)
    if change.role not in ROLES[meaning]:
        told = say(
            "{role} does not sign as {meaning}; ask somebody who is {who}",
            role=role, meaning=word, who=any_of(ROLES[meaning]),
        )  # fmt: skip
        raise RecordError(told)
    if meaning == LEAD and now.lead and not _named(change.person, now.lead):
        raise RecordError(say("{actor} is not the lead auditor; ask {lead} to sign", actor=actor, lead=now.lead))
    own = [author.wrote for author in now.authors if same(author.person, change.person)]
    if own and not (meaning == LEAD and now.lead):
        raise RecordError(
            say(
                "{actor} wrote {own} and cannot sign it as {meaning}; ask somebody who did not",
                actor=actor,
                own=_few(own),
                meaning=word,
            )
        )
    if meaning != LEAD and any(_named(change.person, name) for name in now.team):
        raise RecordError(
            say(
                "{actor} is of the audit team and cannot sign as {meaning}; ask somebody who did not audit",
                actor=actor,
                meaning=word,
            )
        )
    for former in of_in(change.session, what, id):
        if same(former.by, change.person) and former.meaning != meaning:
            raise RecordError(
                say(
                    "{actor} signed as {former} already; somebody else signs as {meaning}",
                    actor=actor,
                    former=meaning_word(former.meaning),
                    meaning=word,
                )
            )


def _refuse_again(change: Change, what: str, id: str, meaning: str, sha256: str) -> None:
    for former in of_in(change.session, what, id):
        if (former.meaning, former.sha256) == (meaning, sha256) and same(former.by, change.person):
            raise RecordError(
                say(
                    "{actor} has signed exactly this as {meaning}, at {at} UTC",
                    actor=change.actor,
                    meaning=meaning_word(meaning),
                    at=f"{former.at:%Y-%m-%d %H:%M}",
                )
            )


def _named(person: Person, name: str) -> bool:
    return name.casefold() in {known.casefold() for known in (person.name, person.email, person.identity) if known}


def _few(own: Sequence[Text]) -> Text:
    every = list(dict.fromkeys(own))
    first = listed(every[:3])
    return say("{first} and {count} more", first=first, count=str(len(every) - 3)) if len(every) > 3 else first
