"""Every figure over time: all of them by signal, or one in full."""

from __future__ import annotations

import streamlit as st

from pages.components import session
from pages.components.trends.one_kpi import one_kpi
from pages.components.trends.overview import overview
from pipelines import definitions


def main() -> None:
    run = session.run(session.workspace())
    name = st.query_params.get("kpi", "")
    if name in definitions.kpis():
        one_kpi(run, name)
    else:
        overview(run)


main()
