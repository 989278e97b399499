"""Setting an assumption, and withdrawing one: a number, who answers for it, where it comes from, and the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from audit.assumption import KINDS, NAMES, Assumption, AssumptionName, meaning, title, unit_word
from audit.errors import RecordError
from audit.records import assumptions
from audit.records.assumptions import Revision, assumption_of
from audit.wording import say
from pages.components import draft, session
from pages.components.tags import small
from pages.components.words import _, plain, said

SET, WITHDRAW = "set assumption", "withdraw assumption"
Known = Mapping[AssumptionName, Revision]


@st.fragment
def assumption_form(known: Known) -> None:
    """Of one assumption at a time: each has its own revision, and so its own draft."""
    name = st.selectbox(_("Assumption"), NAMES, format_func=_title, key="assumption name")
    form = f"{SET} {name}"
    fields = {field: draft.field(form, f"{form} {field}") for field in ("value", "owner", "source", "reason")}
    noting = draft.noting(form, fields)
    with draft.form(form, border=False):
        seen = draft.restore(form, fields, known[name].assumption.revision if name in known else 0)
        st.markdown(small(plain(said(meaning(name)))))
        label = _("Value ({unit})", unit=unit_word(KINDS[name].unit))
        value = st.text_input(label, key=fields["value"], **noting)
        owner = st.text_input(_("Who answers for it"), key=fields["owner"], **noting)
        source = st.text_input(_("Where it comes from"), key=fields["source"], **noting)
        reason = st.text_input(_("Your reason"), key=fields["reason"], **noting)
        if draft.send(
            form,
            draft.button(form, _("Keep the assumption"), assumptions.ACTION),
            lambda key: _keep(name, value, owner, source, reason, seen, key),
            lambda: [(_("Value"), _theirs(name), value)],
        ):
            st.rerun()


@st.fragment
def withdraw_form(known: Known, standing: Sequence[AssumptionName]) -> None:
    name = st.selectbox(_("Assumption"), standing, format_func=_title, key="withdraw name")
    form = f"{WITHDRAW} {name}"
    fields = {"reason": draft.field(form, f"{form} reason")}
    with draft.form(form, border=False):
        seen = draft.restore(form, fields, known[name].assumption.revision)
        reason = st.text_input(_("Your reason"), key=fields["reason"], **draft.noting(form, fields))
        if draft.send(
            form,
            draft.button(form, _("Withdraw it"), assumptions.ACTION),
            lambda key: assumptions.withdraw(session.records(), name, seen, session.person(), reason, key),
            lambda: [(_("Value"), _theirs(name), ""), (_("Your reason"), "", reason)],
        ):
            st.rerun()


def _title(name: AssumptionName) -> str:
    return said(title(name))


def _theirs(name: AssumptionName) -> str:
    found = assumptions.standing(session.records()).get(name)
    return "" if found is None else f"{found:.15g}"


def _keep(
    name: AssumptionName, value: str, owner: str, source: str, reason: str, seen: int | None, key: str
) -> Assumption:
    made = assumption_of({"name": name, "value": _number(value), "owner": owner, "source": source})
    return assumptions.set_assumption(session.records(), made, session.person(), reason, seen, key)


def _number(text: str) -> float:
    try:
        return float(text.strip().removesuffix("%").strip())
    except ValueError:
        raise RecordError(say("'{text}' is no number; write it with a point, as in 12.5", text=text)) from None
