"""A figure of the run as it was measured, so that it is the same number here as everywhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pandas as pd

from audit.measurement import Measurement
from audit.text import Text
from audit.wording import say
from pipelines.analyses.part import Part, part
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Doubt

Result = TypeVar("Result")


def of_kpi(measured: pd.DataFrame, kpi: str, period: Period, work: Callable[[Measurement], Result]) -> Part[Result]:
    """What `work` makes of the whole's figure in the period, or why it was not evaluated."""
    own = measured[(measured["kpi"] == kpi) & (measured["by"] == "") & (measured["grain"] == period.grain)]
    found = own[(own["starts"] == period.starts) & (own["ends"] == period.ends)].to_dict("records")
    if not found:
        return Part(None, say("it was not measured for this period"))
    row = found[0]
    figure = Measurement(
        kpi, row["unit"], row["grain"], row["period"], row["starts"], row["ends"], "", "",
        _known(row["value"]), int(row["n"]), _known(row["low"]), _known(row["high"]),
    )  # fmt: skip
    return part(Doubt(_text(row, "not_evaluated"), _text(row, "warning")), lambda: work(figure))


def _known(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _text(row: dict[str, str], name: str) -> Text | None:
    en, zh = row[f"{name}_en"], row[f"{name}_zh"]
    return None if pd.isna(en) else Text(en=en, zh=zh)
