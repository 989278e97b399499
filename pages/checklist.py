"""The whole checklist as a tree: what each clause asks, who can judge it, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from audit.checklist import Checklist, Clause
from audit.evidence import ClauseAssessment, Verdict
from audit.rule import Role
from audit.sentence import role_word
from pages.components import frozen, session, tags
from pages.components.chosen import buttons, chosen
from pages.components.clause import judged_by
from pages.components.clause.audited_against import against, changed_since, edition_name
from pages.components.clause.chapters import by_chapter, chapter_name
from pages.components.clause.checklist_reader import reader
from pages.components.frame import page
from pages.components.words import _, language, plain, said
from pipelines.checklists import editions
from pipelines.reports.interview import sheet
from pipelines.runs import results
from pipelines.workspace import Workspace

ROLES: tuple[Role, ...] = ("top management", "process owner", "staff")
WHO = ("anybody", "fully", "partly", "by people")
ANY = "any"


def main() -> None:
    workspace = session.workspace()
    edition = chosen("edition", editions.named(workspace.layers), workspace.set_up.edition)
    checklist = workspace.checklist(edition)
    standing = _standing(workspace, edition)
    with page(_answer(checklist), _("Checklist"), [("overview", _("Overview"))]):
        changed_since(workspace)
        _filters(workspace)
        shown = [clause for clause in checklist.clauses if _wanted(clause, standing.get(clause.clause))]
        tree, reading = st.columns([2, 5], gap="medium")
        current = _current(shown)
        with tree:
            _tree(shown, standing, current)
        with reading:
            if current:
                _reading(workspace, current)
            else:
                st.info(_("No clause fits these filters. Choose “all” in one of them."))
        against(workspace)


def _answer(checklist: Checklist) -> str:
    requirements = [r for clause in checklist.clauses for r in clause.requirements]
    judged = sum("computed" in requirement.kinds for requirement in requirements)
    return _(
        "{clauses} clauses ask {requirements} things; data speaks to {judged} of them",
        clauses=len(checklist.clauses),
        requirements=len(requirements),
        judged=judged,
    )


def _standing(workspace: Workspace, edition: str) -> dict[str, ClauseAssessment]:
    run = results.latest(workspace)
    clauses = frozen.through(workspace, run, edition, workspace.set_up.packs) if run else ()
    return {clause.clause: clause for clause in clauses}


def _filters(workspace: Workspace) -> None:
    verdicts = [ANY, *map(str, Verdict)]
    packs = [ANY, "none", *workspace.set_up.packs]
    for name, options in (("verdict", verdicts), ("pack", packs), ("who", WHO), ("view", ("one", "both"))):
        chosen(name, options, options[0])
    with st.container(horizontal=True, gap="medium"):
        buttons("edition", _("Edition"), editions.named(workspace.layers), edition_name)
        buttons("verdict", _("Proposed verdict"), verdicts, _verdict_name)
        if workspace.set_up.packs:
            buttons("pack", _("Pack"), packs, lambda name: _pack_names().get(name, name))
        buttons("who", _("Who can judge"), WHO, _who_name)
        buttons("view", _("Languages"), ("one", "both"), lambda name: _("One") if name == "one" else "English | 中文")


def _verdict_name(name: str) -> str:
    return _("all") if name == ANY else " ".join(tags.verdict_words(Verdict(name)))


def _pack_names() -> dict[str, str]:
    return {ANY: _("all"), "none": _("without packs")}


def _who_name(name: str) -> str:
    return _("all") if name == "anybody" else judged_by.from_data(name)  # type: ignore[arg-type]


def _wanted(clause: Clause, standing: ClauseAssessment | None) -> bool:
    verdict, pack, who = (st.session_state.get(name, "") for name in ("verdict", "pack", "who"))
    if verdict not in ("", ANY) and (standing is None or str(standing.proposed) != verdict):
        return False
    of_packs = {requirement.pack for requirement in clause.requirements}
    if pack not in ("", ANY) and ("" if pack == "none" else pack) not in of_packs:
        return False
    return who in ("", "anybody") or clause.from_data == who


def _current(shown: Sequence[Clause]) -> Clause | None:
    known = {clause.clause: clause for clause in shown}
    return known.get(st.query_params.get("clause", ""), shown[0] if shown else None)


def _tree(shown: Sequence[Clause], standing: Mapping[str, ClauseAssessment], current: Clause | None) -> None:
    for number, clauses in by_chapter(shown, lambda clause: clause.clause).items():
        with st.expander(f"{chapter_name(number)} ({len(clauses)})", expanded=current in clauses):
            for clause in clauses:
                _branch(clause, standing.get(clause.clause), clause is current)


def _branch(clause: Clause, standing: ClauseAssessment | None, current: bool) -> None:
    mark = tags.verdict_words(standing.proposed)[0] if standing else ""
    label = f"{mark} **{clause.clause}** {plain(said(clause.title))}"
    if st.button(label, key=f"branch {clause.clause}", type="secondary" if current else "tertiary", wrap=True):
        st.query_params["clause"] = clause.clause
        st.rerun()


def _reading(workspace: Workspace, clause: Clause) -> None:
    both = st.session_state.get("view") == "both"
    with st.container(horizontal=True, vertical_alignment="center"):
        run = results.latest(workspace)
        if run and clause.clause in {each.clause for each in run.clauses}:
            session.link("clause", _("Judge this clause") + " →", clause=clause.clause)
        for role in ROLES:
            name = f"interview-{clause.clause}-{role.replace(' ', '-')}.html"
            label = _("Interview sheet: {role}", role=said(role_word(role)))
            content = sheet(workspace, [clause], role, None if both else language())
            st.download_button(label, content, name, "text/html", key=f"sheet {role}", on_click="ignore")
    reader(workspace, clause, both)


main()
