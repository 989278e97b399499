"""The fields of one step: from when, the target, and the thresholds beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from audit.measurement import Kpi
from audit.quantity import IN_CHINESE
from audit.targets.objective import Target, spelled
from pages.components.words import _, language

NAMES = ("since", "at_least", "at_most", "warn_at", "stretch")


def sides(kpi: Kpi) -> tuple[str, ...]:
    """Which targets make sense of a figure: the better direction decides, and where there is none, both do."""
    return {"higher": ("at_least",), "lower": ("at_most",), "neither": ("at_least", "at_most")}[kpi.better]


def target_fields(
    kpi: Kpi, fields: Mapping[str, str], noting: Mapping[str, Any], former: Target | None, since: dt.date
) -> dict[str, Any]:
    """What stands in them, as an objective is written; an empty field is left out."""
    words = {
        "at_least": _("Target, at least"),
        "at_most": _("Target, at most"),
        "warn_at": _("Warn already at"),
        "stretch": _("Stretch target"),
    }
    written: dict[str, Any] = {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input(_("Since"), since, key=fields["since"], format="YYYY-MM-DD", width=170, **noting)
        for name in (*sides(kpi), "warn_at", "stretch"):
            found = getattr(former, name) if former else None
            typed = st.text_input(
                words[name], spelled(found) if found else "", key=fields[name], placeholder=f"… {kpi.unit}", width=170,
                **noting,
            )  # fmt: skip
            written[name] = typed or ""  # a field that stood on no screen when the draft was noted comes back as None
    return {"since": day, **{name: value for name, value in written.items() if value.strip()}}


def unit_words(kpi: Kpi) -> str:
    meant = IN_CHINESE.get(kpi.unit) if language() == "zh" else ""
    told = f"{kpi.unit} ({meant})" if meant else kpi.unit
    example = {"higher": f"80 {kpi.unit}", "lower": f"5 {kpi.unit}"}.get(kpi.better, f"10 {kpi.unit}")
    return _("Write numbers with their unit, {unit}, as in “{example}”.", unit=told, example=example)
