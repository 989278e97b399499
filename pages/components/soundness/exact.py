"""How exact is the figure? Intervals, margins of error, and the finite number of customers."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import streamlit as st

from audit.quantity import Quantity
from pages.components.soundness.words import coefficient, told
from pages.components.table import table
from pages.components.tags import small
from pages.components.words import _, figure, plain, said, shown
from pipelines import definitions
from pipelines.reports.cell import safe_csv
from pipelines.survey_soundness.found import Figure, Survey


def exact(survey: Survey) -> None:
    for part in survey.figures.values():
        told(part)
    found = [part.result for part in survey.figures.values() if part.result]
    if not found:
        return
    header = [_("Figure"), _("Value (95 % interval)"), "n", _("Margin of error"), _("Customers who answered")]
    table(header, [_row(one) for one in found], _("How exact is the figure?"))
    words = _(
        "The margin is half the interval, less where the customers are few and many of them answered (finite "
        "population correction, factor {factor}). It speaks of chance alone, not of bias.",
        factor=coefficient(found[0].correction),
    )
    st.markdown(small(plain(words)))
    figures = safe_csv(pd.DataFrame([asdict(one) for one in found]))
    st.download_button(
        _("Download CSV"), figures, "survey-figures.csv", "text/csv", key="csv figures", on_click="ignore"
    )


def _row(one: Figure) -> list[str]:
    margin = Quantity(one.margin, "points" if one.unit == "%" else one.unit)
    known = one.customers is not None and one.population is not None
    reached = _("{n} of {population}", n=one.customers, population=one.population) if known else "–"
    title = said(definitions.kpis()[one.kpi].title)
    return [
        plain(title),
        plain(figure(one.value, one.unit, one.low, one.high)),
        f"{one.n:,}",
        f"± {shown(margin)}",
        reached,
    ]
