"""Questions that were left open, and questionnaires that were not finished.

Share of skipped questions with the interval of Wilson (1927). "Not applicable" is an answer to whether the question
applies, so such rows are left out of both sides. Finished, partial and broken off as in the example of AAPOR,
Standard Definitions: more than 80 %, 50 to 80 %, less than 50 % of the questions that applied. Limits: a question
that the file does not show for a questionnaire counts as not asked; a file without a single open question was
probably written without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from audit.wording import say
from pipelines.methods.interval import wilson
from pipelines.methods.refused import Refused

LEAST = 30
FINISHED, PARTIAL = 0.8, 0.5


@dataclass(frozen=True)
class Asked:
    """How often a question was asked, answered with a score, and answered with "not applicable"."""

    question: str
    asked: int
    answered: int
    not_applicable: int = 0


@dataclass(frozen=True)
class Question:
    """`share` is the share in per cent that skipped it, of those to whom it applied."""

    question: str
    asked: int
    answered: int
    not_applicable: int
    skipped: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Returned:
    """Questionnaires that came back, by how much of them was answered."""

    finished: int
    partial: int
    broken_off: int
    empty: int

    @property
    def all(self) -> int:
        return self.finished + self.partial + self.broken_off + self.empty


@dataclass(frozen=True)
class NonResponse:
    questions: tuple[Question, ...]
    """The one skipped most often first."""
    returned: Returned


def item_non_response(counts: Sequence[Asked], answered: Iterable[tuple[int, int, int]]) -> NonResponse:
    """`answered` says how many questionnaires had so many scores of so many questions: (scores, applied, how many)."""
    forms = list(answered)
    most = max((each.asked for each in counts), default=0)
    if most < LEAST:
        raise Refused(say("only {n} questionnaires came back; at least {least} are needed", n=most, least=LEAST))
    if len({each.asked for each in counts}) > 1 and not any(_skipped(each) for each in counts):
        raise Refused(
            say("the files hold answered questions only, so a skipped question looks like one that was not asked")
        )
    questions = [_question(each) for each in counts if each.asked > each.not_applicable]
    ranked = sorted(questions, key=lambda one: (-one.share, one.question))
    return NonResponse(tuple(ranked), returned(forms))


def returned(answered: Iterable[tuple[int, int, int]]) -> Returned:
    """Scores, questions that applied, how many questionnaires. Where nothing applied, nothing was left open."""
    kinds = {"finished": 0, "partial": 0, "broken_off": 0, "empty": 0}
    for scores, applied, count in answered:
        kinds[_kind(scores, applied)] += count
    return Returned(**kinds)


def _kind(scores: int, applied: int) -> str:
    if applied and not scores:
        return "empty"
    share = scores / applied if applied else 1.0
    return "finished" if share > FINISHED else "partial" if share >= PARTIAL else "broken_off"


def _skipped(each: Asked) -> int:
    return each.asked - each.answered - each.not_applicable


def _question(each: Asked) -> Question:
    skipped, applied = _skipped(each), each.asked - each.not_applicable
    share = 100 * skipped / applied
    low, high = wilson(np.array([share]), np.array([float(applied)]))
    return Question(
        each.question, each.asked, each.answered, each.not_applicable, skipped, share, float(low[0]), float(high[0])
    )
