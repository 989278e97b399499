"""From revenue to margin in bars: what is taken away stands between the two."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.components.chart.charts import figure, in_lines, palette
from pages.components.words import said
from pipelines.methods.value_at_stake import Step
from pipelines.worth.words import bare, step_word

LINE = 12
"""Letters of a name in one line below its bar."""


def waterfall(steps: Sequence[Step]) -> go.Figure:
    """The last step is what remains of the ones before."""
    colours = palette()
    chart = figure(300, hovermode="closest", margin=dict(l=8, r=8, t=24, b=8))
    kinds = ["absolute", *["relative"] * (len(steps) - 2), "total"]
    chart.add_waterfall(
        x=[in_lines(said(step_word(step.name)), LINE) for step in steps],
        y=[step.value for step in steps],
        measure=kinds,
        text=[bare(step.value, step.unit) for step in steps],
        textposition="outside",
        cliponaxis=False,
        connector=dict(line=dict(color=colours["muted"], width=1)),
        totals=dict(marker=dict(color=colours["accent"])),
        increasing=dict(marker=dict(color=colours["accent fill"])),
        decreasing=dict(marker=dict(color=colours["bars"])),
        hovertemplate="%{x}: %{text}<extra></extra>",
    )
    chart.update_yaxes(visible=False, rangemode="tozero")
    chart.update_xaxes(automargin=True, showline=True, tickangle=0)
    return chart
