"""What is signed, and in which meaning, as readers meet it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.access.role_words import role_word
from audit.access.roles import Role
from audit.signing.signed import AUDIT, AUDITEE, LEAD, PACK, REPRESENTATIVE, REVIEW
from audit.text import Text
from audit.wording import say


def meaning_word(meaning: str) -> Text:
    known = {
        LEAD: say("lead auditor"),
        AUDITEE: say("auditee"),
        REPRESENTATIVE: say("management representative"),
    }
    return known.get(meaning, Text(en=meaning, zh=meaning))


def thing_word(what: str) -> Text:
    known = {
        AUDIT: say("audit"),
        REVIEW: say("management review"),
        PACK: say("evidence pack"),
    }
    return known.get(what, Text(en=what, zh=what))


def signer_word(role: str) -> Text:
    """The role in which somebody signed."""
    return role_word(Role(role)) if role in list(Role) else Text(en=role, zh=role)


def part_word(name: str, what: str = "") -> Text:
    """A part of the snapshot of a thing; ids and what has no word stay as they are."""
    if (what, name) == (REVIEW, "decisions"):
        return say("decisions")
    return _parts().get(name, Text(en=name, zh=name))


def in_order(names: Iterable[str]) -> list[str]:
    """As people read them: what it is first, long lists last; at the end what has no word, 4.1 before 10.2."""
    order = list(_parts())
    return sorted(names, key=lambda name: (order.index(name) if name in order else len(order), _by_number(name)))


def _by_number(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name) if part]


def _parts() -> dict[str, Text]:
    return {
        "recorded": say("as recorded"),
        "run": say("run"),
        "pack": say("evidence pack"),
        "id": say("identifier"),
        "name": say("name"),
        "competence": say("competence"),
        "works_in": say("works in"),
        "day": say("day"),
        "kind": say("kind"),
        "key": say("known by"),
        "input": say("input"),
        "known": say("what the program knew"),
        "audit": say("audit"),
        "management review": say("management review"),
        "decisions": say("conclusions"),
        "answers": say("answers"),
        "findings": say("findings"),
        "title": say("title"),
        "objectives": say("objectives"),
        "scope": say("scope"),
        "edition": say("edition"),
        "packs": say("packs"),
        "period_from": say("period from"),
        "period_to": say("period to"),
        "lead": say("lead auditor"),
        "auditors": say("auditors"),
        "plan": say("plan"),
        "programme": say("audit programme"),
        "previous": say("previous audit"),
        "changed": say("changed since the previous audit"),
        "doubts": say("doubts about independence and competence"),
        "asked": say("requirements asked"),
        "proposed": say("proposed"),
        "concluded": say("concluded"),
        "reason": say("reason"),
        "by": say("by"),
        "outcome": say("outcome"),
        "note": say("note"),
        "evidence_id": say("evidence"),
        "item": say("record drawn"),
        "answered_on": say("answered on"),
        "who": say("who was asked"),
        "requirement_id": say("requirement"),
        "clause": say("clause"),
        "statement": say("statement"),
        "criterion": say("criterion"),
        "evidence": say("evidence"),
        "word": say("in words"),
        "found": say("found"),
        "sampled": say("looked at"),
        "population": say("population"),
        "consequence": say("consequence"),
        "repeats": say("repeats"),
        "grade": say("grade"),
        "grade_reason": say("reason of the grade"),
        "criteria": say("own criteria of the run"),
        "sha256sums": say("SHA-256 of the run's SHA256SUMS"),
        "starts": say("period from"),
        "ends": say("period to"),
        "as_of": say("audit date"),
        "held_on": say("held on"),
        "attendees": say("attendees"),
        "inputs": say("inputs"),
        "what": say("what"),
        "auditor": say("auditor"),
        "interviewed": say("who is interviewed"),
        "before": say("before"),
        "now": say("now"),
        "at_least": say("at least"),
        "at_most": say("at most"),
        "owner": say("owner"),
        "due_on": say("due"),
        "status": say("status"),
        "bytes": say("bytes"),
        "sha256": say("SHA-256 of the pack"),
    }
