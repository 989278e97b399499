"""The third step: which column of the file is which column of the dataset."""

from __future__ import annotations

import streamlit as st

from audit.source import Column
from pages.components import tags
from pages.components.guided.draft import Draft, seeded
from pages.components.guided.stepper import onward
from pages.components.table import code
from pages.components.words import _, plain, said
from pipelines import suggest
from pipelines.loading.preview import Preview
from pipelines.staging.header import needed
from pipelines.staging.header import plain as same

ABSENT = "\0absent"
CONSTANT = "\0constant"
JOINED = "\0joined "


def columns_step(draft: Draft) -> None:
    seen = draft.preview
    if seen is None or draft.source is None:
        draft.go("preview")
        st.rerun()
    _propose(draft, seen)
    st.header(_("Which column is which?"), anchor=False)
    words = _(
        "Proposed by the names; check each against its sample values. Columns that are not chosen are not stored."
    )
    st.markdown(tags.muted(words))
    must = needed(draft.contract)
    ordered = sorted(draft.contract.columns, key=lambda name: name not in must)
    for name in ordered:
        _match(draft, name, draft.contract.columns[name], name in must, seen)
    _unused(draft, seen)
    words = _(
        "One column for each question, or several columns that make one: a mapping file declares that, and is "
        "uploaded in the preview. See “A questionnaire with many questions” in docs/data.md."
    )
    st.markdown(tags.muted(words))
    missing = [name for name in ordered if name in must and not _filled(draft, name)]
    waiting = _("these columns are needed: {names}", names=", ".join(map(code, missing))) if missing else ""
    onward(draft, "preview", "formats", _("Confirm the formats"), waiting)


def _propose(draft: Draft, seen: Preview) -> None:
    """Once for each set of names; what was chosen stays as long as the file has the column."""
    proposed_for = (draft.source, seen.names)
    if draft.settled.get("names") == proposed_for:
        return
    kept = {name: column for name, column in draft.columns.items() if set(column.get("from", ())) <= set(seen.names)}
    taken = {name for column in kept.values() for name in column.get("from", ())}
    for name, found in suggest.columns(draft.contract, seen.names).items():
        if name not in kept and found not in taken:
            kept[name] = {"from": [found]}
    draft.columns = {name: kept[name] for name in draft.contract.columns if name in kept}
    draft.settled["names"] = proposed_for


def _match(draft: Draft, name: str, column: Column, must: bool, seen: Preview) -> None:
    grid = st.grid(2, min_column_width=300)
    with grid.cell():
        mark = f" :blue-badge[{_('needed')}]" if must else ""
        st.markdown(f"{code(name)}{mark}  \n{plain(said(column.meaning))}")
    with grid.cell():
        _choice(draft, name, must, seen)
        written = draft.columns.get(name, {})
        if "constant" in written:
            _constant(draft, name, column)
        for origin in written.get("from", ()):
            samples = ", ".join(code(text, 40) for text in seen.samples.get(origin, ()))
            st.markdown(tags.small(samples or _("no value in the first rows")))


def _choice(draft: Draft, name: str, must: bool, seen: Preview) -> None:
    options = _options(draft, name, must, seen)
    st.selectbox(
        name, list(options), index=None, format_func=options.__getitem__, label_visibility="collapsed",
        key=seeded(f"match_{name}", _chosen(draft, name, must)), placeholder=_("choose a column of the file"),
        on_change=_choose, args=(draft, name),
    )  # fmt: skip


def _options(draft: Draft, name: str, must: bool, seen: Preview) -> dict[str, str]:
    """The proposal first. A name that stands twice cannot be asked for."""
    written = draft.columns.get(name, {}).get("from", ())
    joined = {JOINED + "/".join(written): " / ".join(written)} if len(written) > 1 else {}
    single = [one for one in seen.names if one.strip() and [same(other) for other in seen.names].count(same(one)) == 1]
    proposed = suggest.columns(draft.contract, seen.names).get(name)
    ordered = sorted(single, key=lambda one: one != proposed)
    others = {CONSTANT: _("the same value in every row")}
    if not must and same(name) not in map(same, seen.names):
        others[ABSENT] = _("not in this file")
    return joined | {one: one for one in ordered} | others


def _chosen(draft: Draft, name: str, must: bool) -> str | None:
    written = draft.columns.get(name)
    if written is None:
        own = next((one for one in (draft.preview.names if draft.preview else ()) if same(one) == same(name)), None)
        return own or (None if must else ABSENT)
    if "constant" in written:
        return CONSTANT
    return str(written["from"][0]) if len(written["from"]) == 1 else JOINED + "/".join(written["from"])


def _choose(draft: Draft, name: str) -> None:
    """Another column begins without the formats of the former one."""
    picked = st.session_state[f"match_{name}"]
    if picked == _chosen(draft, name, must=False):
        return  # whoever goes on while the next step still appears sends all choices once more
    draft.unsettle(name)
    if picked == ABSENT or picked is None:
        draft.columns.pop(name, None)
    elif picked == CONSTANT:
        draft.columns[name] = {"constant": ""}
    elif not picked.startswith(JOINED):
        draft.columns[name] = {"from": [picked]}
    draft.columns = {known: draft.columns[known] for known in draft.contract.columns if known in draft.columns}


def _constant(draft: Draft, name: str, column: Column) -> None:
    key = seeded(f"constant_{name}", draft.columns[name]["constant"] or None)
    label = _("The value for every row")
    if column.one_of:
        st.selectbox(
            label, column.one_of, index=None, key=key, on_change=_keep_constant, args=(draft, name),
            placeholder=_("choose a value"),
        )  # fmt: skip
    else:
        st.text_input(label, key=key, on_change=_keep_constant, args=(draft, name))


def _keep_constant(draft: Draft, name: str) -> None:
    draft.columns[name] = {"constant": st.session_state[f"constant_{name}"] or ""}


def _filled(draft: Draft, name: str) -> bool:
    return bool(draft.origins.get(name)) or bool(draft.columns.get(name, {}).get("constant"))


def _unused(draft: Draft, seen: Preview) -> None:
    used = {name for names in draft.origins.values() for name in names}
    if others := [name for name in seen.names if name.strip() and name not in used]:
        listed = ", ".join(code(name, 40) for name in others)
        st.markdown(tags.muted(_("Columns of the file that are not asked for, and will not be stored: {names}",
                                 names=listed)))  # fmt: skip
