"""The fourth step: how the values of each column are written, confirmed on the values themselves."""

from __future__ import annotations

import streamlit as st

from audit.errors import AuditError
from audit.source import Column
from pages.components import tags
from pages.components.guided import format_question, recode_question, zone_question
from pages.components.guided.draft import Draft
from pages.components.guided.stepper import onward
from pages.components.progress import bar
from pages.components.states import in_words
from pages.components.table import code, table
from pages.components.words import _, plain, said
from pipelines.loading import preview
from pipelines.suggesting import answers
from pipelines.suggesting.reading import Values, telling


def formats_step(draft: Draft) -> None:
    st.header(_("Are the values read rightly?"), anchor=False)
    try:
        _count(draft)
    except AuditError as error:
        st.error(in_words(error))
        onward(draft, "columns", "trial", _("Try it without publishing"), _("how the file is written"))
        return
    open_questions, plain_ones = [], []
    for name, written in draft.columns.items():
        column, values = draft.contract.columns[name], _values(draft, name)
        if values is not None and _asks(draft, name, column, values):
            open_questions += [name] * (not _ask(draft, name, column, values))
        else:
            plain_ones.append(_row(draft, name, written))
    if plain_ones:
        st.markdown(f"**{_('Read as they are')}**")
        table([_("Column"), _("Column of the file"), _("Values")], plain_ones, _("Read as they are"))
    zones = zone_question.question(draft, _times(draft))
    waiting = _("the values of {names}", names=", ".join(map(code, open_questions))) if open_questions else ""
    waiting = waiting or zones
    onward(draft, "columns", "trial", _("Try it without publishing"), waiting)


def _count(draft: Draft) -> None:
    """Every value of the columns that are asked for, read once for each way of reading them."""
    wanted = sorted({name for column in draft.columns.values() for name in column.get("from", ())})
    if draft.counted_for == (wanted, draft.reading):
        return
    with bar(_("Reading the values")) as progress:
        draft.counted = preview.values(draft.bare, draft.file, draft.basic_reading(), wanted, progress)
    draft.counted_for = (wanted, dict(draft.reading))
    draft.memo.clear()


def _values(draft: Draft, name: str) -> Values | None:
    """None where several columns make one, or a constant does: there is nothing to ask."""
    origins = draft.columns[name].get("from", ())
    return draft.counted.get(origins[0]) if len(origins) == 1 else None


def _times(draft: Draft) -> dict[str, Values]:
    """The columns that may hold times, also where their day alone is kept, with their values."""
    kinds = {name: draft.contract.columns[name].type for name in draft.columns}
    found = {name: _values(draft, name) for name, kind in kinds.items() if kind in ("date", "timestamp")}
    return {name: values for name, values in found.items() if values is not None}


def _asks(draft: Draft, name: str, column: Column, values: Values) -> bool:
    """Text is read as it stands; of it only what may be no value is asked."""
    if name not in draft.settled:
        recode_question.propose(draft, name, column, values)
        draft.settled[name] = True
    return (
        bool(answers.missing(values))
        or recode_question.asks(draft, name, column, values)
        or format_question.asks(draft, name, column, values)
    )


def _ask(draft: Draft, name: str, column: Column, values: Values) -> bool:
    """Whether everything about this column is answered."""
    with st.container(border=True):
        origin = code(draft.columns[name]["from"][0], 60)
        st.markdown(f"**{plain(said(column.meaning))}**  \n{code(name)} ← {origin}")
        recode_question.missing(draft, name, values)
        recode_question.recode(draft, name, column, values)
        return format_question.question(draft, name, column, values)


def _row(draft: Draft, name: str, written: dict[str, object]) -> list[str]:
    values = _values(draft, name)
    if "constant" in written:
        return [code(name), "–", _("{value} in every row", value=code(str(written["constant"])))]
    origins = written.get("from", ())
    assert isinstance(origins, list)
    shown = ", ".join(code(text, 30) for text in telling(values)[:4]) if values else "–"
    return [code(name), " / ".join(code(origin, 40) for origin in origins), shown or tags.muted("–")]
