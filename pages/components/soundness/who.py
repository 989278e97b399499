"""Who answered? Respondents against the customer base, group by group."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from audit.small_cells import hidden
from audit.withheld import words as withheld
from pages.components import session
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.chosen import buttons, chosen
from pages.components.soundness.dots import Dot, dots
from pages.components.soundness.words import bounded, coefficient, percent, probability, told
from pages.components.tags import small, tag
from pages.components.words import _, plain, said
from pipelines.methods.representativeness import Group, Representativeness
from pipelines.methods.representativeness import told as verdict
from pipelines.survey_soundness.found import Survey
from pipelines.survey_soundness.naming import dimension_text, group_text, remark_text


def who(survey: Survey) -> None:
    names = list(survey.who)
    known = [name for name in names if survey.who[name].result]
    by = chosen("by", names, known[0] if known else names[0])
    buttons("by", _("Groups"), names, lambda name: said(dimension_text(name)))
    if not told(survey.who[by]):
        return
    found = survey.who[by].result
    assert found is not None
    sentence = said(verdict(found, lambda name: group_text(by, name)))
    st.markdown(plain(sentence[:1].upper() + sentence[1:]) + _(".") + " " + plain(_counts(found)))
    _picture(by, found, _open_groups(by, found), sentence)
    st.markdown(small(plain(_method(found))))


def _open_groups(by: str, found: Representativeness) -> list[Group]:
    """Those whose figures this person may see."""
    sizes = {(by, group.name): group.respondents for group in found.groups}
    gone = hidden(sizes | {("", ""): found.respondents}, session.least_shown())
    return [group for group in found.groups if (by, group.name) not in gone]


def _picture(by: str, found: Representativeness, groups: list[Group], sentence: str) -> None:
    names = {group.name: said(group_text(by, group.name)) for group in found.groups}
    rows = [
        Dot(names[g.name], g.share, g.low, g.high, percent(g.share), g.expected, _hover(names[g.name], g), g.missing)
        for g in groups
    ]
    if rows:
        charts.draw(dots(rows, " %"), key="who", alt=f"{sentence}; {'; '.join(row.told for row in rows)}")
        st.markdown(small(_("Dot: share of those who answered, with its 95 % interval. Ring: share of the customers.")))
    header = [
        _("Group"),
        _("Customers"),
        _("Answered"),
        _("Share of customers"),
        _("Share of answers"),
        _("Of each group"),
        "",
    ]
    cells = [_row(names[group.name], group, group in groups) for group in found.groups]
    figures = pd.DataFrame([vars(group) for group in groups])
    behind(f"survey-{by}", header, cells, figures)


def _row(name: str, group: Group, is_open: bool) -> list[str]:
    if not is_open:
        return [plain(name), f"{group.population:,}", "–", percent(group.expected), "–", "–",
                plain(said(withheld(session.least_shown())))]  # fmt: skip
    remark = remark_text(group)
    note = tag("▣", said(remark)) if remark else ""
    share, coverage = (group.share, group.low, group.high), (group.coverage, group.coverage_low, group.coverage_high)
    counts = [f"{group.population:,}", f"{group.respondents:,}", percent(group.expected)]
    return [plain(name), *counts, bounded(*share), bounded(*coverage), note]


def _hover(name: str, group: Group) -> str:
    return _(
        "{group}: {share} of those who answered, {expected} of the customers",
        group=name,
        share=bounded(group.share, group.low, group.high),
        expected=percent(group.expected),
    )


def _counts(found: Representativeness) -> str:
    return _("{n} of {population} customers answered.", n=found.respondents, population=found.population)


def _method(found: Representativeness) -> str:
    told_of = _(
        "Chi-square {statistic} with {freedom} degrees of freedom, {p}; effect size w {w} (Cohen: 0.1 is small, 0.3 "
        "medium); R-indicator {indicator} (1 is the best). A group is called "
        "under-represented, or missing where nobody answered, at 5 % after Holm's correction.",
        statistic=f"{found.statistic:.1f}",
        freedom=found.freedom,
        p=probability(found.p),
        w=coefficient(found.w),
        indicator=coefficient(found.indicator),
    )
    thin = " " + _("Some groups are small, so the probability was counted from drawn tables.")
    return told_of + (thin if found.how == "drawn tables" else "")
