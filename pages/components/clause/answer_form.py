"""What only people can tell: forms for interviews and observations, and for each record that was drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from audit.errors import RecordError
from audit.evidence import Answer, Evidence, Outcome
from audit.records.auditing import answers
from audit.rule import Sample
from audit.wording import say
from pages.components import draft, frozen, session, tags
from pages.components.auditing.opened import looked_at
from pages.components.table import code, table
from pages.components.words import _, language, plain, said, shown
from pipelines.runs.run_folder import Run

DONE = "answer_recorded"
JUDGED = (Outcome.MET, Outcome.NOT_MET, Outcome.NOT_APPLICABLE)


def answer_form(evidence: Evidence, run: Run) -> None:
    """For evidence of people. What is recorded counts in the next run, which the page offers."""
    if st.session_state.pop(DONE, False):
        st.success(_("Recorded. The next run counts it."))
    if evidence.kind in ("interview", "observation"):
        _heard(evidence, run)
    elif evidence.kind == "sample" and evidence.drawn:
        _sample(evidence, run)
    _history(evidence)


@st.fragment
def _heard(evidence: Evidence, run: Run) -> None:
    form = f"answer {evidence.id}"
    fields = {name: draft.field(form, f"answer {name} {evidence.id}") for name in ("who", "on", "note")}
    fields["outcome"] = draft.field(form, f"answer outcome {evidence.id} {language()}")
    noting = draft.noting(form, fields)
    former = [each for each in answers.history(session.records(), evidence.id) if not each.item]
    with draft.form(form):
        st.markdown(_("**Record what you heard or saw**"))
        seen = draft.restore(form, fields, len(former), {"outcome": JUDGED})
        outcome = _outcome(fields["outcome"], noting)
        who = st.text_input(_("Who was asked, or where you looked"), key=fields["who"], **noting)
        on = st.date_input(_("On"), value=min(run.as_of, dt.date.today()), key=fields["on"],
                           format="YYYY-MM-DD", **noting)  # fmt: skip
        note = st.text_area(_("What was said or seen, with identifiers"), key=fields["note"], height=68, **noting)
        _keep(form, evidence.id, outcome, on, note, who, former, seen=seen)


def _sample(evidence: Evidence, run: Run) -> None:
    drawn, rule = evidence.drawn, _rule(evidence, run)
    if drawn is None or rule is None:
        return
    st.markdown(
        _(
            "{count} of {population} records were drawn by chance; the same question always draws the same ones.",
            count=len(drawn.items),
            population=drawn.population,
        )
    )
    st.markdown("\n".join(f"- {plain(said(text))}" for text in rule.look_for))
    known = {item: each for (id, item), each in answers.current(session.records()).items() if id == evidence.id}
    judged = sum(item in known for item in drawn.items)
    st.progress(judged / len(drawn.items), text=_("{done} of {count} judged", done=judged, count=len(drawn.items)))
    item = st.selectbox(
        _("Record"),
        drawn.items,
        index=next((at for at, each in enumerate(drawn.items) if each not in known), 0),
        format_func=lambda item: _named(item, known.get(item)),
        key=f"record {evidence.id} {judged}",  # another field once one more is judged: it offers the next record
    )
    _record(run, rule.sample, item)
    _judge(evidence, run, item)


@st.fragment
def _judge(evidence: Evidence, run: Run, item: str) -> None:
    form = f"judge {evidence.id} {item}"
    fields = {
        "outcome": draft.field(form, f"judge outcome {evidence.id} {item} {language()}"),
        "note": draft.field(form, f"judge note {evidence.id} {item}"),
    }
    noting = draft.noting(form, fields)
    former = [each for each in answers.history(session.records(), evidence.id) if each.item == item]
    with draft.form(form):
        seen = draft.restore(form, fields, len(former), {"outcome": JUDGED})
        outcome = _outcome(fields["outcome"], noting)
        now = answers.current(session.records()).get((evidence.id, item))
        known = now.note if now else ""
        written = st.text_area(_("What was found"), known, key=fields["note"], height=68, **noting)
        _keep(form, evidence.id, outcome, min(run.as_of, dt.date.today()), written, "", former, item, seen)


def _named(item: str, judged: Answer | None) -> str:
    return f"{item}  {' '.join(tags.outcome_words(judged.outcome))}" if judged else item


def _record(run: Run, source: str, item: str) -> None:
    """Every column of the record with what stands in it; text from files is shown letter by letter."""
    if session.least_shown() > 1:
        st.markdown(tags.muted(_("Single records are shown to people who may look into the data.")))
        return
    frame = frozen.record(session.workspace(), run, source, item)
    frame = frame[~frame.iloc[:, 0].astype(str).str.startswith("_")]  # what the program adds to a row
    rows = [[plain(str(name)), *map(_value, values)] for name, *values in frame.itertuples(index=False)]
    heads = [" " * at for at in range(len(frame.columns))]
    table(heads, rows, _("The record drawn: {item}", item=item))


def _value(value: object) -> str:
    if value is None or pd.isna(value):
        return "–"
    return code(str(value).removesuffix(" 00:00:00"))


def _rule(evidence: Evidence, run: Run) -> Sample | None:
    rules = session.workspace().checklist(run.edition, run.packs).rules()
    return next((rule for _c, _r, rule in rules if rule.id == evidence.id and isinstance(rule, Sample)), None)


def _outcome(key: str, noting: dict[str, Any]) -> Outcome | None:
    return st.radio(_("Outcome"), JUDGED, index=None, format_func=tags.outcome, horizontal=True, key=key, **noting)


def _keep(
    form: str,
    evidence_id: str,
    outcome: Outcome | None,
    on: object,
    note: str,
    who: str,
    former: Sequence[Answer],
    item: str = "",
    seen: int | None = None,
) -> None:
    """The button, and what it does."""

    def answered(key: str) -> Answer:
        if outcome is None or not isinstance(on, dt.date):
            raise RecordError(say("Choose an outcome and a day first."))
        return answers.answer(
            session.records(), evidence_id, outcome, on, session.person(), note, who, item, looked_at(), key, seen
        )

    pressed = draft.button(form, _("Record it"), "answer")
    if draft.send(form, pressed, answered, lambda: _both(former[0], outcome, note)):
        st.session_state[DONE] = True
        st.rerun()


def _both(theirs: Answer, outcome: Outcome | None, note: str) -> draft.Both:
    own = tags.outcome_words(outcome)[1] if outcome else ""
    return [(_("Outcome"), tags.outcome_words(theirs.outcome)[1], own), (_("What was found"), theirs.note, note)]


def _history(evidence: Evidence) -> None:
    """Newest first; what was answered before stays."""
    former = answers.history(session.records(), evidence.id)
    if former:
        with st.expander(_("Recorded so far: {count}", count=len(former))):
            st.markdown("\n".join(map(_line, former)))


def _line(each: Answer) -> str:
    item = f"{plain(each.item)} " if each.item else ""
    who = plain(", ".join(part for part in (each.who, each.actor) if part))
    note = f" “{plain(each.note)}”" if each.note else ""
    return f"- {tags.muted(shown(each.on))} {item}{tags.outcome(each.outcome)}{note} {tags.small(who)}"
