"""What the reviews decided: a table with the overdue first, and the forms that follow a decision up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from audit.finding.finding import Action
from audit.records.reviewing.review_decisions import Decision
from audit.review import input_word, kind_word, status_word
from pages.components import tags
from pages.components.table import table
from pages.components.words import _, plain, said, shown


def decision_table(decisions: Sequence[Decision], actions: Sequence[Action], today: dt.date) -> None:
    rows = [_row(each, [a for a in actions if a.decision == each.id], today) for each in ordered(decisions, today)]
    header = [_("Decision"), _("Status"), _("Owner"), _("Because of"), _("Actions")]
    table(header, rows, _("Decisions of the management reviews"))


def ordered(decisions: Sequence[Decision], today: dt.date) -> list[Decision]:
    """Open ones by the day on which they are due, so that the overdue come first; then the settled."""
    return sorted(decisions, key=lambda each: (each.status != "open", each.due_on or today, each.id))


def _row(each: Decision, actions: Sequence[Action], today: dt.date) -> list[str]:
    kind = said(kind_word(each.kind))
    return [
        f"**{plain(each.what)}**  \n{tags.small(plain(f'{each.id} · {each.review} · {kind}'))}",
        f"{status(each, today)} {tags.small(_('due {day}', day=each.due_on))}",
        plain(each.owner),
        f"{said(input_word(each.input))} {tags.small(each.input)}",
        "  \n".join(_action(action) for action in actions) or "–",
    ]


def status(each: Decision, today: dt.date) -> str:
    if each.overdue(today) and each.due_on:
        late = _("overdue by {days} days", days=(today - each.due_on).days)
        return tags.tag("✕", late)
    if each.status == "done":
        return f"{tags.tag('●', said(status_word('done')))} {tags.small(shown(each.done_on))}"
    return tags.tag("…" if each.status == "open" else "–", said(status_word(each.status)))


def _action(action: Action) -> str:
    words = {"open": _("open"), "done": _("done"), "cancelled": _("cancelled")}[action.status]
    return f"{plain(action.id)} {plain(action.what)} {tags.small(words)}"


def count_open(decisions: Sequence[Decision], today: dt.date) -> str:
    """The title: how many wait, and how many of them are overdue."""
    open_ = [each for each in decisions if each.status == "open"]
    late = sum(each.overdue(today) for each in open_)
    if not decisions:
        return _("The management review has decided nothing yet")
    if not open_:
        return _("Every decision of the management reviews is settled")
    if late:
        return _(
            "{open} of {all} decisions are open, {late} of them overdue",
            open=len(open_), all=len(decisions), late=late,
        )  # fmt: skip
    return _("{open} of {all} decisions are open, none of them overdue", open=len(open_), all=len(decisions))
