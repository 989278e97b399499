"""Stages of a finding, states of an action and results of a review as readers meet them: a shape and a word."""

from __future__ import annotations

from audit.evidence import Grade
from audit.finding.finding import Stage
from audit.tag import Tag, grade_tag
from audit.text import Text
from audit.wording import say


def stage_word(stage: str) -> Text:
    return {
        Stage.OPEN: say("Open"),
        Stage.RESPONDED: say("Responded"),
        Stage.ACTING: say("Actions under way"),
        Stage.REVIEWING: say("Effectiveness due"),
        Stage.CLOSED: say("Closed"),
    }[Stage(stage)]


def finding_grade_tag(grade: Grade | None) -> Tag:
    """None is a finding that nobody has graded yet."""
    return grade_tag(grade) if grade else Tag("…", say("Not graded"))


def action_tag(status: str) -> Tag:
    return {
        "open": Tag("…", say("Open")),
        "done": Tag("●", say("Done")),
        "cancelled": Tag("–", say("Cancelled")),
    }[status]


def judged_tag(judged: str) -> Tag:
    return {
        "effective": Tag("●", say("Effective")),
        "not shown": Tag("◇", say("Not shown")),
        "worse": Tag("✕", say("Worse")),
    }[judged]


def branch_word(branch: str) -> Text:
    return {
        "people": say("People"),
        "method": say("Method"),
        "machine": say("Machine"),
        "material": say("Material"),
        "measurement": say("Measurement"),
        "environment": say("Environment"),
    }[branch]
