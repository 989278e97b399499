"""One objective in full: its chart, every period, the forecast and its method, and who set what when and why."""

from __future__ import annotations

import streamlit as st

from audit.records.targets import objectives
from audit.records.targets.declared import Revision
from audit.records.targets.objectives import CHANGEABLE
from audit.targets.objective import Objective
from pages.components import session, tags
from pages.components.chart import charts
from pages.components.chart.period import grain_name
from pages.components.objective.change_forms import change_forms
from pages.components.objective.objective_chart import objective_chart
from pages.components.objective.objective_files import period_file
from pages.components.objective.objective_words import alt, outlook, owner, period_name, reached, target_words
from pages.components.table import table
from pages.components.words import _, figure, plain, said, shown
from pipelines.targets.objectives import Judged, ObjectivePeriod, named


def one_objective(judged: Judged) -> None:
    objective = judged.objective
    st.markdown(f"{plain(said(named(judged)))} · {grain_name(objective.grain)} · {owner(judged)}")
    st.markdown(f"“{plain(objective.why)}”")
    of = {"by": objective.by, "group": objective.group} if objective.by else {}
    session.link("measure", _("How this figure is made") + " →", kpi=objective.kpi, grain=objective.grain, **of)
    if judged.silent:
        st.markdown(plain(said(judged.silent)))
    else:
        _figures(judged)
    _history(judged)
    change_forms(judged)


def _figures(judged: Judged) -> None:
    charts.draw(objective_chart(judged, large=True), key=f"large {judged.objective.id}", alt=alt(judged))
    st.markdown(tags.small(_legend()))
    if judged.forecast:
        st.markdown(f"{outlook(judged.forecast)} {plain(said(judged.forecast.because))}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(_("Every period"), anchor=False)
        st.space("stretch")
        name = f"{judged.objective.id}.csv"
        st.download_button(_("Download CSV"), period_file([judged]), name, "text/csv", on_click="ignore")
    header = [_("Period"), _("Attained"), _("Target"), _("Value (95 % interval)"), "n", _("Because")]
    table(header, [_row(judged, each) for each in reversed(judged.periods)], _("Every period"))


def _legend() -> str:
    return _(
        "Line: the figure, shaded its 95 % interval. Solid steps: the target; dotted: the warning; dashed: the stretch "
        "target. Hollow diamond: the forecast with its 80 % interval, from a local level over the months "
        "(Harvey 1989): a trend is not prolonged, and a season counts as chance."
    )


def _row(judged: Judged, period: ObjectivePeriod) -> list[str]:
    found = period.measurement
    value = figure(found.value, found.unit, found.low, found.high) if found else "–"
    n = f"{found.n:,}" if found else "0"
    return [
        period_name(judged, period), reached(period), plain(target_words(period.target)), plain(value), n,
        plain(said(period.because)),
    ]  # fmt: skip


def _history(judged: Judged) -> None:
    every = objectives.revisions(session.records(), judged.objective.id)
    with st.expander(_("Who set it, when and why")):
        rows = [_revision(one, before) for one, before in zip(every, [*every[1:], None], strict=True)]
        table([_("Revision"), _("When"), _("Who"), _("What"), _("Why")], rows, _("Who set it, when and why"))


def _revision(one: Revision[Objective], before: Revision[Objective] | None) -> list[str]:
    what = _changed(one, before) if before else _("set")
    return [str(one.declared.revision), shown(one.at.date()), plain(one.actor), plain(what), plain(one.reason)]


def _changed(one: Revision[Objective], before: Revision[Objective]) -> str:
    differing = [name for name in CHANGEABLE if getattr(one.declared, name) != getattr(before.declared, name)]
    if one.declared.targets != before.declared.targets:
        steps = [_("{target} since {day}", target=target_words(each), day=each.since)
                 for each in one.declared.targets if each not in before.declared.targets]  # fmt: skip
        return _("; ").join([*steps, *(part_word(name) for name in differing if name != "targets")])
    return _(", ").join(part_word(name) for name in differing)


def part_word(name: str) -> str:
    return {
        "title": _("title"),
        "kpi": _("measure"),
        "by": _("groups"),
        "group": _("group"),
        "grain": _("period"),
        "targets": _("target"),
        "owner": _("owner"),
        "why": _("reason"),
        "retired_on": _("retired"),
    }[name]
