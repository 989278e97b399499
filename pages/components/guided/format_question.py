"""How the dates and numbers of a column are written, and on which scale its answers are."""

from __future__ import annotations

from typing import Any

import streamlit as st

from audit.source import Column
from pages.components import tags
from pages.components.guided import recode_question, spelled_question
from pages.components.guided.draft import Draft, seeded
from pages.components.guided.format_words import way_words
from pages.components.table import code
from pages.components.words import _
from pipelines.suggesting import answers, dates, numbers
from pipelines.suggesting.reading import Option, Values, option, without

KEYS = ("format", "decimal", "thousands", "rescale")
LEAVE = -1
"""The answers stay as they are, and those outside of the scale are rejected."""


def asks(draft: Draft, name: str, column: Column, values: Values) -> bool:
    """A question is asked where the plain reading does not read everything, or a mapping says something already."""
    if column.type in ("text", "boolean"):
        return False
    found = _options(draft, name, column, values)
    return (
        len(found) != 1 or found[0].written != {} or bool(found[0].unread) or bool(_scales(draft, name, column, values))
    )


def question(draft: Draft, name: str, column: Column, values: Values) -> bool:
    """Whether it is answered."""
    if column.type in ("text", "boolean"):
        return True
    found = _options(draft, name, column, values)
    if not found:
        spelled_question.question(draft, name, column, values)
        return _nothing_fits(draft, name, column, values)
    answered = _way(draft, name, found)
    spelled_question.question(draft, name, column, values)
    scales = _scales(draft, name, column, values)
    return _scale(draft, name, column, scales) and answered if scales else answered


def _options(draft: Draft, name: str, column: Column, values: Values) -> list[Option]:
    rest = recode_question.left(draft, name, values)
    key = (name, "options", str(draft.columns[name].get("missing")), str(draft.columns[name].get("recode")))
    if key not in draft.memo:
        found = dates if column.type in ("date", "timestamp") else numbers
        draft.memo[key] = found.options(rest, column)
    options: list[Option] = list(draft.memo[key])
    said = {key: draft.columns[name][key] for key in KEYS[:3] if draft.columns[name].get(key)}
    if draft.settled.get(("clock", name)):
        return options  # written for the time zone alone, and as it is read without
    if said and said not in [one.written for one in options]:
        options.insert(0, option(rest, column.model_copy(update={"scale": None}), said))
    return options


def _way(draft: Draft, name: str, found: list[Option]) -> bool:
    """The one way that reads everything is taken and shown; between several a person chooses."""
    written = draft.columns[name]
    said = {key: written[key] for key in KEYS[:3] if written.get(key)}
    if len(found) == 1:
        written.update(found[0].written)
        if found[0].written or found[0].unread:
            st.markdown(_("Read as {way}", way=_option_words(found[0])))
        return True
    at = next((at for at, one in enumerate(found) if one.written == said), None)
    at = at if said or draft.settled.get(("way", name)) else None
    st.radio(
        _("These values can be read in more than one way. Which is right?") if not found[0].unread
        else _("No way reads all of these values. Which is right for the others?"),
        range(len(found)), index=None, format_func=lambda number: _option_words(found[number]),
        key=seeded(f"way_{name}", at), on_change=_keep_way, args=(draft, name, found),
    )  # fmt: skip
    return at is not None


def _option_words(one: Option) -> str:
    words = f"**{way_words(one.written)}**: {_read(one)}"
    if not one.unread:
        return words
    told = _("rows rejected, because they cannot be read so: {rows}", rows=one.unread)
    return f"{words} :orange-badge[◷ {told}] {code(one.stray, 30)}"


def _read(one: Option) -> str:
    return ", ".join(f"{code(text, 30)} → {code(value, 30)}" for text, value in one.examples)


def _keep_way(draft: Draft, name: str, found: list[Option]) -> None:
    chosen = found[st.session_state[f"way_{name}"]]
    draft.columns[name] = {key: value for key, value in draft.columns[name].items() if key not in KEYS[:3]}
    draft.columns[name].update(chosen.written)
    draft.settled["way", name] = True


def _nothing_fits(draft: Draft, name: str, column: Column, values: Values) -> bool:
    """No known way reads even half of the values: most likely it is another column."""
    shown = ", ".join(code(text, 30) for text in list(values)[:4])
    st.warning(_("These values cannot be read as {type}: {values}", type=type_words(column), values=shown))
    back = _("Choose another column in the step before, or leave it: then every row with such a value is rejected.")
    st.markdown(tags.muted(back))
    key = seeded(f"leave_{name}", bool(draft.settled.get(("leave", name))))
    return st.checkbox(
        _("Leave it; the rows will be rejected"), key=key, on_change=_keep_leave, args=(draft, name, key)
    )


def _keep_leave(draft: Draft, name: str, key: str) -> None:
    draft.settled["leave", name] = st.session_state[key]


def type_words(column: Column) -> str:
    spelled = {"integer": _("whole number"), "number": _("number"), "date": _("date"), "timestamp": _("date and time")}
    return spelled.get(column.type, column.type)


def _scales(draft: Draft, name: str, column: Column, values: Values) -> list[Option]:
    """Only for numbers that are written plainly: others are read first."""
    written = draft.columns[name]
    if column.scale is None or written.get("decimal") or written.get("thousands"):
        return []
    key = (name, "scales", str(written.get("missing")), str(written.get("recode")))
    if key not in draft.memo:
        rest = without(values, [*written.get("missing", ()), *written.get("recode", {})])
        draft.memo[key] = answers.scales(rest, column)
    found: list[Option] = draft.memo[key]
    return found


def _scale(draft: Draft, name: str, column: Column, found: list[Option]) -> bool:
    """Whether it is said on which scale the question was asked."""
    written = draft.columns[name]
    at = next((at for at, one in enumerate(found) if one.written["rescale"] == written.get("rescale")), None)
    at = LEAVE if at is None and draft.settled.get(("scale", name)) else at
    assert column.scale is not None
    st.radio(
        _("Answers lie outside of the scale from {lowest} to {highest}. On which scale was the question asked?",
          lowest=f"{column.scale.lowest:g}", highest=f"{column.scale.highest:g}"),
        [*range(len(found)), LEAVE], index=None, key=seeded(f"scale_{name}", at),
        format_func=lambda number: _scale_words(found, number), on_change=_keep_scale, args=(draft, name, found),
    )  # fmt: skip
    return at is not None


def _scale_words(found: list[Option], number: int) -> str:
    if number == LEAVE:
        return _("on the scale of the column; answers outside of it are rejected")
    old: dict[str, Any] = found[number].written["rescale"]["from"]
    words = _("from {lowest} to {highest}", lowest=f"{old['lowest']:g}", highest=f"{old['highest']:g}")
    kept = f"**{words}**: {_read(found[number])}"
    if not found[number].unread:
        return kept
    told = _("rows rejected, because they come out broken: {rows}", rows=found[number].unread)
    return f"{kept} :orange-badge[◷ {told}] {code(found[number].stray, 30)}"


def _keep_scale(draft: Draft, name: str, found: list[Option]) -> None:
    number = st.session_state[f"scale_{name}"]
    draft.columns[name].pop("rescale", None)
    if number != LEAVE:
        draft.columns[name]["rescale"] = found[number].written["rescale"]
    draft.settled["scale", name] = True
