"""Value at stake: what keeping customers and hearing their complaints is worth, and which assumptions that rests on."""

from __future__ import annotations

import streamlit as st

from audit.assumption import title
from audit.records import assumptions
from pages.components import session
from pages.components.frame import page
from pages.components.progress import run_again
from pages.components.stake.assumptions import assumptions_of
from pages.components.stake.figures import one, overview, shown_stakes
from pages.components.stake.unheard import unheard
from pages.components.tags import small
from pages.components.words import _, plain, said
from pipelines.worth.of_run import AtStake, at_stake
from pipelines.worth.words import stake_sentence


def main() -> None:
    workspace = session.workspace()
    run = session.run(workspace)
    records = session.records(workspace)
    every = assumptions.every(records)
    found = at_stake(workspace.runs / run.id, assumptions.standing(records))
    if found is None:
        with page(_("What is at stake was not looked into yet"), _("Value at stake"), [("overview", _("Overview"))]):
            run_again(_("The last run was made before this was looked into. Run the assessment again."))
            assumptions_of(every)
        return
    with page(_answer(found), _("Value at stake"), [("overview", _("Overview"))]):
        _scope(found)
        overview(shown_stakes(found))
        for stake in shown_stakes(found):
            one(stake)
        unheard(found.unheard)
        assumptions_of(every)


def _answer(found: AtStake) -> str:
    """What a point of retention is worth, else the first figure that there is."""
    whole = [each for each in shown_stakes(found) if each.worth]
    point = next((each for each in whole if each.name == "point_of_retention"), None)
    chosen = point or (whole[0] if whole else None)
    return said(stake_sentence(chosen)) if chosen else _("Nothing can be said of what is at stake yet")


def _scope(found: AtStake) -> None:
    told = _("From {starts} to {ends}; amounts in the organisation's currency.", starts=found.base.starts,
             ends=found.base.ends)  # fmt: skip
    st.markdown(small(plain(told)))
    if found.missing:
        names = _(", ").join(said(title(name)) for name in found.missing)
        st.markdown(plain(_("Some figures wait for an assumption that somebody here owns: {names}.", names=names)))


main()
