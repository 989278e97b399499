"""What the file was recognised as, and the choice to read it so or otherwise."""

from __future__ import annotations

import streamlit as st

from audit.errors import AuditError
from pages.components import session, tags
from pages.components.guided import ways
from pages.components.guided.draft import MATCH, Draft, seeded
from pages.components.states import in_words
from pages.components.table import code
from pages.components.words import _, plain, said
from pipelines import definitions
from pipelines.suggest import Recognised


def way_choice(draft: Draft) -> str:
    """What is still to be answered; "" where one can go on."""
    best = next((one for one in ways.fitting(draft) if one.complete), None)
    if best:
        st.markdown(f":green-badge[● {_('Recognised')}] {_recognised(best)}")
    options = _options(draft)
    st.selectbox(
        _("Read its columns"), list(options), format_func=options.__getitem__, key=seeded("guided_way", draft.way),
        on_change=_choose, args=(draft,),
    )  # fmt: skip
    if draft.way_failed:
        st.error(_("The mapping cannot be used: {reason}", reason=in_words(draft.way_failed)))
    if draft.way == ways.OWN_FILE:
        return _uploaded(draft)
    if ways.complete(draft):
        _unused(draft)
    _remarks(draft)
    return ""


def _remarks(draft: Draft) -> None:
    """What a ready mapping says of its tool, such as the zone of its times, stands in remarks that nothing checks."""
    if draft.way.startswith("ready:") and draft.base:
        with st.expander(_("What the ready mapping says of this export, and what was not confirmed")):
            st.code(draft.base[0], language="yaml", wrap_lines=True)


def _recognised(one: Recognised) -> str:
    if one.known.kind == "own":
        return _("Its columns have the names of the dataset.")
    if one.known.kind == "saved":
        return _("It looks like the files that are read with your mapping {name}.", name=code(one.known.name))
    return _("It looks like an export of {tool}.", tool=plain(tool(one.known.name)))


def tool(name: str) -> str:
    """What the first line of a ready mapping calls its tool."""
    first = definitions.ready_mappings()[name].read_text(encoding="utf-8").split("\n")[0]
    return first.split(":")[0].removeprefix("# ")


def _options(draft: Draft) -> dict[str, str]:
    """By code, the complete ones first."""
    found: dict[str, str] = {}
    for one in ways.fitting(draft):
        if one.complete:
            found[ways.code(one)] = _name(one)
    found[MATCH] = _("match the columns step by step")
    for one in ways.fitting(draft):
        if not one.complete:
            found[ways.code(one)] = _("{way}; what is missing is matched by hand", way=_name(one))
    found[ways.OWN_FILE] = _("as in a mapping file of mine (YAML)")
    if draft.way not in found:
        found[draft.way] = draft.way.partition(":")[2]
    return found


def _name(one: Recognised) -> str:
    if one.known.kind == "own":
        return _("by the names of the dataset")
    if one.known.kind == "saved":
        return _("as in my mapping {name}", name=one.known.name)
    return _("as an export of {tool}", tool=tool(one.known.name))


def _choose(draft: Draft) -> None:
    ways.choose(draft, st.session_state["guided_way"], session.workspace().folder)


def _uploaded(draft: Draft) -> str:
    file = st.file_uploader(_("Mapping (YAML)"), type=["yaml", "yml"], key="guided_mapping")
    if file is None:
        return "" if draft.base else _("the mapping file")
    try:
        text = file.getvalue().decode("utf-8-sig")
        if draft.base is None or draft.base[0] != text:
            ways.take(draft, text)
            st.rerun()
    except UnicodeDecodeError:
        st.error(_("The mapping cannot be used: it is not UTF-8; save the file as UTF-8"))
        return _("the mapping file")
    except AuditError as error:
        st.error(_("The mapping cannot be used: {reason}", reason=in_words(error)))
        return _("the mapping file")
    return ""


def _unused(draft: Draft) -> None:
    seen = draft.preview
    if seen is None or draft.pivoted:
        return
    used = {name for names in draft.origins.values() for name in names}
    filled = ", ".join(plain(said(draft.contract.columns[name].meaning)) for name in draft.origins)
    st.markdown(_("All columns recognised: {columns}", columns=filled))
    if others := [name for name in seen.names if name.strip() and name not in used]:
        listed = ", ".join(code(name, 40) for name in others)
        st.markdown(tags.muted(_("Not asked for, and not stored: {names}", names=listed)))
