"""What is worked out of a run and costs a moment: a run never changes, so each answer is worked out once."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from audit.assessment import requirement_verdict
from audit.evidence import ClauseAssessment, Outcome
from pages.components import session
from pages.components.words import _
from pipelines.readiness.bridge import Bridge, bridge
from pipelines.readiness.by_group import GroupVerdict, Place, by_group, dimensions
from pipelines.readiness.reassess import assessor
from pipelines.runs import results
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace

Own = tuple[tuple[str, int], ...]
"""Files of the organisation's own checklists, and when each was changed."""


def groups(workspace: Workspace, run: Run, dimension: str) -> dict[Place, GroupVerdict]:
    with st.spinner(_("Looking at each group"), show_time=False):
        found = _groups(*_key(workspace, run), dimension)
    return {place: _as_shown(run, each) for place, each in found.items()}


def _as_shown(run: Run, found: GroupVerdict) -> GroupVerdict:
    """What is judged by a figure that is hidden from this person says nothing to them."""
    judged = [
        replace(after, outcome=Outcome.NOT_EVALUATED, grade=None) if after != before else before
        for before, after in zip(found.evidence, session.shown_evidence(run, found.evidence), strict=True)
    ]
    return GroupVerdict(requirement_verdict(judged), tuple(judged))


def grouped_by(workspace: Workspace, run: Run) -> list[str]:
    return _dimensions(*_key(workspace, run))


def bridged(workspace: Workspace, run: Run) -> Bridge | None:
    with st.spinner(_("Judging by the next edition"), show_time=False):
        return _bridge(*_key(workspace, run))


def through(workspace: Workspace, run: Run, edition: str, packs: tuple[str, ...]) -> tuple[ClauseAssessment, ...]:
    """The figures, documents and answers of the run, judged by another edition or with other packs."""
    if (run.edition, run.packs) == (edition, packs):
        return run.clauses
    with st.spinner(_("Judging by this edition"), show_time=False):
        return _through(*_key(workspace, run), edition, packs)


def record(workspace: Workspace, run: Run, source: str, item: str) -> pd.DataFrame:
    return _record(*_key(workspace, run), source, item)


def _key(workspace: Workspace, run: Run) -> tuple[str, str, Own]:
    """The organisation's own checklists are no part of a run: when they change, the answers do."""
    files = sorted(path for layer in workspace.layers[1:] for path in layer.rglob("*.yaml"))
    return str(workspace.folder.resolve()), run.id, tuple((str(path), path.stat().st_mtime_ns) for path in files)


def _run(run_id: str) -> tuple[Workspace, Run]:
    workspace = session.workspace()
    return workspace, results.find(workspace, run_id)


@st.cache_data(show_spinner=False, max_entries=32)
def _groups(folder: str, run_id: str, own: Own, dimension: str) -> dict[Place, GroupVerdict]:
    return by_group(*_run(run_id), dimension)


@st.cache_data(show_spinner=False, max_entries=32)
def _dimensions(folder: str, run_id: str, own: Own) -> list[str]:
    return dimensions(*_run(run_id))


@st.cache_data(show_spinner=False, max_entries=8)
def _bridge(folder: str, run_id: str, own: Own) -> Bridge | None:
    return bridge(*_run(run_id))


@st.cache_data(show_spinner=False, max_entries=8)
def _through(folder: str, run_id: str, own: Own, edition: str, packs: tuple[str, ...]) -> tuple[ClauseAssessment, ...]:
    workspace, run = _run(run_id)
    return assessor(workspace, run, workspace.checklist(edition, packs)).clauses()


@st.cache_data(show_spinner=False, max_entries=64)
def _record(folder: str, run_id: str, own: Own, source: str, item: str) -> pd.DataFrame:
    return results.record(*_run(run_id), source, item)
