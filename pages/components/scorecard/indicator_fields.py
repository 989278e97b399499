"""The fields of one indicator: which figure of whom, how much it weighs, its levels, and who answers for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from audit.targets import level_lines
from audit.targets.scorecard import Indicator
from pages.components import session
from pages.components.trends.trend_words import dimension, group
from pages.components.words import _, language, said
from pipelines import definitions
from pipelines.runs.run_folder import Run
from pipelines.targets.objective_fit import groups

NAMES = ("kpi", "group", "weight", "levels", "owner")
WHOLE = ""
JOINT = "\n"
"""Between a dimension and a group; no name holds it."""


def indicator_fields(
    at: int, fields: Mapping[str, str], noting: Mapping[str, Any], former: Indicator | None, run: Run | None
) -> dict[str, Any]:
    """What stands in them, as an indicator is written; its levels as lines."""
    known, titled = definitions.kpis(), _titled()
    first = former.kpi if former and former.kpi in titled else _usual(at, titled)
    with st.container(border=True):
        with st.container(horizontal=True):
            kpi = st.selectbox(
                _("Measure {number}", number=at + 1), titled, titled.index(first), key=fields[f"kpi {at}"], width=340,
                format_func=lambda name: said(known[name].title), **noting,
            )  # fmt: skip
            of = _group(at, kpi, run, former, fields[f"group {at}"], noting)
            weight = st.number_input(
                _("Weight {number}", number=at + 1), 0.0, 1_000_000.0, former.weight if former else 1.0,
                key=fields[f"weight {at}"], width=140, **noting,
            )  # fmt: skip
        with st.container(horizontal=True):
            levels = st.text_area(
                _("Levels {number}", number=at + 1),
                level_lines.written(former.levels, language()) if former else "",
                key=fields[f"levels {at}"], height=122, width=340, placeholder=_example(kpi), **noting,
            )  # fmt: skip
            owner = st.text_input(
                _("Owner of {number}, if another", number=at + 1), former.owner if former else "",
                key=fields[f"owner {at}"], width=260, **noting,
            )  # fmt: skip
    by, _joint, name = of.partition(JOINT)
    return {"kpi": kpi, "by": by, "group": name, "weight": weight, "levels": levels, "owner": owner or ""}


def chosen_kpis(count: int) -> dict[str, list[str]]:
    """Which values a draft may bring back."""
    return {f"kpi {at}": _titled() for at in range(count)}


def _titled() -> list[str]:
    """KPIs that can be better or worse, in the order of their titles."""
    known = definitions.kpis()
    return sorted(
        (name for name in known if known[name].better != "neither"), key=lambda n: said(known[n].title).lower()
    )


def _usual(at: int, titled: list[str]) -> str:
    usual = [name for name in ("csat_top_2_box", "complaint_rate", "nps") if name in titled]
    return usual[at] if at < len(usual) else titled[0]


def _group(at: int, kpi: str, run: Run | None, former: Indicator | None, field: str, noting: Mapping[str, Any]) -> str:
    found = groups(session.workspace(), run, kpi) if run else {}
    options = [WHOLE, *(f"{by}{JOINT}{name}" for by, names in found.items() for name in names)]
    was = f"{former.by}{JOINT}{former.group}" if former and former.by and former.kpi == kpi else WHOLE
    index = options.index(was) if was in options else 0
    label = _("For {number}", number=at + 1)
    return str(st.selectbox(label, options, index, format_func=_group_word, key=field, width=240, **noting))


def _group_word(option: str) -> str:
    by, _joint, name = option.partition(JOINT)
    return f"{dimension(by)}: {group(name)}" if by else _("Whole")


def _example(kpi: str) -> str:
    found = definitions.kpis()[kpi]
    limits = ("40", "20", "10") if found.better == "lower" else ("60", "80", "90")
    words = zip(("basic 40", "satisfying 70", "exceeding 100"), limits, strict=True)
    return "\n".join(["failing 0", *(f"{word} from {limit} {found.unit}" for word, limit in words)])
