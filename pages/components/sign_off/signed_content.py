"""Exactly what is signed, part by part, and the very bytes that the hash is of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from audit.evidence import Grade, Outcome, Verdict
from audit.signing import signed
from audit.signing.signed_told import told
from audit.signing.signed_words import in_order
from pages.components import tags
from pages.components.sign_off.sign_words import part_word
from pages.components.table import table
from pages.components.tags import muted, small
from pages.components.words import _, language, plain

COLUMNS = {
    "decisions": ("proposed", "concluded", "reason", "by"),
    "answers": ("outcome", "note", "who", "answered_on", "by"),
    "findings": ("requirement_id", "grade", "statement", "criterion", "evidence"),
}
"""What stands in the table of a part; the rest of it stands in the snapshot."""


def signed_content(content: Mapping[str, Any]) -> None:
    st.header(_("Exactly what is signed"), anchor=False)
    for name in in_order(content["recorded"]):
        _part(name, content["recorded"][name], content["what"])
    for name in ("run", "pack"):
        if content.get(name):
            _part(name, content[name], content["what"])
    digest = signed.sha256(content)
    st.markdown(small(_("SHA-256 of all this, in one fixed form; it stands in every signature and in the trail:")))
    st.code(digest, language=None, wrap_lines=True)
    file = f"signed-{digest[:12]}.json"
    st.download_button(_("The very bytes (JSON)"), signed.snapshot(content), file, "application/json",
                       key=f"snapshot {digest[:12]}", on_click="ignore")  # fmt: skip


def _part(name: str, part: Mapping[str, Any], what: str) -> None:
    title = part_word(name, what)
    if name in COLUMNS:
        title = f"{title.capitalize()} ({len(part)})"
    with st.expander(title, expanded=name not in ("run", "answers")):
        if not part:
            st.markdown(muted(_("none")))
        elif all(isinstance(each, dict) for each in part.values()):
            _rows(name, part, part_word(name, what))
        else:
            rows = [[plain(part_word(each)), plain(told(part[each], language(), each))] for each in in_order(part)]
            table([_("Part"), _("Value")], rows, title)


def _rows(name: str, part: Mapping[str, dict[str, Any]], title: str) -> None:
    known = list(dict.fromkeys(column for each in part.values() for column in each))
    columns = [column for column in COLUMNS.get(name, ()) if column in known] or known
    rows = [
        [plain(id), *(_value(column, each.get(column)) for column in columns)]
        for id, each in ((id, part[id]) for id in in_order(part))
    ]
    table(["", *(part_word(column) for column in columns)], rows, title)


def _value(column: str, value: Any) -> str:
    words = {"proposed": _verdict, "concluded": _verdict, "outcome": _outcome, "grade": _grade}
    return words[column](value) if value and column in words else plain(told(value, language(), column))


def _verdict(value: str) -> str:
    return tags.verdict(Verdict(value))


def _outcome(value: str) -> str:
    return tags.outcome(Outcome(value))


def _grade(value: str) -> str:
    return tags.grade(Grade(value))
