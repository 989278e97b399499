"""Which texts of a column are no value, and which stand for a value that the dataset allows."""

from __future__ import annotations

import streamlit as st

from audit.source import Column
from pages.components import tags
from pages.components.guided.draft import Draft, seeded
from pages.components.table import code
from pages.components.words import _
from pipelines.suggesting import answers
from pipelines.suggesting.reading import Values, without

AS_IT_IS = "\0as it is"
NO_VALUE = "\0no value"


def propose(draft: Draft, name: str, column: Column, values: Values) -> None:
    """Texts such as n/a are no value where text would be none; in a column of text they may be somebody's name."""
    written = draft.columns[name]
    if column.type != "text" or column.one_of:
        written.setdefault("missing", answers.missing(values))
    told = {text: answers.recoded(text, column) for text in _unknown(draft, name, column, values)}
    written["recode"] = {text: value for text, value in told.items() if value} | written.get("recode", {})


def asks(draft: Draft, name: str, column: Column, values: Values) -> bool:
    return bool(_unknown(draft, name, column, values)) or bool(draft.columns[name].get("recode"))


def left(draft: Draft, name: str, values: Values) -> Values:
    """The values that are read as they are written."""
    written = draft.columns[name]
    return without(values, [*written.get("missing", ()), *written.get("recode", {})])


def missing(draft: Draft, name: str, values: Values) -> None:
    seen = answers.missing(values)
    said = draft.columns[name].get("missing", [])
    if not seen and not said:
        return
    st.multiselect(
        _("These texts mean: no value"), list(dict.fromkeys([*seen, *said])), key=seeded(f"missing_{name}", said),
        on_change=_keep_missing, args=(draft, name), placeholder=_("none of them; they are kept as text"),
    )  # fmt: skip


def recode(draft: Draft, name: str, column: Column, values: Values) -> None:
    """One choice for each text that the dataset does not know."""
    recoded = draft.columns[name].get("recode", {})
    texts = sorted({*_unknown(draft, name, column, values), *(text for text in recoded if text in values)})
    if not texts:
        return
    st.markdown(tags.muted(_("What do these values mean? Those left as they are reject their rows.")))
    grid = st.grid(3, min_column_width=220)
    for number, text in enumerate(texts):
        with grid.cell():
            _choice(draft, name, column, text, number, values[text])


def _choice(draft: Draft, name: str, column: Column, text: str, number: int, rows: int) -> None:
    said = draft.columns[name].get("recode", {}).get(text, AS_IT_IS)
    words = {AS_IT_IS: _("as it is: rejected"), NO_VALUE: _("no value")}
    options = list(dict.fromkeys([*answers.choices(column), said, NO_VALUE, AS_IT_IS]))
    key = seeded(f"recode_{name}_{number}", said)
    st.selectbox(
        f"{code(text, 40)} {tags.small(_('{rows} rows', rows=rows))}", options,
        format_func=lambda one: words.get(one, one), key=key, on_change=_keep_recode, args=(draft, name, text, key),
    )  # fmt: skip


def _unknown(draft: Draft, name: str, column: Column, values: Values) -> list[str]:
    key = (name, "unknown", str(draft.columns[name]))
    if key not in draft.memo:
        written = draft.columns[name]
        rest = without(values, written.get("missing", ()))
        draft.memo[key] = answers.to_recode(rest, column, written)
    found: list[str] = draft.memo[key]
    return found


def _keep_missing(draft: Draft, name: str) -> None:
    chosen = st.session_state[f"missing_{name}"]
    draft.columns[name]["missing"] = chosen
    recoded = draft.columns[name].get("recode", {})
    draft.columns[name]["recode"] = {text: value for text, value in recoded.items() if text not in chosen}


def _keep_recode(draft: Draft, name: str, text: str, key: str) -> None:
    chosen, written = st.session_state[key], draft.columns[name]
    written["recode"] = {one: value for one, value in written.get("recode", {}).items() if one != text}
    if chosen == NO_VALUE:
        written["missing"] = [*written.get("missing", []), text]
    elif chosen != AS_IT_IS:
        written["recode"] = dict(sorted({**written["recode"], text: chosen}.items()))
