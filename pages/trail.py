"""The trail: who did what to which record, when and why; how it stood before; the proof that nothing was altered."""

from __future__ import annotations

import streamlit as st

from audit.records import Records
from audit.records.trail import excerpt, trail
from audit.records.trail.entry import Entry
from audit.records.trail.excerpt import Excerpt, Wanted
from pages.components import session
from pages.components.access.role_words import action_words
from pages.components.frame import page
from pages.components.table import table
from pages.components.tags import muted
from pages.components.trail.check import check, review_form
from pages.components.trail.entry_detail import entry_detail
from pages.components.trail.entry_words import action, actor, moment, object_word, subject
from pages.components.trail.wanted import wanted
from pages.components.words import _, plain, shown
from pipelines.reports.trail_export import as_csv, as_lines

AT_ONCE = 25
PAGE = "trail_page"


def main() -> None:
    records = session.records()
    newest = trail.newest(records)
    with page(_answer(newest), _("Trail"), [("overview", _("Overview"))]):
        if newest is None:
            st.markdown(
                _("Every load, conclusion, finding and signature will stand here, and can never be taken back.")
            )
            return
        asked = wanted(records)
        found = _page(records, asked)
        if found.entries:
            _table(found)
            _export(records, asked, found.count)
            _one(records, found)
        else:
            st.markdown(_("No entry is like that. Ask for less, or for another period."))
        check(records, newest.seq)
        review_form(records)


def _answer(newest: Entry | None) -> str:
    """The title: how many changes there are, and which was the last."""
    if newest is None:
        return _("Nothing is recorded yet")
    return _(
        "{count} changes are recorded; the last is by {actor} on {date}",
        count=newest.seq,
        actor=newest.actor,
        date=newest.time.date(),
    )


def _page(records: Records, asked: Wanted) -> Excerpt:
    if st.session_state.get("trail_asked") != asked:
        st.session_state["trail_asked"], st.session_state[PAGE] = asked, 0
    at: int = st.session_state.get(PAGE, 0)
    found = excerpt.excerpt(records, asked, at * AT_ONCE, AT_ONCE)
    with st.container(horizontal=True, vertical_alignment="center"):
        first, last = at * AT_ONCE + 1, at * AT_ONCE + len(found.entries)
        told = _("{first} to {last} of {count}, newest first", first=first, last=last, count=found.count)
        st.markdown(muted(told) if found.entries else "", width="content")
        st.space("stretch")
        st.button(_("Newer"), key="newer", disabled=at == 0, on_click=_turn, args=(at - 1,))
        st.button(_("Older"), key="older", disabled=last >= found.count, on_click=_turn, args=(at + 1,))
    return found


def _turn(to: int) -> None:
    st.session_state[PAGE] = to


def _table(found: Excerpt) -> None:
    header = [_("No."), _("When (UTC)"), _("Who"), _("What"), _("On what"), _("Why")]
    rows = [
        [shown(each.seq), moment(each), actor(each), action(each), subject(each), plain(each.reason) or "–"]
        for each in found.entries
    ]
    table(header, rows, _("Trail"))


def _export(records: Records, asked: Wanted, count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(muted(_("Take these {count} entries away:", count=count)), width="content")
        st.download_button(
            "CSV",
            lambda: as_csv(excerpt.every(records, asked)),
            "trail.csv",
            "text/csv",
            key="trail_csv",
            on_click="ignore",
        )
        st.download_button(
            "JSON", lambda: as_lines(excerpt.every(records, asked)), "trail.jsonl", "application/x-ndjson",
            key="trail_json", on_click="ignore",
        )  # fmt: skip


def _one(records: Records, found: Excerpt) -> None:
    known = {each.seq: each for each in found.entries}
    number = st.selectbox(
        _("Look at an entry"), list(known), format_func=lambda seq: _spelled(known[seq]), key="trail_entry"
    )
    entry_detail(records, known[number])


def _spelled(entry: Entry) -> str:
    """For a list of choices, which reads no Markdown."""
    words = action_words().get(entry.action, entry.action)
    return f"{entry.seq} · {words} · {object_word(entry.object)} {entry.object_id}"


main()
