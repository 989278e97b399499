"""What the organisation assumes: each number with who answers for it, from where and why, or that nobody owns one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from audit.assumption import NAMES, AssumptionName, meaning, title, valued
from audit.records import assumptions
from audit.records.assumptions import Revision
from pages.components import session, tags
from pages.components.stake.assumption_form import assumption_form, withdraw_form
from pages.components.table import table
from pages.components.tags import small, tag
from pages.components.words import _, plain, said, shown
from pipelines.reports.cell import safe_csv


def assumptions_of(every: list[Revision]) -> None:
    st.header(_("Your assumptions"), anchor=False)
    st.markdown(
        _(
            "What your data cannot tell stands here as your own number. The program supplies none: what trainers and "
            "magazines repeat counts where somebody here owns it and says where it comes from."
        )
    )
    known = {each.assumption.name: each for each in every}
    header = [_("Assumption"), _("Value"), _("Who answers for it"), _("Where it comes from"), _("Set by, and why")]
    table(header, [_row(name, known.get(name)) for name in NAMES], _("Your assumptions"))
    if every:
        figures = pd.DataFrame([each.assumption.model_dump() | {"actor": each.actor, "at": each.at.isoformat(),
                                                                "reason": each.reason} for each in every])  # fmt: skip
        st.download_button(
            _("Download CSV"),
            safe_csv(figures),
            "assumptions.csv",
            "text/csv",
            on_click="ignore",
            key="csv assumptions",
        )
    if not session.may(assumptions.ACTION):
        st.markdown(tags.muted(_("Quality managers set and withdraw assumptions.")))
        return
    with st.expander(_("Set or change an assumption"), key="set assumption"):
        assumption_form(known)
    standing = [name for name in NAMES if name in known and known[name].assumption.value is not None]
    if standing:
        with st.expander(_("Withdraw an assumption"), key="withdraw assumption"):
            withdraw_form(known, standing)


def _row(name: AssumptionName, revision: Revision | None) -> list[str]:
    label = f"{plain(said(title(name)))}  \n{small(plain(said(meaning(name))))}"
    if revision is None or revision.assumption.value is None:
        nobody = tag("◇", _("nobody owns it"))
        return [label, nobody, "–", "–", _by(revision) if revision else "–"]
    own = revision.assumption
    value = f"{plain(said(valued(name, own.value or 0.0)))} {tag('△', _('your assumption'))}"
    return [label, value, plain(own.owner), plain(own.source), _by(revision)]


def _by(revision: Revision) -> str:
    who = _("{actor}, {day}", actor=revision.actor, day=shown(revision.at.date()))
    return f"{plain(who)}  \n{small(plain(revision.reason))}"
