"""One entry of the trail: how its object stood before, how it stands after, and what seals it."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from audit.records import Records
from audit.records.trail import excerpt
from audit.records.trail.entry import Entry
from audit.signing.signed import told
from pages.components.table import code, table
from pages.components.tags import muted, small
from pages.components.trail.entry_words import action, moment, subject
from pages.components.words import _, plain


def entry_detail(records: Records, entry: Entry) -> None:
    former = excerpt.before(records, entry)
    title = _("Entry {number}: {action}, {object}", number=entry.seq, action=action(entry), object=subject(entry))
    st.header(title, anchor=False)
    st.markdown(_("{actor}, {time} UTC", actor=plain(entry.actor), time=moment(entry)))
    st.markdown(_("Reason: {reason}", reason=plain(entry.reason) or "–"))
    _both(former, entry)
    with st.expander(_("What seals it")):
        rows = [[name, code(str(getattr(entry, name) or ""), 200)] for name in ("hash", "previous", "identity", "key")]
        table([_("Part"), _("Value")], rows, _("What seals it"))
        st.code(entry.payload, language="json", wrap_lines=True)


def _both(former: Entry | None, entry: Entry) -> None:
    """Side by side; what is the same before and after is left to the fold."""
    was, now = _content(former), _content(entry)
    names = [name for name in [*now, *(name for name in was if name not in now)]]
    changed = [name for name in names if was.get(name) != now.get(name)]
    if former is None:
        st.markdown(muted(_("This is the first entry on it: there is no before.")))
    else:
        words = _("Before: entry {number}, {actor}, {time} UTC.", number=former.seq, actor=plain(former.actor),
                  time=moment(former))  # fmt: skip
        st.markdown(muted(words))
    header = [_("Field"), _("Before"), _("After")]
    if changed:
        table(header, [_row(name, was, now) for name in changed], _("What changed"))
    else:
        st.markdown(_("The content is the same as before."))
    same = [name for name in names if name not in changed]
    if same:
        with st.expander(_("Unchanged: {count} fields", count=len(same))):
            table([_("Field"), _("Value")], [[code(name), plain(told(now[name]))] for name in same], _("Unchanged"))


def _row(name: str, was: dict[str, Any], now: dict[str, Any]) -> list[str]:
    before, after = (plain(told(each[name])) if name in each else small(_("not there")) for each in (was, now))
    return [code(name), before, after]


def _content(entry: Entry | None) -> dict[str, Any]:
    try:
        content = json.loads(entry.payload) if entry else {}
    except ValueError:
        return {"payload": entry.payload if entry else ""}
    return content if isinstance(content, dict) else {"payload": content}
