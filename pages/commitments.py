"""Orders and promises: what the organisation committed itself to, with what went wrong first."""

from __future__ import annotations

import streamlit as st

from pages.components import session, tags
from pages.components.commitments.orders import orders
from pages.components.commitments.promises import promises
from pages.components.commitments.words import answer
from pages.components.frame import page
from pages.components.progress import run_again
from pages.components.words import _
from pipelines import analyses
from pipelines.analyses.commitments.found import Commitments
from pipelines.runs import results


def main() -> None:
    workspace = session.workspace()
    run = session.run(workspace)
    found: Commitments | None = analyses.of_run("commitments", workspace.runs / run.id)
    with page(answer(found), _("Orders and promises"), [("overview", _("Overview"))]):
        if found is None:
            run_again(_("The last run was made before orders and promises were looked into. Run the assessment again."))
            return
        st.markdown(tags.small(_("{starts} to {ends}", starts=found.starts, ends=found.ends)))
        loads = {load.id: load for load in results.loads(workspace, run.id)}
        orders(found, loads)
        promises(found, loads)


main()
