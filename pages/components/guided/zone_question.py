"""In which time zone the times of a file are written, where the organisation keeps its times in another."""

from __future__ import annotations

from zoneinfo import available_timezones

import streamlit as st

from pages.components import tags
from pages.components.guided import recode_question
from pages.components.guided.draft import Draft, seeded
from pages.components.table import code
from pages.components.words import _
from pipelines.suggesting import dates
from pipelines.suggesting.reading import Values, option

FIRST = ("UTC", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Shanghai")
PENDING = "zones"


def question(draft: Draft, times: dict[str, Values]) -> bool:
    """`times` are the columns with times, and their values. Whether nothing is left half said."""
    file_zone, keep_in = _said(draft)
    formats = {name: _format(draft, name, values) for name, values in times.items()}
    times = {name: values for name, values in times.items() if formats[name]}
    if not times:
        return True
    with st.expander(_("Time zone of the times in this file"), expanded=bool(file_zone or keep_in)):
        words = _(
            "Without a zone, times are kept as they are written. With one, they become what the clocks of your "
            "organisation showed at that moment; choose the same zone of your organisation for all files."
        )
        st.markdown(tags.muted(words))
        with st.container(horizontal=True):
            _zone(_("The file was written in"), "zone_of_file", file_zone, draft, formats)
            _zone(_("Your organisation keeps its times in"), "zone_kept", keep_in, draft, formats)
        if file_zone and keep_in:
            _examples(draft, times, keep_in)
    return bool(file_zone) == bool(keep_in)


def _said(draft: Draft) -> tuple[str | None, str | None]:
    """What the mapping says, or what was chosen while the other half is still open."""
    zone = next((written["time_zone"] for written in draft.columns.values() if written.get("time_zone")), None)
    if zone is None:
        draft.reading.pop("keep_in", None)  # of a column that another one replaced
    chosen: tuple[str | None, str | None] = draft.settled.get(PENDING, (None, None))
    return (zone, draft.reading["keep_in"]) if zone else chosen


def _format(draft: Draft, name: str, values: Values) -> str | None:
    rest = recode_question.left(draft, name, values)
    key = (name, "clock", str(draft.columns[name].get("format")), len(rest))
    if key not in draft.memo:
        draft.memo[key] = dates.of_the_clock(rest, draft.contract.columns[name], draft.columns[name].get("format"))
    found: str | None = draft.memo[key]
    return found


def _zone(label: str, key: str, chosen: str | None, draft: Draft, formats: dict[str, str | None]) -> None:
    st.selectbox(
        label, [*FIRST, *sorted(available_timezones() - {*FIRST})], index=None, key=seeded(key, chosen), width=300,
        placeholder=_("as it is written"), on_change=_keep, args=(draft, formats),
    )  # fmt: skip


def _keep(draft: Draft, formats: dict[str, str | None]) -> None:
    """Both or none stand in the mapping; half of it waits. With a zone stands the format, with an hour."""
    zone, keep_in = st.session_state.get("zone_of_file"), st.session_state.get("zone_kept")
    if (zone, keep_in) == _said(draft):
        return  # sent once more by whoever goes on while the next step still appears
    draft.settled[PENDING] = zone, keep_in
    draft.reading.pop("keep_in", None)
    for name, written in draft.columns.items():
        written.pop("time_zone", None)
        if draft.settled.pop(("clock", name), False):
            written.pop("format", None)
    if zone and keep_in:
        draft.reading["keep_in"] = keep_in
        for name, format in formats.items():
            if format:
                draft.settled["clock", name] = "format" not in draft.columns[name]
                draft.columns[name] |= {"format": format, "time_zone": zone}


def _examples(draft: Draft, times: dict[str, Values], keep_in: str) -> None:
    for name, values in times.items():
        said = {key: draft.columns[name][key] for key in ("format", "time_zone") if draft.columns[name].get(key)}
        column = draft.contract.columns[name]
        found = option(recode_question.left(draft, name, values), column, said, keep_in=keep_in)
        shown = ", ".join(f"{code(text, 30)} → {code(value, 30)}" for text, value in found.examples)
        lost = _("rows rejected, because they cannot be read so: {rows}", rows=found.unread)
        badge = f" :orange-badge[◷ {lost}] {code(found.stray, 30)}" if found.unread else ""
        st.markdown(f"{code(name)}: {shown or '–'}{badge}")
