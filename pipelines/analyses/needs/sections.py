"""The register of needs as a report tells it."""

from __future__ import annotations

from collections.abc import Sequence

from audit.text import Text
from audit.wording import say
from pipelines.analyses.needs.found import Need, Needs, Register, Step
from pipelines.analyses.needs.words import METHOD, RANKED, STEP_WORDS
from pipelines.analyses.section import Cell, Section, nothing
from pipelines.methods.kano_words import WORDS

FIRST = 20


def sections(found: Needs) -> Sequence[Section]:
    title = say("How far customers' needs have come")
    if found.register.result is None:
        return [nothing(title, found.register.because, METHOD)]
    register = found.register.result
    heads = (say("Step"), say("Taken"), say("Due for"), say("Stand here"))
    flow = Section(title, sentence(register), METHOD, heads, tuple(map(_step, register.steps)))
    ranked = [need for need in register.needs if need.rank is not None]
    return [flow, _ranking(ranked)] if ranked else [flow]


def sentence(register: Register) -> Text:
    worst = weakest(register)
    told = say(
        "{count} needs: {open} are open, {overdue} of them past their day and {ownerless} with nobody who answers for "
        "them; of {untold} that were decided the customer was not told.",
        count=register.count, open=register.open, overdue=register.overdue, ownerless=register.ownerless,
        untold=register.untold,
    )  # fmt: skip
    if worst is None:
        return say("{one} {other}", one=told, other=say("No step that was due is missing."))
    breaks = say(
        "The chain breaks most at “{step}”: {taken} of {of} have it.",
        step=STEP_WORDS[worst.name], taken=worst.taken, of=worst.of,
    )  # fmt: skip
    return say("{one} {other}", one=told, other=breaks)


def weakest(register: Register) -> Step | None:
    """Of the steps that some file records, the one most often missing where it was due."""
    due = [step for step in register.steps if step.recorded and step.taken < step.of]
    return min(due, key=lambda step: step.taken / step.of, default=None)


def _step(step: Step) -> tuple[Cell, ...]:
    if not step.recorded:
        return STEP_WORDS[step.name], say("no file records it"), None, None
    return STEP_WORDS[step.name], step.taken, step.of, step.waiting


def _ranking(ranked: Sequence[Need]) -> Section:
    first = sorted(ranked, key=lambda need: need.rank or 0)[:FIRST]
    told = say("The first {count} open needs by rank.", count=len(first))
    heads = (
        say("Rank"), say("Number"), say("Importance × urgency × effect"), say("Class by Kano"), say("Feature"),
        say("Due"), say("Days overdue"), say("Lacks next"),
    )  # fmt: skip
    return Section(say("Which needs come first"), told, RANKED, heads, tuple(map(_need, first)))


def _need(need: Need) -> tuple[Cell, ...]:
    figures = f"{need.importance} × {need.urgency} × {need.effect} = {need.score}" if need.score is not None else None
    return (
        need.rank, need.id, figures, class_word(need.kano_class), need.feature or None,
        need.due_on.isoformat() if need.due_on else None, need.overdue or None, STEP_WORDS[need.waits_for],
    )  # fmt: skip


def class_word(written: str) -> Text | None:
    return next((words for name, words in WORDS.items() if name == written), None)
