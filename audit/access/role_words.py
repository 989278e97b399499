"""Roles and what they may do, as people call them."""

from __future__ import annotations

from collections.abc import Iterable

from audit.access.roles import Role
from audit.text import Text
from audit.wording import say


def role_word(role: Role) -> Text:
    return {
        Role.VIEWER: say("viewer"),
        Role.AUDITOR: say("auditor"),
        Role.QUALITY_MANAGER: say("quality manager"),
        Role.ADMINISTRATOR: say("administrator"),
        Role.GUEST_AUDITOR: say("guest auditor"),
        Role.LOCAL_USER: say("local user"),
    }[role]


def any_of(roles: Iterable[Role]) -> Text:
    """In the order given."""
    words = [role_word(role) for role in roles]
    return Text(en=" or ".join(word.en for word in words), zh="或".join(word.zh for word in words))


def action_word(action: str) -> Text | str:
    """As it stands within a sentence: in English by its name, which says it all."""
    known = action_words().get(action)
    return Text(en=action, zh=known.zh) if known else action


def action_words() -> dict[str, Text]:
    """Action -> what it is, in the order of the table of permissions."""
    return {
        "see results": say("see verdicts, figures, documents and findings"),
        "see audit": say("see an audit as a guest sees it"),
        "see trail": say("see the trail"),
        "see people": say("see people and roles"),
        "see data": say("see loads, rejects and registers"),
        "export": say("take an evidence pack away"),
        "load": say("load files, change registers"),
        "run": say("run the assessment"),
        "set": say("set the organisation's criteria and what it is audited against"),
        "reset": say("put a criterion back to its default"),
        "erase": say("erase a customer"),
        "register": say("register a document"),
        "revise": say("revise a document"),
        "approve": say("approve a document"),
        "request": say("ask for a document"),
        "fulfil request": say("fulfil a request for a document"),
        "withdraw request": say("withdraw a request for a document"),
        "acknowledge": say("say that a document was read"),
        "programme": say("plan the audit programme"),
        "open audit": say("plan and open an audit"),
        "conduct audit": say("conduct an audit"),
        "close audit": say("close an audit"),
        "conclude": say("conclude on a requirement"),
        "answer": say("record interviews, observations and samples"),
        "rate": say("rate maturity"),
        "plan": say("plan who closes a gap until when"),
        "note event": say("note events and baselines on charts"),
        "set objective": say("set, change and retire quality objectives"),
        "set scorecard": say("set, change and retire scorecards"),
        "set assumption": say("set and withdraw what the organisation assumes"),
        "raise": say("raise a finding"),
        "restate": say("restate a finding"),
        "assign": say("give a finding an owner"),
        "grade": say("grade a finding"),
        "respond": say("correct, find the cause and look across"),
        "act": say("plan and finish corrective actions"),
        "review effectiveness": say("review whether an action was effective"),
        "close finding": say("close a finding"),
        "reopen finding": say("reopen a finding"),
        "review": say("decide in the management review"),
        "improve": say("record what was improved for customers"),
        "sign": say("sign off"),
        "review trail": say("review the trail"),
        "people": say("give, change and end roles, end sign-ins"),
        "back up": say("back up"),
        "restore": say("restore a backup"),
    }
