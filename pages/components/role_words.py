"""Roles and what they may do, as people call them."""

from __future__ import annotations

from audit.roles import Role
from pages.components.words import _


def role_word(role: Role) -> str:
    return {
        Role.VIEWER: _("viewer"),
        Role.AUDITOR: _("auditor"),
        Role.QUALITY_MANAGER: _("quality manager"),
        Role.ADMINISTRATOR: _("administrator"),
        Role.GUEST_AUDITOR: _("guest auditor"),
        Role.LOCAL_USER: _("local user"),
    }[role]


def action_words() -> dict[str, str]:
    """Action -> what it is, in the order of the table of permissions."""
    return {
        "see results": _("see verdicts, figures, documents and findings"),
        "see audit": _("see an audit as a guest sees it"),
        "see trail": _("see the trail"),
        "see people": _("see people and roles"),
        "see data": _("see loads, rejects and registers"),
        "export": _("take an evidence pack away"),
        "load": _("load files, change registers"),
        "run": _("run the assessment"),
        "set": _("set the organisation's criteria and what it is audited against"),
        "reset": _("put a criterion back to its default"),
        "erase": _("erase a customer"),
        "register": _("register a document"),
        "revise": _("revise a document"),
        "approve": _("approve a document"),
        "request": _("ask for a document"),
        "fulfil request": _("fulfil a request for a document"),
        "withdraw request": _("withdraw a request for a document"),
        "acknowledge": _("say that a document was read"),
        "programme": _("plan the audit programme"),
        "open audit": _("plan and open an audit"),
        "conduct audit": _("conduct an audit"),
        "close audit": _("close an audit"),
        "conclude": _("conclude on a requirement"),
        "answer": _("record interviews, observations and samples"),
        "rate": _("rate maturity"),
        "plan": _("plan who closes a gap until when"),
        "note event": _("note events and baselines on charts"),
        "set objective": _("set, change and retire quality objectives"),
        "set scorecard": _("set, change and retire scorecards"),
        "set assumption": _("set and withdraw what the organisation assumes"),
        "raise": _("raise a finding"),
        "restate": _("restate a finding"),
        "assign": _("give a finding an owner"),
        "grade": _("grade a finding"),
        "respond": _("correct, find the cause and look across"),
        "act": _("plan and finish corrective actions"),
        "review effectiveness": _("review whether an action was effective"),
        "close finding": _("close a finding"),
        "reopen finding": _("reopen a finding"),
        "review": _("decide in the management review"),
        "improve": _("record what was improved for customers"),
        "sign": _("sign off"),
        "review trail": _("review the trail"),
        "people": _("give, change and end roles, end sign-ins"),
        "back up": _("back up"),
        "restore": _("restore a backup"),
    }
