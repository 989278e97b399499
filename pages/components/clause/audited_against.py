"""The edition and the packs that the organisation is audited against: chosen here, used by the next run."""

from __future__ import annotations

import streamlit as st

from audit.errors import AuditError
from pages.components import session, tags
from pages.components.progress import run_again, told
from pages.components.states import in_words
from pages.components.words import _, said
from pipelines.checklists import editions
from pipelines.runs import results
from pipelines.upkeep.set_up import audit_against
from pipelines.workspace import Workspace


def against(workspace: Workspace) -> None:
    with st.expander(_("Edition and packs of this organisation")):
        names, packs = editions.named(workspace.layers), editions.packs_named(workspace.layers)
        with st.form("against", border=False):
            edition = st.selectbox(
                _("Edition"),
                names,
                index=names.index(workspace.set_up.edition),
                format_func=edition_name,
                key="against_edition",
            )
            wanted = st.multiselect(
                _("Packs"),
                packs,
                default=list(workspace.set_up.packs),
                format_func=lambda name: _pack(workspace, name),
                placeholder=_("none"),
                key="against_packs",
            )
            st.markdown(
                tags.muted(_("The next run uses them. Answers and conclusions on record are kept by their ids."))
            )
            reason = st.text_input(_("Why"), key="against_reason")
            if st.form_submit_button(_("Keep"), disabled=bool(session.closed("set"))):
                _keep(workspace, edition, tuple(sorted(wanted)), reason)


def _pack(workspace: Workspace, name: str) -> str:
    return said(editions.pack(name, workspace.layers).title)


def _keep(workspace: Workspace, edition: str, packs: tuple[str, ...], reason: str) -> None:
    try:
        audit_against(workspace, session.records(workspace), edition, packs, session.person(), reason)
    except AuditError as error:
        st.error(in_words(error))
        return
    st.rerun()


def changed_since(workspace: Workspace) -> None:
    """The way to verdicts by what is asked now."""
    run, now = results.latest(workspace), workspace.set_up
    if run and (run.edition, run.packs) != (now.edition, now.packs):
        run_again(
            _("The edition or the packs were changed after the last run; it does not know them yet."), urgent=True
        )
    else:
        told()


def edition_name(name: str) -> str:
    return name.removeprefix("iso-").replace("-", ":").upper() if name.startswith("iso-9001") else name
