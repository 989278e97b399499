"""Findings and actions: what was found, how far each has come, who is late, and what the last run proposes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from audit.finding.finding import Followed
from audit.finding.finding_draft import FindingDraft, proposed
from audit.records.finding import findings
from pages.components import session, tags
from pages.components.chosen import buttons, chosen
from pages.components.finding import finding_words as words
from pages.components.finding.finding_list import board, download, filtered, finding_table
from pages.components.finding.one_finding import one_finding
from pages.components.frame import page
from pages.components.table import table
from pages.components.words import _, plain, said

VIEWS = ("board", "table", "proposed")


def main() -> None:
    workspace, today = session.workspace(), dt.date.today()
    every = findings.followed(session.records(workspace))
    asked = st.query_params.get("finding", "")
    known = {each.finding.id: each for each in every}
    if asked in known:
        _one(known[asked], today)
        return
    run = session.latest(workspace)
    waiting = list(proposed(run.clauses, _raised(every))) if run else []
    view = chosen("view", VIEWS, "board")
    with page(_answer(every, today), _("Findings and actions"), [("overview", _("Overview"))]):
        if asked:
            st.warning(_("There is no finding {id}; here are all.", id=plain(asked)))
        names = {
            "board": _("Board"),
            "table": _("Table"),
            "proposed": _("Proposed by the last run ({count})", count=len(waiting)),
        }
        buttons("view", _("View"), VIEWS, names.__getitem__, labelled=False)
        if view == "proposed":
            _proposed(waiting)
        else:
            _all(every, view, today)


def _one(each: Followed, today: dt.date) -> None:
    finding = each.finding
    title = _("{id} {grade}: {stage}", id=finding.id, grade=words.grade_words(finding), stage=words.stage(each.stage))
    above = [("overview", _("Overview")), ("findings", _("Findings and actions"))]
    with page(title, finding.id, above):
        one_finding(each, today)


def _answer(every: Sequence[Followed], today: dt.date) -> str:
    open_ = [each for each in every if not each.finding.closed]
    if not every:
        return _("Nothing has been found yet")
    if not open_:
        return _("The finding is closed") if len(every) == 1 else _("All {count} findings are closed", count=len(every))
    late = sum(each.late(today) > 0 for each in open_)
    major = sum(each.finding.grade == "major nonconformity" for each in open_)
    first = _("1 finding is open") if len(open_) == 1 else _("{count} findings are open", count=len(open_))
    if major:
        first = _("{sentence}, {count} of them major", sentence=first, count=major)
    return _("{sentence}, {count} overdue", sentence=first, count=late) if late else first


def _all(every: Sequence[Followed], view: str, today: dt.date) -> None:
    if not every:
        st.markdown(
            _(
                "Raise a finding on a clause page, at a requirement or beside evidence that is not met. "
                "What the last run proposes stands in the third view."
            )
        )
        return
    among = filtered(every)
    if not among:
        st.info(_("No finding fits these filters. Choose “all” in one of them."))
        return
    (board if view == "board" else finding_table)(among, today)
    download(among, today)


def _raised(every: Sequence[Followed]) -> set[str]:
    """Evidence that an open finding rests on already."""
    return {
        reference.key
        for each in every
        if not each.finding.closed
        for reference in each.finding.evidence
        if reference.kind == "evidence"
    }


def _proposed(waiting: Sequence[FindingDraft]) -> None:
    """What is not met and has no open finding; raised on its clause page, beside the evidence."""
    if not waiting:
        st.markdown(_("Nothing: all that is not met has a finding, or nothing has been assessed."))
        return
    rows = [
        [
            f"**{each.references[0].key}**",
            tags.grade(each.grade) if each.grade else tags.tag("…", _("Not graded")),
            plain(said(each.statement)) if each.statement else "–",
            plain(said(each.criterion)),
        ]
        for each in waiting
    ]
    with st.container(key="proposed_findings"):
        table([_("Evidence"), _("Grade"), _("Statement"), _("Criterion")], rows, _("Proposed by the last run"))
    with st.container(horizontal=True, gap="small"):
        st.markdown(tags.muted(_("Raise it beside the evidence")), width="content")
        for each in waiting:
            key = each.references[0].key
            session.link("clause", key, clause=each.clause, evidence=key)


main()
