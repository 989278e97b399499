"""Who did not answer? The response rate by its name, and early against late answers."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import streamlit as st

from audit.quantity import Quantity, number
from pages.components import session
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.soundness.dots import Dot, dots
from pages.components.soundness.words import bounded, percent, told
from pages.components.table import table
from pages.components.tags import small
from pages.components.words import _, plain
from pipelines.methods.difference import Difference
from pipelines.methods.early_late import LATE_AFTER, EarlyLate, Wave
from pipelines.survey_soundness.found import ResponseRate, Survey


def silent(survey: Survey) -> None:
    if told(survey.response) and survey.response.result:
        _rate(survey.response.result)
    if told(survey.early_late) and survey.early_late.result:
        _waves(survey.early_late.result)


def _rate(found: ResponseRate) -> None:
    rows = [
        [_("Any answer: AAPOR RR2"), f"{found.answered:,}", bounded(found.value, found.low, found.high)],
        [_("More than 80 % of the questions answered: AAPOR RR1"), f"{found.finished:,}", percent(found.strict)],
        [_("Could not be delivered"), *_bounced(found)],
    ]
    table([_("Of {n} invitations", n=found.invited), _("How many"), _("Share")], rows, _("Response rate"))
    unknown = _(
        "Refusals, unread invitations and people who are no customers any more are not told apart; all stay in the "
        "denominator. A low rate alone does not show bias (Groves, 2006): compare the groups, and late answers with "
        "early ones."
    )
    lost = _("{n} answers name no invitation that is known.", n=found.unmatched) if found.unmatched else ""
    st.markdown(small(plain(f"{unknown} {lost}".strip())))


def _bounced(found: ResponseRate) -> list[str]:
    if found.bounced is None:
        return [_("not known"), "–"]
    return [f"{found.bounced:,}", percent(100 * found.bounced / found.invited)]


def _waves(found: EarlyLate) -> None:
    sentence = _sentence(found)
    st.markdown(plain(sentence))
    least = session.least_shown()
    drawn = [wave for wave in found.waves if wave.n >= least]
    rows = [_dot(wave) for wave in drawn]
    if rows:
        charts.draw(dots(rows, " %"), key="waves", alt=f"{sentence} {'; '.join(row.told for row in rows)}")
        st.markdown(small(_("Satisfied share by the days from invitation to answer, with 95 % intervals.")))
    cells = [[_span(w), f"{w.n:,}", bounded(w.value or 0, w.low or 0, w.high or 0)] for w in drawn]
    header = [_("Days from invitation to answer"), "n", _("Satisfied")]
    behind("survey-waves", header, cells, pd.DataFrame([asdict(wave) for wave in drawn]))


def _dot(wave: Wave) -> Dot:
    value, low, high = wave.value or 0.0, wave.low or 0.0, wave.high or 0.0
    told_of = f"{_span(wave)}: {bounded(value, low, high)}, n = {wave.n:,}"
    return Dot(_span(wave), value, low, high, percent(value), told=told_of)


def _span(wave: Wave) -> str:
    if wave.first is None:
        return _("up to {last} days", last=wave.last)
    if wave.last is None:
        return _("{first} days or more", first=wave.first)
    return _("{first} to {last} days", first=wave.first, last=wave.last)


def _sentence(found: EarlyLate) -> str:
    words = _(
        "{late} answers came more than {days} days after the invitation, {early} earlier. "
        "Their satisfied share differs by {difference}.",
        late=found.late.n,
        days=LATE_AFTER,
        early=found.early.n,
        difference=_points(found.difference),
    )
    before = _("{n} are dated before their invitation.", n=found.before_invitation) if found.before_invitation else ""
    return " ".join(filter(None, [words, _expected(found), before]))


def _expected(found: EarlyLate) -> str:
    if found.expected is None:
        return ""
    return _(
        "If those who never answered were like the late ones, {share} of all who were invited would be satisfied.",
        share=bounded(found.expected.value, found.expected.low, found.expected.high),
    )


def _points(found: Difference) -> str:
    low, high = number(found.low, "points", aligned=True), number(found.high, "points", aligned=True)
    return _("{value} ({low} to {high})", value=Quantity(found.value, "points"), low=low, high=high)
