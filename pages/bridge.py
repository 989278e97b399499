"""From the edition that one is certified to, to the next: only what changes, and what is missing for it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.evidence import Evidence
from pages.components import session, tags
from pages.components.clause import judged_by
from pages.components.frame import page
from pages.components.frozen import bridged
from pages.components.states import NothingYet
from pages.components.table import table
from pages.components.words import _, plain, said, shown
from pipelines.readiness.bridge import Bridge, Step, until
from pipelines.runs.run_folder import Run


def main() -> None:
    workspace = session.workspace()
    run = session.run(workspace)
    found = bridged(workspace, run)
    if found is None:
        raise NothingYet(
            _("No later edition is known"),
            _("This page compares the edition you are audited against with the next one."),
            _("Your set-up names the newest edition of this program already."),
            page="checklist",
            link=_("Read the checklist"),
        )
    with page(_answer(found), _("Bridge"), [("overview", _("Overview"))]):
        _until(found)
        if found.steps:
            _table(found)
            st.header(_("What is missing, and what to read again"), anchor=False)
            st.markdown(tags.muted(plain(_recorded(found))))
            for step in found.steps:
                if step.missing or step.read_again:
                    _step(step, run)
        _same(found)


def _answer(found: Bridge) -> str:
    missing = sum(bool(step.missing) for step in found.steps)
    names = {"earlier": found.earlier.edition, "later": found.later.edition}
    if not found.steps:
        return _("From {earlier} to {later}: nothing changes for you", **names)
    return _(
        "From {earlier} to {later}: {steps} requirements ask for something else; {missing} of them are not shown yet",
        steps=len(found.steps), missing=missing, **names,
    )  # fmt: skip


def _recorded(found: Bridge) -> str:
    return _(
        "What people tell of these requirements can be recorded once you audit against edition {later}: choose it "
        "on the Checklist page and run again. What is recorded so far stays.",
        later=found.later.edition,
    )


def _until(found: Bridge) -> None:
    """The end of the transition is reported, not sure; the organisation may know better."""
    transition, own = found.later.transition, session.workspace().set_up.transition_until
    if day := until(found, own):
        parts = [
            _(
                "Certificates to {earlier} are reported to stay valid until {day}.",
                earlier=found.earlier.edition,
                day=day,
            )
        ]
        parts += [] if own else [_("Confirm with your certification body.")]
        st.markdown(f"{plain(' '.join(parts))} {judged_by.stated(transition) if not own else ''}")
    st.markdown(tags.muted(plain(said(found.later.notice))))


def _table(found: Bridge) -> None:
    rows = [
        [
            f"**{step.requirement.id}** {plain(said(step.requirement.asks))}",
            f"{step.former_clause or '–'} → {step.clause}",
            judged_by.change(step.altered.change),
            judged_by.confidence(step.altered.confidence),
            tags.verdict(step.before) if step.before else "–",
            tags.verdict(step.after),
            str(len(step.missing)),
        ]
        for step in found.steps
    ]
    header = [
        _("Requirement"),
        _("Clause"),
        _("Change"),
        _("How sure"),
        found.earlier.edition,
        found.later.edition,
        _("Missing"),
    ]
    table(header, rows, _("What the next edition changes for you"))


def _step(step: Step, run: Run) -> None:
    mark = tags.verdict_words(step.after)[0]
    with st.expander(f"{mark} **{step.requirement.id}** {plain(said(step.requirement.asks))}"):
        st.markdown(judged_by.stated(step.altered))
        _evidence(run, step.missing)
        if step.read_again:
            st.markdown(_("Counted already, because the document is approved. Read in it whether it says what is new:"))
            _evidence(run, step.read_again)


def _evidence(run: Run, every: Sequence[Evidence]) -> None:
    for found in session.shown_evidence(run, every):
        told = f"{tags.outcome(found.outcome)} {plain(said(found.shows))} {tags.muted(plain(said(found.because)))}"
        st.markdown(f"- {told}")


def _same(found: Bridge) -> None:
    counted = [f"{judged_by.change(kind)}{_(': ')}{shown(count)}" for kind, count in sorted(found.unchanged.items())]
    st.markdown(
        tags.muted(_("Same verdict and same evidence in both editions: {counts}.", counts=_(", ").join(counted) or "0"))
    )


main()
