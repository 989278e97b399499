"""The words of findings and actions: stages, kinds of evidence, branches of a cause, results of a review."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from audit.finding.finding import Action, Extent, Finding, Followed, Reference, Repeat
from audit.finding.finding_tag import action_tag, branch_word, finding_grade_tag, judged_tag, stage_word
from audit.finding.place import asked_in, clause_in
from pages.components import session, tags
from pages.components.words import _, plain, said, shown


def stage(value: str) -> str:
    return said(stage_word(value))


def kind(value: str) -> str:
    return {
        "requirement": _("Requirement"),
        "evidence": _("Evidence"),
        "document": _("Document"),
        "complaint": _("Complaint"),
        "row": _("Row"),
        "other": _("Other"),
    }[value]


def branch(value: str) -> str:
    return said(branch_word(value))


def method(value: str) -> str:
    return {"whys": _("Five whys"), "fishbone": _("Fishbone")}[value]


def judged(value: str) -> str:
    return tags.tagged(judged_tag(value))


def status(action: Action) -> str:
    return tags.tagged(action_tag(action.status))


def status_words(action: Action) -> tuple[str, str]:
    return tags.mark_and_word(action_tag(action.status))


def grade(finding: Finding) -> str:
    return tags.tagged(finding_grade_tag(finding.grade))


def grade_words(finding: Finding) -> str:
    return said(finding_grade_tag(finding.grade).word)


def late(days: int) -> str:
    if not days:
        return ""
    return tags.tag("◷", _("1 day late") if days == 1 else _("{days} days late", days=days))


def due(each: Followed, today: dt.date) -> str:
    if not each.next_due:
        return "–"
    return f"{shown(each.next_due)} {late(each.late(today))}".strip()


def owner(each: Followed) -> str:
    """Of what comes next: of the open actions, else of the finding."""
    owners = dict.fromkeys(action.owner for action in each.actions if action.status == "open")
    return ", ".join(owners) or each.finding.owner


def said_shortly(finding: Finding, most: int = 160) -> str:
    """The statement, or where there is none what was looked at."""
    text = finding.statement or ", ".join(reference.key for reference in finding.evidence)
    return text if len(text) <= most else text[: most - 1] + "…"


def reference(each: Reference) -> str:
    word = f": {plain(each.word)}" if each.word else ""
    return f"{tags.muted(kind(each.kind))} **{plain(each.key)}**{word}"


def extent(value: Extent) -> str:
    parts = {
        _("{count} found", count=value.found if value.found is not None else 0): value.found,
        _("{count} looked at", count=value.sampled if value.sampled is not None else 0): value.sampled,
        _("{count} there are", count=value.population if value.population is not None else 0): value.population,
    }
    return " · ".join(words for words, number in parts.items() if number is not None)


def clause(finding: Finding) -> str:
    return finding.requirement_id or finding.clause


def open_clause(finding: Finding) -> None:
    run = session.latest()
    clause = clause_in(asked_in(run.clauses if run else ()), finding)
    if clause:
        evidence = [reference.key for reference in finding.evidence if reference.kind == "evidence"]
        query = {"clause": clause} | ({"evidence": evidence[0]} if evidence else {})
        session.link("clause", _("Open the clause") + " →", **query)


def found_before(repeat: Repeat) -> None:
    """As it stood when the later finding was raised."""
    what = _("same evidence") if repeat.same == "evidence" else _("same requirement")
    proved = _("its actions had been reviewed as effective")
    then = proved if repeat.effective else _("no action of it had proved effective")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{tags.tag('◷', _('Found before'))} {what}; {then}", width="content")
        session.link("findings", f"{repeat.finding} →", finding=repeat.finding)
