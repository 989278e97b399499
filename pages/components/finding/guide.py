"""Three questions and five tests that lead to a grade; the auditor may grade otherwise, and then says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from audit.evidence import Grade
from audit.finding.finding import Repeat
from audit.finding.grading import TESTS, Answers, Proposal, propose, question
from pages.components import tags
from pages.components.words import _, language, plain, said

YES, NO = "yes", "no"
FIELDS = ("requirement", "unfulfilled", *TESTS, "none", "grade", "grade_reason")


@dataclass(frozen=True)
class Guided:
    answers: Answers
    proposal: Proposal | None
    grade: Grade | None
    reason: str


def field_keys(widget: str) -> dict[str, str]:
    """The browser remembers a choice by its label, which is another one in the other language."""
    return {name: f"{widget} {name} {language()}" for name in FIELDS}


def guide(
    keys: Mapping[str, str],
    noting: dict[str, Any],
    given: Answers,
    chosen: Grade | None = None,
    reason: str = "",
    repeats: tuple[Repeat, ...] = (),
) -> Guided:
    answers = _answers(keys, noting, given, repeats)
    proposal = propose(answers)
    if proposal:
        because = plain(said(proposal.because))
        st.markdown(" ".join([tags.muted(_("The answers lead to")), tags.grade(proposal.grade), because]))
    else:
        st.markdown(tags.muted(_("Answer the questions: the grade that follows from them stands here.")))
    options = list(Grade)
    grade = st.radio(
        _("Grade"),
        options,
        index=options.index(chosen) if chosen else None,  # nothing is chosen for the auditor
        format_func=tags.grade,
        key=keys["grade"],
        **noting,
    )
    written = st.text_input(
        _("Why this grade"),
        reason,
        key=keys["grade_reason"],
        placeholder=_("Needed where it departs from the answers"),
        **noting,
    )
    return Guided(answers, proposal, grade, written)


def _answers(keys: Mapping[str, str], noting: dict[str, Any], given: Answers, repeats: tuple[Repeat, ...]) -> Answers:
    requirement = _asked("requirement", keys, noting, given.requirement)
    if not requirement:
        return Answers(requirement)
    unfulfilled = _asked("unfulfilled", keys, noting, given.unfulfilled)
    if not unfulfilled:
        return Answers(requirement, unfulfilled)
    st.markdown(_("Which of these hold?"))
    ineffective = [repeat.finding for repeat in repeats if not repeat.effective]
    tests = {}
    for name in TESTS:
        before = getattr(given, name) or (name == "repeated" and bool(ineffective))
        tests[name] = st.checkbox(said(question(name)), bool(before), key=keys[name], **noting)
    none = any(getattr(given, name) is False for name in TESTS) and not any(tests.values())
    if st.checkbox(_("None of these"), none, key=keys["none"], disabled=any(tests.values()), **noting):
        return Answers(requirement, unfulfilled, **dict.fromkeys(TESTS, False) | _held(tests))
    return Answers(requirement, unfulfilled, **_held(tests))


def _held(tests: Mapping[str, bool]) -> dict[str, bool]:
    """What does not hold is known only where nothing does."""
    return {name: True for name, holds in tests.items() if holds}


def _asked(name: str, keys: Mapping[str, str], noting: dict[str, Any], given: bool | None) -> bool | None:
    answered = st.radio(
        said(question(name)),
        (YES, NO),
        index=None if given is None else int(not given),
        format_func=lambda value: _("yes") if value == YES else _("no"),
        horizontal=True,
        key=keys[name],
        **noting,
    )
    return None if answered is None else answered == YES


def options() -> dict[str, tuple[Any, ...]]:
    """What a draft of these fields may hold."""
    return {"requirement": (YES, NO), "unfulfilled": (YES, NO), "grade": tuple(Grade)}
