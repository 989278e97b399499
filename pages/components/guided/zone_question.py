"""In which time zone the times of a file are written, where the organisation keeps its times in another."""

from __future__ import annotations

from collections.abc import Iterable
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


def question(draft: Draft, columns: dict[str, Values]) -> str:
    """`columns` are the columns with times or days, and their values. What is left half said; "" for nothing."""
    file_zone, keep_in = _said(draft)
    formats = _formats(draft, columns)
    times = {name: values for name, values in columns.items() if formats[name]}
    if not times:
        return ""
    in_utc = [name for name in times if str(formats[name]).endswith("Z") and not file_zone]
    with st.expander(
        _("Time zone of the times in this file"),
        expanded=bool(file_zone or keep_in or in_utc) or _with_offset(draft),
    ):
        words = _(
            "Without a zone, times are kept as they are written. With one, they become what the clocks of your "
            "organisation showed at that moment; choose the same zone of your organisation for all files."
        )
        st.markdown(tags.muted(words))
        _told(draft, in_utc)
        with st.container(horizontal=True):
            if any("%z" not in str(formats[name]) for name in times):
                _zone(_("The file was written in"), "zone_of_file", file_zone, draft, formats)
            _zone(_("Your organisation keeps its times in"), "zone_kept", keep_in, draft, formats)
        if keep_in and (file_zone or _with_offset(draft)):
            _examples(draft, times, keep_in)
            _days(name for name, values in columns.items() if name not in times and values)
    return _half_said(draft, file_zone, keep_in)


def _half_said(draft: Draft, file_zone: str | None, keep_in: str | None) -> str:
    if _with_offset(draft):
        return "" if keep_in else _("the zone in which your organisation keeps its times")
    return "" if bool(file_zone) == bool(keep_in) else _("both time zones, or none")


def _told(draft: Draft, in_utc: list[str]) -> None:
    """What the times say of their zone themselves."""
    if in_utc:
        names = ", ".join(map(code, in_utc))
        st.warning(
            _(
                "{names}: the Z behind these times means UTC. Without the zones they are kept so, and what happened "
                "near midnight may count in another day or month than on your clocks.",
                names=names,
            )
        )
    if _with_offset(draft):
        st.markdown(_("Some times say their own offset from UTC. Say in which zone your organisation keeps its times."))


def _with_offset(draft: Draft) -> bool:
    return any("%z" in written.get("format", "") for written in draft.columns.values())


def _days(names: Iterable[str]) -> None:
    if days := ", ".join(map(code, names)):
        st.markdown(tags.muted(_("Days alone are not moved: {names}", names=days)))


def _said(draft: Draft) -> tuple[str | None, str | None]:
    """What the mapping says, or what was chosen while the other half is still open."""
    zone = next((written["time_zone"] for written in draft.columns.values() if written.get("time_zone")), None)
    chosen: tuple[str | None, str | None] = draft.settled.get(PENDING, (None, None))
    if zone:
        return zone, draft.reading["keep_in"]
    if _with_offset(draft):
        return chosen[0], draft.reading.get("keep_in")
    draft.reading.pop("keep_in", None)  # of a column that another one replaced
    return chosen


def _formats(draft: Draft, columns: dict[str, Values]) -> dict[str, str | None]:
    """A column of times that has no value yet is moved like the first of the others: the next file may have some."""
    found = {name: _format(draft, name, values) for name, values in columns.items()}
    first = next((format for format in found.values() if format), None)
    empty = [name for name, values in columns.items() if not recode_question.left(draft, name, values)]
    timed = [name for name in empty if draft.contract.columns[name].type == "timestamp"]
    return found | {name: draft.columns[name].get("format") or first for name in timed}


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
    if keep_in and (zone or _with_offset(draft)):
        draft.reading["keep_in"] = keep_in
    if zone and keep_in:
        for name, format in formats.items():
            if format and "%z" not in format:
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
