"""Each figure of what is at stake: its sentence, its formula, and the steps by which it came about."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from audit.evidence import Outcome
from pages.components import session, tags
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.soundness.dots import Dot, dots
from pages.components.stake.waterfall import waterfall
from pages.components.tags import small, tag
from pages.components.words import _, plain, said
from pipelines.methods.value_at_stake import Step
from pipelines.worth.of_run import AtStake
from pipelines.worth.stakes import Stake
from pipelines.worth.words import bare, formula, origin_word, stake_sentence, stake_title, step_word, value_text


def shown_stakes(found: AtStake) -> list[Stake]:
    """Without what a few customers alone would tell to those who may not see small groups."""
    risk = found.lifetime.at_risk.result
    few = risk is not None and 0 < risk.customers < session.least_shown()
    return [each for each in found.stakes if not (few and each.name == "at_risk")]


def overview(every: Sequence[Stake]) -> None:
    """All that have a figure side by side, each with its interval."""
    rows = [_dot(each) for each in every if each.worth]
    if len(rows) < 2:
        return
    alt = _("What is at stake, in the organisation's currency: {figures}", figures="; ".join(row.told for row in rows))
    charts.draw(dots(rows), key="stakes", alt=alt)
    st.markdown(small(_("Each with the interval of what was measured. Assumptions are taken as they are.")))
    whole = [each for each in every if each.worth]
    cells = [[plain(row.name), plain(_value(each))] for row, each in zip(rows, whole, strict=True)]
    behind("at-stake", [_("What"), _("Value (95 % interval)")], cells, pd.concat(map(_total, whole)))


def one(stake: Stake) -> None:
    st.header(said(stake_title(stake.name)), anchor=False)
    sentence = plain(said(stake_sentence(stake)))
    if stake.worth is None:
        st.markdown(f"{tags.outcome(Outcome.NOT_EVALUATED)} {sentence}")
        st.markdown(small(plain(said(formula(stake.name)))))
        return
    st.markdown(sentence)
    st.markdown(small(plain(_("Formula: {formula}", formula=formula(stake.name)))))
    for warning in stake.warnings:
        st.markdown(f"{tag('◷', _('Warning'))} {plain(said(warning))}")
    if stake.name == "lifetime_value":
        charts.draw(waterfall(stake.worth.steps), key="waterfall", alt=_steps_told(stake.worth.steps))
    rows = [_row(step) for step in stake.worth.steps]
    behind(f"value-{stake.name.replace('_', '-')}", _header(), rows, _frame(stake.worth.steps))


def _header() -> list[str]:
    return [_("Step"), _("Value (95 % interval)"), _("From")]


def _row(step: Step) -> list[str]:
    mark = {"measured": "●", "assumed": "△", "computed": "–"}[step.origin]
    return [plain(said(step_word(step.name))), plain(said(value_text(step))), tag(mark, said(origin_word(step.origin)))]


def _frame(steps: Sequence[Step]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"step": step_word(step.name).en, "value": step.value, "low": step.low, "high": step.high,
             "unit": step.unit, "from": origin_word(step.origin).en}
            for step in steps
        ]
    )  # fmt: skip


def _value(stake: Stake) -> str:
    assert stake.worth
    return said(value_text(stake.worth.total))


def _total(stake: Stake) -> pd.DataFrame:
    assert stake.worth
    return _frame([stake.worth.total]).assign(step=stake_title(stake.name).en)


def _dot(stake: Stake) -> Dot:
    assert stake.worth
    step = stake.worth.total
    low, high = (step.value if end is None else end for end in (step.low, step.high))
    name = said(stake_title(stake.name))
    told = f"{name}: {_value(stake)}"
    return Dot(name, step.value, low, high, bare(step.value, step.unit), told=told)


def _steps_told(steps: Sequence[Step]) -> str:
    return "; ".join(f"{said(step_word(step.name))}: {said(value_text(step))}" for step in steps)
