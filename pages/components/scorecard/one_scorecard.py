"""One scorecard in full: what is major, its indicators, every period, and who set what when and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import streamlit as st

from audit.records.targets import scorecards
from audit.records.targets.declared import Revision
from audit.records.targets.scorecards import CHANGEABLE
from audit.targets.scorecard import Indicator, Scorecard, levels_words
from audit.targets.scored import Part
from pages.components import session, tags
from pages.components.chart import charts
from pages.components.chart.period import grain_name
from pages.components.scorecard import scorecard_words as words
from pages.components.scorecard.retire_form import retire_card
from pages.components.scorecard.scorecard_chart import alt, legend, scorecard_chart
from pages.components.scorecard.scorecard_files import period_file
from pages.components.scorecard.scorecard_form import scorecard_form
from pages.components.table import table
from pages.components.words import _, figure, plain, said, shown
from pipelines.runs.run_folder import Run
from pipelines.targets.scorecards import Judged, ScoredPeriod, named, review_due


def one_scorecard(judged: Judged, run: Run) -> None:
    card = judged.card
    st.markdown(f"{grain_name(card.grain)} · {words.owner(judged)}")
    st.markdown(f"“{plain(card.why)}”")
    _majors(judged)
    if judged.latest is None:
        st.markdown(plain(said(judged.silent)) if judged.silent else "")
    else:
        _parts(judged, judged.latest)
        _periods(judged)
    _history(judged)
    _forms(judged, run)


def _majors(judged: Judged) -> None:
    if not judged.majors:
        return
    st.markdown(words.major_badge(judged.majors))
    for each in judged.majors:
        st.markdown(f"- {plain(said(each.words))}")
        if each.clause:
            session.link("clause", _("Look at {clause}", clause=each.clause) + " →", clause=each.clause)


def _parts(judged: Judged, period: ScoredPeriod) -> None:
    st.header(_("What it is made of, {period}", period=words.period_name(judged, period)), anchor=False)
    st.markdown(
        tags.small(
            _(
                "A figure has the points of the best level that it reaches; between two levels nothing is added. "
                "Weights count as shares of their sum. What is not evaluated takes no points, and its weight goes to "
                "nobody else: the score is then a range, and above {most} % of the weight there is none. Levels, "
                "weights and words are yours; no standard sets any.",
                most=judged.card.most_missing,
            )
        )
    )
    header = [_("Indicator"), _("Weight"), _("Value (95 % interval)"), "n", _("Points"), _("Level"), _("Owner")]
    table(header, [_row(judged, part) for part in period.score.parts], _("What it is made of"))
    with st.expander(_("Levels of each indicator")):
        listed = [[plain(said(named(each))), plain(_levels(each))] for each in judged.card.indicators]
        table([_("Indicator"), _("Levels")], listed, _("Levels of each indicator"))
    with st.container(horizontal=True):
        for part in period.score.parts:
            of = {"by": part.indicator.by, "group": part.indicator.group} if part.indicator.by else {}
            name = plain(said(named(part.indicator)))
            session.link("measure", f"{name} →", kpi=part.indicator.kpi, grain=judged.card.grain, **of)


def _levels(indicator: Indicator) -> str:
    return _("; ").join(said(each) for each in levels_words(indicator))


def _row(judged: Judged, part: Part) -> list[str]:
    found, indicator = part.figure, part.indicator
    value = figure(found.value, found.unit, found.low, found.high) if found else "–"
    silent = f" {plain(said(part.because))}" if part.because else ""
    weight = f"{indicator.weight:g} ({part.share * 100:.0f} %)"
    return [
        plain(said(named(indicator))), plain(weight), plain(value), f"{found.n:,}" if found else "0",
        f"{part.level.points:g}" if part.level else "–", words.part_level(part) + silent,
        plain(judged.card.owner_of(indicator)),
    ]  # fmt: skip


def _periods(judged: Judged) -> None:
    told = words.said_by(judged)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(_("Every period"), anchor=False)
        st.space("stretch")
        st.download_button(
            _("Download CSV"), period_file([judged]), f"{judged.card.id}.csv", "text/csv", on_click="ignore"
        )
    st.markdown(plain(told))
    charts.draw(scorecard_chart(judged, large=True), key=f"large {judged.card.id}", alt=alt(judged, told))
    st.markdown(tags.small(legend()))
    header = [_("Period"), _("Score"), _("Word"), _("Not evaluated, of the weight")]
    table(header, [_period(judged, each) for each in reversed(judged.periods)], _("Every period"))


def _period(judged: Judged, period: ScoredPeriod) -> list[str]:
    score = period.score
    major = f"{words.short_badge(score.majors)} " if score.majors else ""
    return [
        words.period_name(judged, period), major + words.points(score), words.standing(score),
        plain(f"{score.missing * 100:.0f} %"),
    ]  # fmt: skip


def _history(judged: Judged) -> None:
    every = scorecards.revisions(session.records(), judged.card.id)
    due = review_due(judged.card, every[0].at.date())
    told = _("Reviewed every {months} months; last on {day}, next by {due}.", months=judged.card.reviewed_every,
             day=every[0].at.date(), due=due)  # fmt: skip
    if due < dt.date.today() and judged.card.retired_on is None:
        st.markdown(tags.tag("◷", _("The review is overdue")))
    st.markdown(tags.small(plain(told)))
    with st.expander(_("Who set it, when and why")):
        rows = list(_revisions(every))
        table([_("Revision"), _("When"), _("Who"), _("What"), _("Why")], rows, _("Who set it, when and why"))


def _revisions(every: list[Revision[Scorecard]]) -> Iterator[list[str]]:
    for one, before in zip(every, [*every[1:], None], strict=True):
        what = _changed(one, before) if before else _("set")
        yield [str(one.declared.revision), shown(one.at.date()), plain(one.actor), plain(what), plain(one.reason)]


def _changed(one: Revision[Scorecard], before: Revision[Scorecard]) -> str:
    differing = [name for name in CHANGEABLE if getattr(one.declared, name) != getattr(before.declared, name)]
    return _(", ").join(_part_word(name) for name in differing) or _("reviewed, and left as it was")


def _part_word(name: str) -> str:
    return {
        "title": _("title"),
        "department": _("department"),
        "owner": _("owner"),
        "grain": _("period"),
        "indicators": _("indicators"),
        "bands": _("words of the score"),
        "most_missing": _("how much may be missing"),
        "reviewed_every": _("time between reviews"),
        "why": _("reason"),
        "retired_on": _("retired"),
    }[name]


def _forms(judged: Judged, run: Run) -> None:
    if not session.may(scorecards.ACTION):
        st.markdown(tags.muted(_("Quality managers set, change and retire scorecards.")))
        return
    if judged.card.retired_on:
        return
    with st.expander(_("Change it, or note that it was reviewed"), key=f"change {judged.card.id}"):
        scorecard_form(run, judged.card)
    with st.expander(_("Retire it"), key=f"retire {judged.card.id}"):
        retire_card(judged.card)
