"""How the file is written: encoding, delimiter, sheet and line of the names, each proposed and open to change."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from audit.errors import AuditError
from pages.components import tags
from pages.components.guided.draft import Draft, seeded
from pages.components.guided.encoding_words import delimiter_words, encoding_words
from pages.components.table import code, table
from pages.components.words import _
from pipelines.loading import preview
from pipelines.suggesting.encoding import OFFERED, is_ascii, telling_lines
from pipelines.suggesting.layout import DELIMITERS

MOST_HEADER = 1000


def writing(draft: Draft) -> None:
    if draft.how.kind == "parquet":
        st.markdown(tags.muted(_("A Parquet file says itself how it is written.")))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if draft.how.kind == "workbook":
            _sheet(draft)
        else:
            _encoding(draft)
        if draft.how.kind == "csv":
            _delimiter(draft)
        if draft.how.kind in ("csv", "workbook"):
            _lines(draft)
    if draft.how.kind == "workbook":
        _hidden(draft)
    else:
        _compare(draft)


def _encoding(draft: Draft) -> None:
    said = draft.reading.get("encoding", "utf-8")
    options = list(dict.fromkeys([*draft.how.encodings, said, *OFFERED]))
    st.selectbox(
        _("Encoding"), options, format_func=encoding_words, key=seeded("guided_encoding", said), width=280,
        on_change=_set, args=(draft, "encoding", "guided_encoding"),
    )  # fmt: skip


def _delimiter(draft: Draft) -> None:
    said = draft.reading.get("delimiter", ",")
    options = list(dict.fromkeys([*DELIMITERS, said]))
    st.selectbox(
        _("Fields are parted by"), options, format_func=delimiter_words, width=180,
        key=seeded("guided_delimiter", said), on_change=_set_delimiter, args=(draft,),
    )  # fmt: skip


def _lines(draft: Draft) -> None:
    st.number_input(
        _("Line with the names (0: the first)"), 0, MOST_HEADER, step=1, width=200,
        key=seeded("guided_header_line", draft.reading.get("header_line", 0)),
        on_change=_set, args=(draft, "header_line", "guided_header_line"),
    )  # fmt: skip
    st.number_input(
        _("Further lines of the header below"), 0, 20, step=1, width=200,
        key=seeded("guided_skip", draft.reading.get("skip_lines_after_header", 0)),
        on_change=_set, args=(draft, "skip_lines_after_header", "guided_skip"),
    )  # fmt: skip


def _sheet(draft: Draft) -> None:
    sheets = draft.how.sheets or {}
    said = _chosen_sheet(draft)
    words = {name: name if seen else _("{sheet} (hidden)", sheet=name) for name, seen in sheets.items()}
    st.selectbox(
        _("Sheet"), list(sheets), index=None, format_func=words.__getitem__, width=280, placeholder=_("choose a sheet"),
        key=seeded("guided_sheet", said), on_change=_set_sheet, args=(draft,),
    )  # fmt: skip


def _chosen_sheet(draft: Draft) -> str | None:
    visible = [name for name, seen in (draft.how.sheets or {}).items() if seen]
    return draft.reading.get("sheet") or (visible[0] if len(visible) == 1 else None)


def _hidden(draft: Draft) -> None:
    read = _chosen_sheet(draft)
    hidden = [name for name, seen in (draft.how.sheets or {}).items() if not seen and name != read]
    if hidden:
        named = ", ".join(code(name, 40) for name in hidden)
        st.markdown(tags.muted(_("Hidden sheets of this workbook, which are not read: {names}", names=named)))


def _compare(draft: Draft) -> None:
    """The lines in which encodings differ, as each of the candidates reads them."""
    said = draft.reading.get("encoding", "utf-8")
    names = list(dict.fromkeys([said, *draft.how.encodings]))
    lines = {name: telling_lines(draft.bare, name, 3) for name in names}
    if is_ascii(draft.bare) and not lines[said]:
        st.markdown(tags.muted(_("It holds ASCII characters alone: every usual encoding reads it alike.")))
        return
    if not any(lines.values()):
        words = _("Read so, its first lines hold ASCII characters alone. If they look wrong, choose another encoding.")
        st.markdown(tags.muted(words))
        return
    if len(names) == 1:
        words = _("Read so, its first lines with other letters are below. If they look wrong, choose another encoding.")
    else:
        words = _("Its bytes do not say the encoding for certain. Choose the one in which these lines are right.")
    st.markdown(words)
    rows = [[_mark(name, said), "  \n".join(code(line, 100) for line in lines[name])] for name in names]
    table([_("Encoding"), _("Lines with letters beyond ASCII")], rows, _("Encodings"))


def _mark(name: str, said: str) -> str:
    return f"**{encoding_words(name)}**  \n:blue-badge[{_('chosen')}]" if name == said else encoding_words(name)


def _set(draft: Draft, name: str, key: str) -> None:
    """An answer of 0 means that nothing is declared."""
    value = st.session_state[key]
    if value:
        draft.reading[name] = value
    else:
        draft.reading.pop(name, None)


def _set_delimiter(draft: Draft) -> None:
    """With another delimiter the names may stand in another line."""
    sign = st.session_state["guided_delimiter"]
    text = draft.bare[:200_000].decode(draft.reading.get("encoding", "utf-8"), errors="replace")
    draft.reading.pop("header_line", None)
    draft.reading |= preview.proposed_layout(text.removeprefix("\ufeff"), sign)


def _set_sheet(draft: Draft) -> None:
    """Without a sheet, or with one that cannot be read, nothing is proposed; the preview says why."""
    sheet = st.session_state["guided_sheet"]
    draft.reading = {key: value for key, value in draft.reading.items() if key not in ("sheet", "header_line")}
    visible = [name for name, seen in (draft.how.sheets or {}).items() if seen]
    if sheet and [sheet] != visible:
        draft.reading["sheet"] = sheet
    with suppress(AuditError):
        draft.reading |= preview.proposed_header(draft.bare, draft.file, sheet)
