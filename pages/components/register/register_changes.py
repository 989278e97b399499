"""What would be saved, cell by cell; what is wrong with it; and the two clicks that save it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import streamlit as st

from audit.access.person import Who
from audit.errors import AuditError
from audit.records import loads
from pages.components import session, tags
from pages.components.loading.gate_results import gate_results
from pages.components.progress import bar
from pages.components.register.register_session import Begun, begin, begin_with_mine
from pages.components.register.register_words import head, value
from pages.components.register.saved_by import saved_by
from pages.components.states import in_words
from pages.components.table import table
from pages.components.words import _, plain, said
from pipelines.registers import register, typed
from pipelines.registers.edit import Change, Edit, changes
from pipelines.registers.typed import Checked
from pipelines.workspace import Workspace

MOST = 200
DONE, CHECKED = "register_saved", "register_checked"


def to_save(workspace: Workspace, begun: Begun, edit: Edit) -> None:
    st.header(_("What would be saved"), anchor=False)
    if not edit.rows:
        st.markdown(tags.muted(_("Nothing was typed yet. What you type is kept here until you save it or give it up.")))
        return
    st.markdown(f"**{counted(edit)}**")
    _differences(begun, edit)
    actor = saved_by("register")
    with st.container(horizontal=True):
        check = st.button(_("Check"), type="primary", key="check_register")
        if st.button(_("Give up what I typed"), key="give_up_register"):
            begin(workspace, begun.name, begun.search)
            st.rerun()
    if check:
        _check(workspace, edit, actor)
    _found(workspace, begun, edit, actor)


def counted(edit: Edit) -> str:
    return _("{new} new, {changed} changed", new=len(edit.new), changed=len(edit.changed))


def _differences(begun: Begun, edit: Edit) -> None:
    before = {key: row for key, row in begun.before.items() if key in set(map(edit.key, edit.changed))}
    after = {edit.key(row): row for row in edit.rows}
    every = changes(before, after, [name for name in edit.contract.columns if name != begun.register.key])
    new = set(map(edit.key, edit.new))
    rows = [[_name(one.key, new), _head(edit, one.column), _cells(one, one.key in new)] for one in every]
    table([_("Row"), _("Field"), _("Before → after")], rows[:MOST], _("What would be saved"))
    if len(rows) > MOST:
        st.markdown(tags.muted(_("The first {shown} of {count}.", shown=MOST, count=len(rows))))


def _name(key: str, new: set[str]) -> str:
    return f"{plain(key)} {tags.tag('△', _('new'))}" if key in new else plain(key)


def _head(edit: Edit, column: str) -> str:
    return ", ".join(plain(head(name, edit.contract)) for name in column.split(", ") if name) or "–"


def _cells(change: Change, new: bool) -> str:
    after = plain(value(change.after))
    return after if new else f"{tags.muted(plain(value(change.before)))} → **{after}**"


def _check(workspace: Workspace, edit: Edit, actor: Who) -> None:
    try:
        with bar(_("Checking what was typed")) as progress:
            found = typed.checked(workspace, session.records(workspace), edit, actor, progress)
    except AuditError as error:
        st.error(_("This cannot be saved: {reason}", reason=in_words(error)))
        return
    st.session_state[CHECKED] = _same(edit, actor), found


def _same(edit: Edit, actor: Who) -> str:
    """Another cell or another name makes what was found out of date."""
    return hashlib.sha256(repr((edit, actor)).encode()).hexdigest()


def _found(workspace: Workspace, begun: Begun, edit: Edit, actor: Who) -> None:
    of, found = st.session_state.get(CHECKED, ("", None))
    if of != _same(edit, actor):
        return
    if others := typed.overtaken(workspace, edit):
        _overtaken(workspace, begun, edit, others)
    elif not found.fit:
        _mistakes(edit, found)
    else:
        _confirm(workspace, edit, found, actor)


def _mistakes(edit: Edit, found: Checked) -> None:
    st.error(_("Nothing was saved. Mend this in the tables above, then check again."))
    if found.mistakes:
        header = [_("Row"), _("Field"), _("What was typed"), _("What is wrong")]
        rows = [
            [plain(edit.keys[one.row]), _head(edit, one.column), plain(one.value) or "–", plain(said(one.reason))]
            for one in found.mistakes
        ]
        table(header, rows, _("What is wrong"))
    _gate(edit, found)


def _gate(edit: Edit, found: Checked) -> None:
    if any(result.outcome != "passed" for result in found.gate):
        lines = {line: edit.keys[place] for line, place in found.places.items() if place >= 0}
        gate_results([one for one in found.gate if one.outcome != "passed"], edit.contract, lines)


def _overtaken(workspace: Workspace, begun: Begun, edit: Edit, others: Sequence[Change]) -> None:
    st.error(
        _("Somebody saved the same rows meanwhile. Nothing of yours was saved, and nothing of theirs was replaced.")
    )
    mine = {edit.key(row): row for row in edit.rows}
    who = _who(workspace, edit)
    header = [_("Row"), _("Field"), _("When you began"), _("Now"), _("Yours"), _("Saved by")]
    rows = [
        [plain(one.key), _head(edit, one.column), plain(value(one.before)), f"**{plain(value(one.after))}**",
         plain(value(mine[one.key][one.column])), plain(who.get(one.key, "–"))]
        for one in others
    ]  # fmt: skip
    table(header, rows, _("What changed meanwhile"))
    if st.button(_("Show the rows as they are now, with my cells over them"), key="rebase_register"):
        begin_with_mine(workspace, begun, edit)
        st.rerun()


def _who(workspace: Workspace, edit: Edit) -> dict[str, str]:
    known = {load.id: load.actor for load in loads.every(session.records(workspace))}
    now = register.read(workspace, edit.source, also=edit.keys, most=len(edit.keys))
    pairs = zip(now.rows, now.origins, strict=True)
    return {str(row[now.key]): known[load] for row, (load, _line) in pairs if load in known}


def _confirm(workspace: Workspace, edit: Edit, found: Checked, actor: Who) -> None:
    with st.container(border=True):
        st.markdown(
            _(
                "No mistake was found. {rows} will be saved as one load by {actor}.",
                rows=counted(edit),
                actor=plain(str(actor)),
            )
        )
        _gate(edit, found)
        if not st.button(
            _("Save: {rows}", rows=counted(edit)),
            type="primary",
            key="save_register",
            disabled=bool(session.closed("load")),
        ):
            return
    try:
        with bar(_("Saving")) as progress:
            saved = typed.save(workspace, session.records(workspace), edit, actor, progress)
    except AuditError as error:
        st.error(_("Nothing was saved: {reason}", reason=in_words(error)))
        return
    st.session_state[DONE] = saved, counted(edit)
    if saved.load.published:
        begin(workspace, edit.source)
    st.session_state.pop(CHECKED, None)
    st.rerun()
