"""What management looked at and decided, and what customers were told of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from audit.records.finding import actions
from audit.records.reviewing import improvements, review_decisions, reviews
from audit.records.reviewing.improvements import Improvement
from audit.records.reviewing.review_decisions import Decision
from audit.records.reviewing.reviews import Review
from audit.review import heard_word
from pages.components import session, tags
from pages.components.chosen import buttons, chosen
from pages.components.frame import page
from pages.components.reviewing.decision_table import count_open, decision_table, ordered
from pages.components.reviewing.follow_up import follow_up
from pages.components.reviewing.improvement_forms import keep_form, tell_form, whom
from pages.components.reviewing.review_detail import review_detail
from pages.components.reviewing.review_file import decision_file, improvement_file
from pages.components.reviewing.review_form import hold_form
from pages.components.table import code, table
from pages.components.words import _, plain, said, shown
from pipelines.runs import results

VIEWS = ("review", "said")


def main() -> None:
    records = session.records(session.workspace())
    view, today = chosen("view", VIEWS, "review"), dt.date.today()
    decisions, entries = review_decisions.every(records), improvements.every(records)
    answer = count_open(decisions, today) if view == "review" else _answer(entries)
    with page(answer, _("Management review"), [("overview", _("Overview"))]):
        names = {"review": _("Reviews and decisions"), "said": _("You said, we did")}
        buttons("view", _("View"), VIEWS, names.__getitem__, labelled=False)
        if view == "review":
            _reviews(reviews.every(records), decisions, today)
        else:
            _improvements(entries)


def _reviews(held: Sequence[Review], decisions: Sequence[Decision], today: dt.date) -> None:
    planned = actions.every(session.records())
    if decisions:
        _download(_("Decisions"), decision_file(decisions), "review-decisions.csv")
        decision_table(decisions, planned, today)
        follow_up(ordered(decisions, today), planned)
    if held:
        known = {each.id: each for each in held}
        id = _which(known)
        review_detail(known[id], any(each.review == id for each in decisions))
    _hold(bool(held))


def _which(known: dict[str, Review]) -> str:
    id = chosen("review", list(known), next(iter(known)))
    if len(known) > 1:
        names = {id: _("{id} of {day}", id=id, day=review.held_on) for id, review in known.items()}
        buttons("review", _("Management review"), list(known), names.__getitem__)
    return id


def _hold(before: bool) -> None:
    run = results.latest(session.workspace())
    if run is None:
        st.markdown(_("A review looks at a run, and there is none yet. Load data first, then start a run."))
        session.link("data", _("Load data") + " →")
    elif before:
        with st.expander(_("Record another management review")):
            hold_form(run)
    else:
        st.markdown(
            _(
                "No management review is on record yet. Record one here: the program fills in what it knows of each "
                "input, you add what was said, and then what was decided, by whom and until when."
            )
        )
        hold_form(run)


def _improvements(entries: Sequence[Improvement]) -> None:
    if entries:
        _download(_("Entries"), improvement_file(entries), "you-said-we-did.csv")
        header = [_("You said"), _("We did"), _("Customer told on")]
        table(header, [_entry(each) for each in entries], _("You said, we did"))
    else:
        st.markdown(
            _(
                "Nothing is on record yet. Write down what customers said, what was done because of it, and later the "
                "day on which they were told: customers who hear nothing stop answering."
            )
        )
    if waiting := [each for each in entries if each.untold]:
        tell_form(waiting)
    keep_form(actions.every(session.records()))


def _entry(each: Improvement) -> list[str]:
    heard = said(heard_word(each.source))
    key = code(each.reference, 40) if each.reference else ""
    done = shown(each.done_on) if each.done_on else _("not done yet")
    if each.told_on:
        told = f"{tags.tag('●', shown(each.told_on))} {plain(each.told_how)}"
    else:
        told = tags.tag("◷", _("not yet told"))
    return [
        f"“{plain(each.said)}”  \n{tags.small(heard)} {key} {tags.small(f'{whom(each.by)} {plain(each.group)}')}",
        f"{plain(each.did)}  \n{tags.small(plain(' · '.join(filter(None, (each.id, done, each.action)))))}",
        told,
    ]


def _answer(entries: Sequence[Improvement]) -> str:
    untold = sum(each.untold for each in entries)
    if not entries:
        return _("Nothing is on record of what customers said and what was done")
    if untold:
        return _("No customer was told yet of {untold} of {all} improvements", untold=untold, all=len(entries))
    return _("Customers were told of every improvement")


def _download(title: str, content: bytes, name: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(title, anchor=False)
        st.space("stretch")
        st.download_button(_("Download CSV"), content, name, "text/csv", on_click="ignore")


main()
