"""The classes that were found, taken over into the register of needs: asked before, saved as one load, by an author."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from audit.access.person import Who
from audit.errors import AuditError
from pages.components import session
from pages.components.loading.gate_results import gate_results
from pages.components.needs.words import class_word, written
from pages.components.progress import bar
from pages.components.register.saved_by import saved_by
from pages.components.states import in_words
from pages.components.table import code, table
from pages.components.tags import muted, tag
from pages.components.words import _, plain
from pipelines import definitions
from pipelines.methods.kano import Feature
from pipelines.registers.edit import Edit
from pipelines.registers.kano_classes import NEEDS, naming, taken_over
from pipelines.registers.register import Row, standing, version_of
from pipelines.registers.typed import Saved, save
from pipelines.workspace import Workspace

ASKED, DONE = "kano_asked", "kano_done"
MOST = 100


def take_over(workspace: Workspace, features: tuple[Feature, ...]) -> None:
    _told()
    if closed := session.closed("load"):
        st.markdown(muted(plain(closed)))
        return
    classes = {each.feature: each.kano_class for each in features}
    found = naming(workspace, version_of(workspace, NEEDS), classes)
    if not found:
        words = _("No need names a feature that was asked about. Write it into the column “Feature” of the register.")
        st.markdown(words)
        session.link("registers", _("Edit the register of needs") + " →", register=NEEDS)
        return
    if asked := st.session_state.get(ASKED):
        _question(workspace, asked)
        return
    waiting = [each for each in features if any(_differs(each, row) for row in found.get(each.feature, ()))]
    if not waiting:
        st.markdown(_("Every need that names a feature has its class already."))
        return
    _offer(workspace, waiting, found)


def _differs(each: Feature, row: Row) -> bool:
    return row["kano_class"] != each.kano_class


def _offer(workspace: Workspace, waiting: list[Feature], found: Mapping[str, Sequence[Row]]) -> None:
    header = [_("Feature"), _("Needs"), _("In the register"), _("Class found")]
    table(header, [_line(each, found[each.feature]) for each in waiting], _("Classes to take over"))
    sure = [each.feature for each in waiting if each.told_apart]
    chosen: list[str] = st.multiselect(
        _("Features"), [each.feature for each in waiting], sure, key="kano_features", placeholder=_("none"),
        help=_("Those whose class is too close to the second are left out until you add them."),
    )  # fmt: skip
    if st.button(_("Take over into the register …"), type="primary", key="kano_take_over", disabled=not chosen):
        wanted = {each.feature: each.kano_class for each in waiting if each.feature in chosen}
        st.session_state[ASKED] = taken_over(workspace, wanted)
        st.rerun()


def _line(each: Feature, rows: Sequence[Row]) -> list[str]:
    counts = Counter(str(row["kano_class"] or "") for row in rows)
    now = _(", ").join(f"{written(name)}{_(': ')}{count}" for name, count in sorted(counts.items()))
    close = "" if each.told_apart else f" {tag('◇', _('too close to tell apart'))}"
    return [plain(each.feature), str(sum(counts.values())), now, f"**{class_word(each.kano_class)}**{close}"]


def _question(workspace: Workspace, edit: Edit) -> None:
    before = standing(workspace, NEEDS, edit.version, edit.keys)
    with st.container(border=True):
        words = _("Write the class found into {count} needs? Nothing else in them changes.", count=len(edit.rows))
        st.markdown(f"**{words}**")
        rows = [
            [plain(key), plain(str(row["feature"])), _change(before[key]["kano_class"], row["kano_class"])]
            for key, row in zip(edit.keys, edit.rows, strict=True)
        ]
        table([_("Number"), _("Feature"), _("Before → after")], rows[:MOST], _("What would be saved"))
        if len(rows) > MOST:
            st.markdown(muted(_("The first {shown} of {count}.", shown=MOST, count=len(rows))))
        actor = saved_by("kano")
        with st.container(horizontal=True):
            yes = st.button(_("Yes, save it"), type="primary", key="kano_yes")
            no = st.button(_("No, leave the register as it is"), key="kano_no")
    if no:
        st.session_state.pop(ASKED)
        st.rerun()
    if yes:
        _save(workspace, edit, actor)


def _change(before: object, after: object) -> str:
    return f"{muted(written(str(before or '')))} → **{written(str(after))}**"


def _save(workspace: Workspace, edit: Edit, actor: Who) -> None:
    try:
        with bar(_("Saving")) as progress:
            saved = save(workspace, session.records(workspace), edit, actor, progress)
    except AuditError as error:
        st.error(_("Nothing was saved: {reason}", reason=in_words(error)))
        return
    st.session_state.pop(ASKED)
    st.session_state[DONE] = saved, len(edit.rows)
    st.rerun()


def _told() -> None:
    if DONE not in st.session_state:
        return
    saved: Saved
    saved, count = st.session_state.pop(DONE)
    load = saved.load
    if not load.published:
        st.error(_("The gate stopped it, and nothing was saved."))
        gate_results([one for one in load.gate if one.outcome != "passed"], definitions.source(load.source))
        return
    values = {"count": count, "actor": plain(load.actor), "file": code(load.file)}
    st.success(_("The class was written into {count} needs by {actor}, as {file}.", **values))
    st.markdown(muted(_("The ranks do not rest on it yet: run the assessment again.")))
    session.link("data", _("See the load") + " →", view="loads", load=load.id)
