"""What went wrong one by one: the first of the list, the whole as a file, and the register that holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from audit.load import Load
from pages.components import session
from pages.components.table import table
from pages.components.tags import small
from pages.components.words import _
from pipelines.reports.cell import safe_csv

FIRST = 10
Loads = Mapping[str, Load]


def listed(
    title: str, header: Sequence[str], rows: Sequence[Sequence[str]], every: Sequence[Any], count: int, register: str
) -> None:
    """`rows` are those of `every`, which the run listed; `count` says how many there are in all."""
    st.subheader(title, anchor=False)
    table(header, rows[:FIRST], title)
    if count > FIRST:
        words = _("{shown} of {count} are shown; the file has {listed}.", shown=FIRST, count=count, listed=len(every))
        st.markdown(small(words))
    file = safe_csv(pd.DataFrame([vars(one) for one in every]))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            _("Download CSV"), file, f"{register}-broken.csv", "text/csv", key=f"broken {register}", on_click="ignore"
        )
        session.link("registers", _("Open the register") + " →", register=register)
