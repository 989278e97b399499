"""An entry of the trail in words: what it was done to, who did it, when."""

from __future__ import annotations

from audit.access.roles import Role
from audit.assumption import KINDS, title
from audit.records.trail.entry import Entry
from audit.signing.signed import MEANINGS
from pages.components import tags
from pages.components.access.role_words import action_words, role_word
from pages.components.sign_off.sign_words import thing_word
from pages.components.words import _, plain, said


def object_word(kind: str) -> str:
    return kinds().get(kind, kind)


def kinds() -> dict[str, str]:
    return {
        "action": _("corrective action"),
        "answer": _("answer"),
        "assumption": _("assumption"),
        "audit": _("audit"),
        "criterion": _("criterion"),
        "decision": _("conclusion"),
        "document": _("document"),
        "document request": _("request for a document"),
        "effectiveness": _("review of effectiveness"),
        "erasure": _("erasure"),
        "event": _("event"),
        "finding": _("finding"),
        "gap": _("plan for a gap"),
        "improvement": _("improvement for customers"),
        "load": _("load"),
        "management review": _("management review"),
        "maturity": _("rating of maturity"),
        "objective": _("quality objective"),
        "person": _("person"),
        "programme": _("audit programme"),
        "reading": _("reading of a document"),
        "restore": _("restored backup"),
        "review decision": _("decision of the management review"),
        "scorecard": _("scorecard"),
        "set-up": _("edition and packs"),
        "signature": _("signature"),
        "trail review": _("review of the trail"),
    }


def action(entry: Entry) -> str:
    return plain(action_words().get(entry.action, entry.action))


def subject(entry: Entry) -> str:
    return f"{object_word(entry.object)} {plain(_id(entry))}"


def _id(entry: Entry) -> str:
    """That of a signature begins with what is signed; an assumption is known by its title."""
    if entry.object == "assumption" and entry.object_id in KINDS:
        return said(title(entry.object_id))
    named = next((what for what in MEANINGS if entry.object_id.startswith(f"{what} ")), "")
    if entry.object != "signature" or not named:
        return entry.object_id
    return f"{thing_word(named)} {entry.object_id.removeprefix(f'{named} ')}"


def moment(entry: Entry) -> str:
    """UTC, as it is sealed."""
    return f"{entry.time:%Y-%m-%d %H:%M:%S}"


def actor(entry: Entry) -> str:
    name = f"**{plain(entry.actor)}**"
    if entry.role is None:
        return name
    role = role_word(Role(entry.role)) if entry.role in list(Role) else plain(entry.role)
    vouched = "" if entry.identity else f" {tags.unverified()}"
    return f"{name}  \n{tags.small(role)}{vouched}"
