"""How far needs have come: each step with those for which it was due, and where the chain breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

import pandas as pd
import streamlit as st

from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.complaints.bars import bars
from pages.components.needs.words import said_by_word
from pages.components.tags import small
from pages.components.words import _, plain, said
from pipelines.analyses.needs.found import Needs, Step
from pipelines.analyses.needs.sections import sentence
from pipelines.analyses.needs.words import METHOD, STEP_WORDS

LINE = 18
"""Letters of a step in one line, so that the names leave room for the bars on a telephone."""


def flow(found: Needs) -> None:
    register = found.register.result
    assert register is not None
    told = said(sentence(register))
    st.markdown(plain(told))
    due = [step for step in register.steps if step.recorded and step.of]
    if due:
        shares = [100 * step.taken / step.of for step in due]
        labels = [_("{taken} of {of}", taken=step.taken, of=step.of) for step in due]
        parts = [(_("taken"), shares, "accent"), (_("missing"), [100 - share for share in shares], "bars")]
        names = [charts.in_lines(said(STEP_WORDS[step.name]), LINE) for step in due]
        charts.draw(bars(names, parts, labels, " %"), key="needs_flow", alt=told)
    _who(register.said_by)
    silent = [plain(said(STEP_WORDS[step.name])) for step in register.steps if not step.recorded]
    if silent:
        words = _("No file of the register records: {steps}.", steps=_(", ").join(silent))
        st.markdown(small(words))
    header = [_("Step"), _("Taken"), _("Due for"), _("Stand here")]
    rows = [_row(step) for step in register.steps]
    behind("needs-steps", header, rows, pd.DataFrame([asdict(step) for step in register.steps]))
    st.markdown(small(plain(said(METHOD))))


def _row(step: Step) -> list[str]:
    counts = (step.taken, step.of, step.waiting) if step.recorded else ("–", "–", "–")
    return [plain(said(STEP_WORDS[step.name])), *map(str, counts)]


def _who(said_by: Mapping[str, int]) -> None:
    each = _(", ").join(f"{said_by_word(name)} {count:,}" for name, count in said_by.items())
    st.markdown(small(_("Who says so: {each}.", each=each)))
