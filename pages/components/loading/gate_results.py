"""What a gate said, expectation by expectation: what was expected, how many rows are not so, why it is asked, which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from audit.errors import AuditError
from audit.load import GateResult, Load
from audit.source import Expectation, Source
from audit.wording import say
from pages.components import tags
from pages.components.progress import bar
from pages.components.states import in_words
from pages.components.table import code, table
from pages.components.words import _, plain, said
from pipelines import definitions
from pipelines.gating.expectation_sentence import sentence
from pipelines.loading.failing_rows import failing_rows
from pipelines.workspace import Workspace

FEW = 5
ROWS = "failing_rows"


def gate_results(gate: Sequence[GateResult], contract: Source | None, names: Mapping[int, str] | None = None) -> None:
    """What stopped the load stands first. `names` says what a line is called where there is no file to look into."""
    header = [_("Outcome"), _("What is expected"), _("Unexpected rows"), _("Severity"), _("Why it is asked")]
    rows = [_result(result, contract, names or {}) for result in ranked(gate)]
    table(header, rows, _("What the gate said"))


def ranked(gate: Sequence[GateResult]) -> list[GateResult]:
    return sorted(gate, key=lambda one: (not one.stops, one.outcome == "passed", one.severity != "critical"))


def rows_that_failed(workspace: Workspace, load: Load) -> None:
    """On demand, because the file is read again from the start."""
    named = [result for result in ranked(load.gate) if result.lines]
    if not named:
        return
    st.header(_("Rows that are not as expected"), anchor=False)
    if st.session_state.get(ROWS, ("", None))[0] != load.id:
        st.markdown(tags.muted(_("They are kept in the original file alone; to show them it is read again.")))
        if not st.button(_("Show the rows"), key="show_failing_rows"):
            return
        if (found := _read(workspace, load)) is None:
            return
        st.session_state[ROWS] = load.id, found
        st.rerun()
    for result in named:
        _rows(result, load, st.session_state[ROWS][1])


def _read(workspace: Workspace, load: Load) -> pd.DataFrame | None:
    words = say("reading the rows")
    try:
        with bar(_("Reading the file again")) as progress:
            return failing_rows(workspace, load, lambda share: progress(share, words))
    except AuditError as error:
        st.error(_("The rows cannot be shown: {reason}", reason=in_words(error)))
        return None


def _rows(result: GateResult, load: Load, found: pd.DataFrame) -> None:
    """The columns that the expectation is about stand first."""
    contract = definitions.sources().get(load.source)
    st.markdown(f"{tags.gate(result.outcome)} **{_sentence(result, contract)}**")
    about = [name for name in result.column.split(", ") if name in found]
    rows = found[found["line"].isin(result.lines)]
    shown = rows[["line", *about, *(name for name in rows if name not in ("line", *about))]]
    st.dataframe(shown.rename(columns={"line": _("Line")}), hide_index=True, alt=_("Rows that are not as expected"))
    if result.unexpected > len(rows):
        st.markdown(tags.muted(_("The first {shown} of {count}.", shown=len(rows), count=result.unexpected)))


def _result(result: GateResult, contract: Source | None, names: Mapping[int, str]) -> list[str]:
    critical = result.severity == "critical"
    severity = _("critical: stops the publication") if critical else _("warning: travels with the figures")
    return [
        tags.gate(result.outcome),
        f"{_sentence(result, contract)}  \n{tags.small(_breaking(plain(result.expectation)))}",
        _unexpected(result, names),
        severity,
        plain(said(result.reason)),
    ]


def _breaking(name: str) -> str:
    """With places where a narrow screen may break it."""
    return name.replace("_", "_\u200b")


def _unexpected(result: GateResult, names: Mapping[int, str]) -> str:
    if result.outcome == "could not be checked":
        return "–"
    counted = _("{count} of {rows}", count=result.unexpected, rows=result.rows)
    if not (result.unexpected and result.lines):
        return counted
    listed = ", ".join(plain(names.get(line, str(line))) for line in result.lines[:FEW])
    more = ", …" if result.unexpected > FEW else ""
    where = listed + more if names else _("lines {lines}", lines=listed + more)
    return f"{counted} {tags.small(where)}"


def _sentence(result: GateResult, contract: Source | None) -> str:
    written = _written(result, contract)
    return plain(said(sentence(written, contract))) if written and contract else code(result.expectation)


def _written(result: GateResult, contract: Source | None) -> Expectation | None:
    """The expectation as the contract has it today; None where the contract was changed since."""
    for one in contract.gate if contract else ():
        same = (one.type, one.column, one.severity) == (result.expectation, result.column, result.severity)
        if same and one.reason.en in result.reason.en:
            return one
    return None
