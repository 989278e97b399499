"""Your criterion: the limits of one piece of evidence, changed by somebody, for a reason."""

from __future__ import annotations

import streamlit as st

from audit.quantity import Quantity
from audit.records.targets import criteria
from audit.rule import Rule
from pages.components import draft, session, tags
from pages.components.words import _, plain, shown
from pipelines.assess import with_criterion

CHANGEABLE = (
    "at_least",
    "at_most",
    "sample_of",
    "over",
    "reviewed_within",
    "covers",
    "within",
    "draw",
    "failing_at_most",
)


def criterion(evidence_id: str) -> None:
    rule = _rule(evidence_id)
    limits = _limits(rule)
    if rule is None or not limits:
        return
    names = {
        "at_least": _("At least"),
        "at_most": _("At most"),
        "sample_of": _("Fewest records"),
        "over": _("Over"),
        "reviewed_within": _("Reviewed within"),
        "covers": _("Covers the last"),
        "within": _("Recorded within"),
        "draw": _("Records to draw"),
        "failing_at_most": _("So many may fail"),
    }
    with st.expander(_("Change your criterion")):
        st.markdown(
            tags.muted(
                _(
                    "The limits are yours: the standard sets none. A change is kept with your name, and the next run "
                    "uses it. An empty field goes back to the checklist's default."
                )
            )
        )
        _form(rule, limits, {name: names.get(name, name) for name in limits})
        _history(evidence_id)


@st.fragment
def _form(rule: Rule, limits: dict[str, str], words: dict[str, str]) -> None:
    form = f"criterion {rule.id}"
    fields = {name: draft.field(form, f"limit {rule.id} {name}") for name in limits}
    fields["reason"] = draft.field(form, f"criterion reason {rule.id}")
    noting = draft.noting(form, fields)
    with draft.form(form, border=False):
        seen = draft.restore(form, fields, len(criteria.history(session.records(), rule.id)))
        written = {
            name: st.text_input(words[name], value, key=fields[name], **noting) for name, value in limits.items()
        }
        reason = st.text_area(_("Your reason"), key=fields["reason"], **noting)
        pressed = draft.button(form, _("Keep this criterion"), "set") and _fits(limits, written, reason)
        if draft.send(
            form,
            pressed,
            lambda key: _set(rule, _written(written), reason.strip(), key, seen),
            lambda: [(words[name], _limits(rule).get(name, ""), written[name]) for name in limits],
        ):
            st.success(_("Kept. The next run uses it."))


def _rule(evidence_id: str) -> Rule | None:
    rules = session.workspace().checklist().rules()
    return next((rule for _clause, _requirement, rule in rules if rule.id == evidence_id), None)


def _limits(rule: Rule | None) -> dict[str, str]:
    """What may be changed, as it stands now: the checklist's limits, and over them what was decided."""
    if rule is None:
        return {}
    written = {name: getattr(rule.accept, name) for name in CHANGEABLE if getattr(rule.accept, name, None) is not None}
    decided = criteria.current(session.records()).get(rule.id)
    return {name: _spelled(value) for name, value in written.items()} | (dict(decided.limits) if decided else {})


def _spelled(value: Quantity | int) -> str:
    """As a person writes it, without the rounding of a display."""
    return f"{value.value:.15g} {value.unit}" if isinstance(value, Quantity) else str(value)


def _written(fields: dict[str, str]) -> dict[str, str]:
    return {name: value.strip() for name, value in fields.items() if value.strip()}


def _fits(former: dict[str, str], written: dict[str, str], reason: str) -> bool:
    if _written(written) == former:
        st.error(_("Nothing is different from the criterion in force. Change a limit first."))
    elif not reason.strip():
        st.error(_("Write why the organisation chose this criterion."))
    else:
        return True
    return False


def _set(rule: Rule, limits: dict[str, str], reason: str, key: str, seen: int | None) -> None:
    with_criterion(rule, {rule.id: limits})
    records, by = session.records(), session.person()
    if limits:
        criteria.set_criterion(records, rule.id, limits, by, reason, key=key, seen=seen)
    else:
        criteria.reset(records, rule.id, by, reason, key=key, seen=seen)


def _history(evidence_id: str) -> None:
    for former in criteria.history(session.records(), evidence_id):
        limits = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in former.limits.items())
        day = tags.muted(shown(former.at.date()))
        st.markdown(f"{day} {plain(limits)}: “{plain(former.reason)}” {plain(former.actor)}")
