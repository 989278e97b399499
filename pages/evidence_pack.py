"""What the certification auditor receives: what is inside, what is still missing, and the zip itself."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import streamlit as st

from audit.errors import AuditError
from audit.evidence import ClauseAssessment, Evidence, Outcome
from audit.records.auditing import audits, decisions
from audit.records.auditing.decisions import Decision
from pages.components import session, tags
from pages.components.frame import page
from pages.components.methods_report import methods_report
from pages.components.states import in_words
from pages.components.table import table
from pages.components.tags import muted, small
from pages.components.words import _, plain, said
from pipelines.reports.given_out import build, noted
from pipelines.reports.pack_findings import followed_json, followed_up
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace

BUILT = "pack_built"


def main() -> None:
    workspace = session.workspace()
    run = session.run(workspace)
    decided = decisions.current(session.records(workspace))
    open_ones = _open(run, decided)
    with page(_answer(run, open_ones), _("Evidence pack"), [("overview", _("Overview"))]):
        _frozen(run)
        _download(workspace, run, decided)
        methods_report(workspace, run)
        grid = st.grid(2, min_column_width=440, gap="medium")
        with grid.cell():
            _inside()
        with grid.cell():
            _missing(run, open_ones)


def _answer(run: Run, open_ones: Sequence[str]) -> str:
    """The title: whether the pack would be complete."""
    count = sum(len(clause.requirements) for clause in run.clauses)
    if not open_ones:
        return _("The pack is complete: all {count} conclusions are recorded", count=count)
    if len(open_ones) == 1:
        return _("The pack can be built; 1 of {count} conclusions is still open", count=count)
    return _("The pack can be built; {open} of {count} conclusions are still open", open=len(open_ones), count=count)


def _open(run: Run, decided: Mapping[str, Decision]) -> list[str]:
    return [r.id for clause in run.clauses for r in clause.requirements if r.id not in decided]


def _frozen(run: Run) -> None:
    words = _(
        "For the certification auditor and for your own files. Figures, documents and criteria are frozen as of "
        "run {run}: data from {starts} to {ends}, as of {date}. "
        "Conclusions are taken as they stand when the pack is built.",
        run=run.id, date=run.as_of, starts=run.starts, ends=run.ends,
    )  # fmt: skip
    st.markdown(plain(words))


def _download(workspace: Workspace, run: Run, decided: Mapping[str, Decision]) -> None:
    state = (run.id, str(sorted((id, each.at.isoformat()) for id, each in decided.items())), _followed(workspace))
    built = st.session_state.get(BUILT)
    with st.container(border=True):
        if st.button(_("Build the pack"), type="secondary" if built else "primary", key="build_pack"):
            _build(workspace, run, state)
        if built is None:
            st.markdown(muted(_("Nothing has been built in this session yet. It takes a few seconds.")))
            return
        of, content = built
        if of != state:
            st.warning(
                _(
                    "There is a newer run, conclusion, finding, action or decision than in this pack. "
                    "Build it again before you hand it over."
                )
            )
        _offer(workspace, of[0], content)


def _followed(workspace: Workspace) -> str:
    records = session.records(workspace)
    opened = audits.opened(records)
    return str(followed_json(followed_up(records, opened.id if opened else "")))


def _build(workspace: Workspace, run: Run, state: tuple[str, str, str]) -> None:
    try:
        session.require("export")
        with st.spinner(_("Building the pack…")):
            content = build(workspace, session.records(workspace), run)
    except AuditError as error:
        st.error(_("The pack was not built: {reason}", reason=in_words(error)))
        return
    st.session_state[BUILT] = (state, content)
    st.rerun()


def _offer(workspace: Workspace, run_id: str, content: bytes) -> None:
    name = f"evidence-pack-{run_id}.zip"
    size = _("{size} kB", size=max(1, round(len(content) / 1000)))
    label = f"{_('Download the pack')} ({size})"
    st.download_button(label, content, name, "application/zip", key="download_pack", type="primary", on_click="ignore")
    st.markdown(small(_("SHA-256 of the zip: whoever receives it can compare.")))
    digest = hashlib.sha256(content).hexdigest()
    st.code(digest, language=None)
    st.markdown(small(_("To check that nothing in it was changed, in a terminal:")))
    st.code(f"python -m pipelines verify {name}", language=None)
    st.markdown(small(_held_against(digest in noted(workspace))))


def _held_against(known: bool) -> str:
    if known:
        return _(
            "With `--workspace` and the folder of this workspace it also says whether it is, byte for byte, a pack "
            "that was built here: its sum is noted."
        )
    return _(
        "With `--workspace` and the folder of this workspace it also compares what can be built again, and names the "
        "files that it cannot compare: the sum of this pack could not be noted in this workspace."
    )


def _inside() -> None:
    st.header(_("What is inside"), anchor=False)
    rows = [
        [
            "`assessment.en.html` `assessment.zh.html`",
            _("The assessment as a page that opens offline, in both languages"),
        ],
        [
            "`assessment.json` `run.json`",
            _("The same for machines: verdicts, evidence and the sentence behind each outcome"),
        ],
        ["`audit.json`", _("The audit that was open when the pack was built: its title, period and criteria")],
        ["`conclusions.json`", _("What the auditor concluded, with reasons, beside what was proposed")],
        [
            "`findings.json`",
            _("The findings of that audit, or of all where none was open, with cause, actions and reviewed effect"),
        ],
        ["`management-review.json`", _("What the last management review decided, and what became of it")],
        [
            "`measurements.csv`",
            _("Every figure of the run with interval and number of records, also those of few customers"),
        ],
        ["`queries/`", _("The definition of every figure, as it was computed")],
        ["`gate.json`", _("Every file that came in, its count, and what its gate said")],
        ["`documents.csv` `criteria.json`", _("The register of documents and your own criteria, as the run used them")],
        [
            "`signatures.json`",
            _("Who signed what, when and in which meaning, its hash, and whether it stood when the pack was built"),
        ],
        ["`trail-head.json`", _("The last entry of the trail: later changes to what came before can be found")],
        ["`SHA256SUMS`", _("The sum of every file, so that a changed byte is found")],
    ]
    table([_("File"), _("What it is")], rows, _("What is inside"))


def _missing(run: Run, open_ones: Sequence[str]) -> None:
    st.header(_("What is missing"), anchor=False)
    silent = sum(evidence.outcome == Outcome.NOT_EVALUATED for clause in run.clauses for evidence in _evidence(clause))
    if not open_ones and not silent:
        st.markdown(_("Nothing: every requirement is concluded and every piece of evidence was evaluated."))
        return
    if open_ones:
        st.markdown(muted(_("Open conclusions stand in the pack as awaiting the auditor.")))
    for clause in run.clauses:
        _gaps(clause, [id for id in open_ones if id in {r.id for r in clause.requirements}])


def _evidence(clause: ClauseAssessment) -> list[Evidence]:
    return [evidence for requirement in clause.requirements for evidence in requirement.evidence]


def _gaps(clause: ClauseAssessment, open_ones: Sequence[str]) -> None:
    """What one clause still lacks, and the way there."""
    silent = [e for e in _evidence(clause) if e.outcome == Outcome.NOT_EVALUATED]
    if not open_ones and not silent:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{clause.clause} {plain(said(clause.title))}**", width="content")
        st.space("stretch")
        session.link("clause", (_("Conclude") if open_ones else _("Find out why")) + " →", clause=clause.clause)
    lines = [f"- {tags.awaiting()} {', '.join(open_ones)}"] if open_ones else []
    lines += [f"- {tags.outcome(e.outcome)} {e.id}{_(': ')}{plain(said(e.because))}" for e in silent]
    st.markdown("\n".join(lines))


main()
