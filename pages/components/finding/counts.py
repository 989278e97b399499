"""How many findings are open and how many are late, on pages that only mention them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

import streamlit as st

from audit.evidence import ClauseAssessment, Grade
from audit.finding.finding import Followed
from audit.finding.place import asked_in, clause_in
from audit.records.finding import actions, findings
from pages.components import session, tags
from pages.components.words import _


def by_clause(clauses: Sequence[ClauseAssessment]) -> dict[str, list[Followed]]:
    """Under the clauses as a run has them, also what was raised against an edition that numbers them otherwise."""
    found: dict[str, list[Followed]] = defaultdict(list)
    asked = asked_in(clauses)
    for each in findings.followed(session.records()):
        found[clause_in(asked, each.finding)].append(each)
    return found


def mark(every: Sequence[Followed]) -> str:
    """The sign of an open major nonconformity, for places with room for one."""
    major = any(each.finding.grade == Grade.MAJOR and not each.finding.closed for each in every)
    return tags.grade_words(Grade.MAJOR)[0] if major else ""


def counts(every: Mapping[str, Sequence[Followed]]) -> None:
    """Nothing where nothing was ever found or planned."""
    kept = [each for of_clause in every.values() for each in of_clause]
    today = dt.date.today()
    decided = [action for action in actions.every(session.records()) if not action.finding]
    if not kept and not decided:
        return
    open_ = sum(not each.finding.closed for each in kept)
    major = sum(each.finding.grade == Grade.MAJOR and not each.finding.closed for each in kept)
    late = sum(each.late(today) > 0 for each in kept) + sum(action.late(today) > 0 for action in decided)
    told = [_("1 finding is open") if open_ == 1 else _("{count} findings are open", count=open_)]
    if major:
        told.append(tags.tag(*_major(major)))
    if late:
        told.append(tags.tag("◷", _("{count} overdue", count=late)))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(" ".join(told), width="content")
        session.link("findings", _("Findings and actions") + " →")


def _major(count: int) -> tuple[str, str]:
    sign, word = tags.grade_words(Grade.MAJOR)
    return sign, _("{grade}: {count} open", count=count, grade=word)
