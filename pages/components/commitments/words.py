"""Words that the sections of this page share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from audit.evidence import Outcome
from pages.components import session, tags
from pages.components.not_found import warned
from pages.components.words import _, plain, said
from pipelines.analyses.commitments.found import Commitments, Share
from pipelines.analyses.commitments.telling import bounded as bounded_text
from pipelines.analyses.part import Part


def answer(found: Commitments | None) -> str:
    """The title: what breaks, before what holds."""
    way, promises = (found.orders.result, found.promises.result) if found else (None, None)
    orders = _orders(way.broken) if way and way.in_order.of else ""
    kept = _("{share} % of the promises were kept", share=f"{promises.kept.share:.0f}") if promises else ""
    if orders and kept:
        return _("{orders}; {promises}", orders=orders, promises=kept)
    return orders or kept or _("Orders and promises are not evaluated")


def _orders(broken: int) -> str:
    if not broken:
        return _("Every order was reviewed before it was accepted")
    if broken == 1:
        return _("One order was accepted without prior review")
    return _("{count} orders were accepted without prior review", count=broken)


def bounded(share: Share) -> str:
    return said(bounded_text(share))


def told(part: Part[Any]) -> bool:
    """Whether there is a result; where there is none, the page says why, and where to go."""
    warned(part)
    if part.result is None and part.because:
        because = said(part.because)
        st.markdown(f"{tags.outcome(Outcome.NOT_EVALUATED)} {plain(because[:1].upper() + because[1:])}")
    return part.result is not None


def ways_to_load(register: str) -> None:
    """Where there is nothing yet: a file or a register kept by hand."""
    if not session.may("see data"):
        return
    with st.container(horizontal=True):
        session.link("data", _("Load a file") + " →", view="load")
        session.link("registers", _("Keep the register here") + " →", register=register)


def clauses(numbers: Sequence[str]) -> None:
    with st.container(horizontal=True):
        for number in numbers:
            session.link("clause", _("Clause {number}", number=number) + " →", clause=number)
