"""One of each thing that the rules read: a KPI, a figure, a rule, a document, a piece of evidence."""

from __future__ import annotations

import datetime as dt
from typing import Any

from audit.evidence import Document, Evidence, Grade, Outcome
from audit.measurement import Kpi, Measurement
from audit.rule import Computed, Documentary
from audit.text import Text

AS_OF = dt.date(2026, 6, 30)
STARTS = dt.date(2025, 7, 1)
ENDS = dt.date(2026, 6, 30)


def text(words: str) -> Text:
    return Text(en=words, zh=f"【{words}】")


def kpi(**changes: Any) -> Kpi:
    header: dict[str, Any] = {
        "name": "on_time", "title": text("On time"), "unit": "%", "better": "higher", "source": "orders",
        "dated_by": "delivered_on", "least": 30, "why": text("why"), "clauses": ("9.1.2",), "query": "select 1",
    }  # fmt: skip
    return Kpi(**{**header, **changes})


def figure(value: float | None = 85.0, n: int = 100, **changes: Any) -> Measurement:
    own: dict[str, Any] = {
        "kpi": "on_time", "unit": "%", "grain": "rolling_12_months", "period": "2026-06",
        "starts": STARTS, "ends": ENDS, "by": "", "group": "",
    }  # fmt: skip
    return Measurement(value=value, n=n, **{**own, **changes})


def group(name: str, value: float | None = 85.0, n: int = 100, **changes: Any) -> Measurement:
    return figure(value, n, by="segment", group=name, **changes)


def computed(otherwise: str = "minor nonconformity", **accept: Any) -> Computed:
    return Computed.model_validate(
        {
            "id": "e-1",
            "computed": "on_time",
            "shows": text("Orders arrive on time."),
            "accept": accept,
            "otherwise": otherwise,
        }
    )


def documentary(**accept: Any) -> Documentary:
    return Documentary.model_validate(
        {
            "id": "e-2",
            "document": "survey method",
            "shows": text("The method is written down."),
            "accept": accept,
            "otherwise": "minor nonconformity",
        }  # fmt: skip
    )


def document(status: str = "approved", reviewed_on: dt.date | None = AS_OF, **changes: Any) -> Document:
    own: dict[str, Any] = {"id": "d-1", "kind": "survey method", "title": "How we ask"}
    return Document(status=status, reviewed_on=reviewed_on, **{**own, **changes})


def evidence(outcome: Outcome, grade: Grade | None = None, because: str = "so it is.", id: str = "e") -> Evidence:
    return Evidence(id, text("shows"), outcome, text(because), text("criterion"), grade)
