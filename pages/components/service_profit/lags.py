"""All lags beside each other: the correlation of all pairs, of ranks, within the units and between them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.components.soundness.words import probability
from pages.components.table import table
from pages.components.words import _, plain, said
from pipelines.analyses.service_profit.found import Link
from pipelines.analyses.service_profit.told import after, bounded
from pipelines.methods.lagged import Correlation, Lag, Lagged
from pipelines.reports.cell import safe_csv


def lags(found: Lagged, link: Link) -> None:
    header = [
        _("Later by"), _("Pairs"), _("Count as"), _("Correlation"), _("Of ranks"), _("Within the units"),
        _("Between the units"), _("Is it clear?"),
    ]  # fmt: skip
    table(header, [_row(each) for each in found.lags], _("Correlations by lag"))
    st.download_button(
        _("Download the correlations (CSV)"), safe_csv(pd.DataFrame(map(_figures, found.lags))),
        f"service-profit-{link.leading}-{link.following}.csv", "text/csv", key="csv lags", on_click="ignore",
    )  # fmt: skip


def _row(lag: Lag) -> list[str]:
    when = plain(said(after(lag.lag)))
    if lag.pearson is None:
        return [when, str(lag.pairs), *["–"] * 5, plain(said(lag.because)) if lag.because else ""]
    shown = [_cell(each) for each in (lag.pearson, lag.spearman, lag.within, lag.between)]
    return [when, str(lag.pairs), f"{lag.pearson.n:.1f}", *shown, _clear(lag)]


def _cell(found: Correlation | None) -> str:
    return plain(said(bounded(found))) if found else _("too few units")


def _clear(lag: Lag) -> str:
    if lag.adjusted is None:
        return _("cannot be said")
    p = probability(lag.adjusted)
    return _("clear, {p}", p=p) if lag.clear else _("not clear, {p}", p=p)


def _figures(lag: Lag) -> dict[str, object]:
    found: dict[str, object] = {"lag": lag.lag, "pairs": lag.pairs, "units": lag.units, "p corrected": lag.adjusted}
    for name in ("pearson", "spearman", "within", "between"):
        one: Correlation | None = getattr(lag, name)
        found |= {f"{name} {key}": value for key, value in vars(one).items()} if one else {}
    return found
