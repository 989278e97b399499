"""The last step: what became of the file, and the mapping that reads the next one like it."""

from __future__ import annotations

import streamlit as st

from audit.errors import AuditError
from audit.load import Load
from audit.records import loads
from audit.replaced import rows_replaced
from pages.components import session, tags
from pages.components.guided.draft import Draft, begin_anew, seeded
from pages.components.loading.gate_results import gate_results
from pages.components.loading.load_words import balance
from pages.components.states import in_words
from pages.components.table import code
from pages.components.words import _, plain, said
from pipelines import definitions
from pipelines.loading import written_mapping
from pipelines.upkeep.turn import together


def done_step(draft: Draft) -> None:
    assert draft.result is not None
    told(draft, draft.result)
    if isinstance(draft.result, Load) and draft.result.published:
        _mapping(draft)
        with st.container(horizontal=True):
            st.button(_("Load another file"), key="load_another", type="primary", on_click=begin_anew)
        return
    st.button(_("Back"), key="step_back", on_click=draft.go, args=("trial",))


def told(draft: Draft, found: Load | AuditError) -> None:
    if isinstance(found, AuditError):
        st.error(_("The file was refused: {reason}", reason=in_words(found)))
        unchanged = _("Nothing was changed. What was loaded before stays, and the verdicts rest on it as they did.")
        st.markdown(tags.muted(unchanged))
    elif draft.again:
        st.info(_("This file was loaded already on {date}. Nothing was changed.", date=found.received_at))
    elif found.published:
        _published(found)
    else:
        _not_published(draft, found)


def _published(load: Load) -> None:
    if load.rejected:
        st.warning(_("Published with rejects: {file}. {balance}.", file=code(load.file), balance=balance(load)))
        st.markdown(_("The rejected lines are listed under “Files so far”, each with its reason."))
    else:
        st.success(_("Published: {file}. {balance}.", file=code(load.file), balance=balance(load)))
    if told := rows_replaced(load.replaced, loads.every(session.records())):
        st.warning(plain(said(told)))
    st.markdown(tags.muted(_("The verdicts do not rest on it yet: run the assessment again, above.")))


def _not_published(draft: Draft, load: Load) -> None:
    """A dry run said otherwise: the contract was changed in between, or somebody's file came in before."""
    if load.stopped:
        st.error(_("Stopped by the gate: {file}. {balance}.", file=code(load.file), balance=balance(load)))
        gate_results([result for result in load.gate if result.stops], draft.contract)
    else:
        st.error(_("Not published: {file}. {balance}.", file=code(load.file), balance=balance(load)))
    text = _("Nothing of this file was published; the former version stays. Mend the file and load it again.")
    st.markdown(tags.muted(text))


def _mapping(draft: Draft) -> None:
    if draft.needs_no_mapping():
        st.markdown(
            tags.muted(_("It has the names and formats of the dataset; the next file like it needs no mapping."))
        )
        return
    st.header(_("The mapping, for the next file like this"), anchor=False)
    if draft.saved_as:
        words = _("Saved as {name}. A file with the same columns is recognised the next time.",
                  name=code(draft.saved_as))  # fmt: skip
        st.markdown(words)
        command = f"python -m pipelines load FILE --source {draft.contract.name} --mapping {draft.saved_as}"
        st.markdown(f"{tags.muted(_('On the command line:'))} {code(command, 200)}")
    if draft.save_failed:
        st.error(_("The mapping was not saved: {reason}", reason=in_words(draft.save_failed)))
    text = draft.text()
    st.code(text, language="yaml")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = f"{draft.saved_as or draft.contract.name}.yaml"
        st.download_button(_("Download the mapping (YAML)"), text.encode(), name, "text/yaml", on_click="ignore")
        st.text_input(_("Save it under another name"), key=seeded_name(draft), max_chars=60, width=280)
        closed = session.closed("run") is not None
        st.button(_("Save"), key="save_mapping", on_click=_save, args=(draft, text), disabled=closed)
    _replace(draft)


def seeded_name(draft: Draft) -> str:
    if "mapping_name" not in st.session_state:
        seeded("mapping_name", draft.saved_as)
    return "mapping_name"


def _replace(draft: Draft) -> None:
    """Another mapping of the name is overwritten only where somebody says so."""
    fit = written_mapping.fit_name(st.session_state.get("mapping_name") or "")
    saved = definitions.saved_mappings(session.workspace().folder)
    if fit in saved and not written_mapping.says(saved[fit], draft.text()):
        st.checkbox(_("Replace the mapping {name}, which says something else", name=code(fit)), key="replace_mapping")


def _save(draft: Draft, text: str) -> None:
    name = st.session_state.get("mapping_name") or ""
    replace = bool(st.session_state.get("replace_mapping"))
    workspace = session.workspace()
    try:
        session.require("load")
        with together(workspace):
            kept = written_mapping.keep(workspace.folder, name, text, replace)
        draft.saved_as, draft.save_failed = kept.stem, None
    except AuditError as error:
        draft.save_failed = error
