"""Needs: what features are to customers, how far their needs have come, and which come first."""

from __future__ import annotations

import streamlit as st

from audit.text import Text
from pages.components import session, tags
from pages.components.frame import page
from pages.components.needs.flow import flow
from pages.components.needs.kano_map import kano_map
from pages.components.needs.kano_segments import kano_segments
from pages.components.needs.ranked import ranked
from pages.components.needs.take_over import take_over
from pages.components.needs.words import because
from pages.components.progress import run_again
from pages.components.words import _, plain, said
from pipelines import analyses
from pipelines.analyses.kano.found import Kano
from pipelines.analyses.needs.found import Needs
from pipelines.methods.kano_words import SOURCE
from pipelines.workspace import Workspace


def main() -> None:
    workspace = session.workspace()
    run = session.run(workspace)
    kano: Kano | None = analyses.of_run("kano", workspace.runs / run.id)
    needs: Needs | None = analyses.of_run("needs", workspace.runs / run.id)
    with page(_answer(needs), _("Needs"), [("overview", _("Overview"))]):
        if kano is None or needs is None:
            run_again(_("The last run was made before needs were looked into. Run the assessment again."))
            return
        st.header(_("What features are to customers"), anchor=False)
        _kano(workspace, kano)
        st.header(_("How far needs have come"), anchor=False)
        _needs(workspace, needs)


def _answer(needs: Needs | None) -> str:
    register = needs.register.result if needs else None
    if register is None:
        return _("Customers' needs are not evaluated")
    if not register.open:
        return _("No need of a customer is open")
    if not register.overdue:
        return _("{count} needs are open, none past its day", count=register.open)
    return _("{count} needs are open, {late} past their day", count=register.open, late=register.overdue)


def _kano(workspace: Workspace, found: Kano) -> None:
    st.markdown(tags.small(_("{starts} to {ends}", starts=found.starts, ends=found.ends)))
    if found.classes.result is None:
        _nothing(found.classes.because)
        return
    _warned(found.classes.warning)
    kano_map(found)
    st.markdown(tags.small(plain(said(SOURCE))))
    st.subheader(_("By segment"), anchor=False)
    kano_segments(found.segments)
    st.subheader(_("Into the register of needs"), anchor=False)
    take_over(workspace, found.classes.result.features)


def _needs(workspace: Workspace, found: Needs) -> None:
    st.markdown(tags.small(_("{starts} to {ends}", starts=found.starts, ends=found.ends)))
    if found.register.result is None:
        _nothing(found.register.because)
        return
    _warned(found.register.warning)
    flow(found)
    st.subheader(_("Which needs come first"), anchor=False)
    ranked(workspace, found.register.result)
    session.link("kpi_trends", _("All measures of needs") + " →", kpi="needs_met_on_time")


def _nothing(reason: Text | None) -> None:
    words = because(reason)
    st.markdown(words[:1].upper() + words[1:] + _("."))
    session.link("data", _("Load data") + " →", view="load")


def _warned(warning: Text | None) -> None:
    if warning:
        st.markdown(f"{tags.tag('◷', _('Warning'))} {plain(said(warning))}")


main()
