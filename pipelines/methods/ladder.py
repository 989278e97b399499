"""The loyalty ladder: on which step each customer stands, and who moved.

The steps are those of relationship marketing (Christopher, Payne and Ballantyne, 1991), told from what customers did:

- suspect: known, and never ordered nor got in touch;
- potential: got in touch (an answer, a complaint, a contact), and never ordered;
- first purchase: ordered once, and lately;
- repeat: ordered lately, and at least twice, or with a relation that began before orders were on record;
- supporter: repeat, and 9 or 10 in the latest answer on whether they would recommend us (Reichheld, 2003);
- advocate: ordered lately, and somebody came by their recommendation.

Lapsed stand beside it: they ordered before, or were customers before orders were on record, and not lately. Each
customer stands on the highest step that holds. Lately is the organisation's own number of months. Intervals of shares:
Wilson (1927). Limits: a step tells what was done and on record, and no reason for it; an unanswered survey, or a
recommendation that nobody noted, leaves a customer lower than they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from audit.wording import say
from pipelines.methods.interval import wilson
from pipelines.methods.refused import Refused

LEAST = 30
PROMOTER = 9
SEVERAL = 2
"""Orders that make a purchase a repeated one."""
Step = Literal["suspect", "potential", "first purchase", "repeat", "supporter", "advocate", "lapsed"]
STEPS: tuple[Step, ...] = get_args(Step)
"""From the lowest; the last stands beside the ladder."""
Place = Literal[Step, "not a customer yet", "left"]
Moves = Mapping[tuple[Place, Place], int]
"""Where customers stood, and where they stand -> how many."""


@dataclass(frozen=True)
class Known:
    """What is known of one customer on one day."""

    orders: int
    lately: bool
    """Whether one of them was lately."""
    before_record: bool
    """Whether the relation began before orders were on record."""
    in_touch: bool
    promoter: bool
    """Whether the latest answer was 9 or 10."""
    referred: bool
    """Whether somebody came by their recommendation."""


@dataclass(frozen=True)
class Rung:
    """How many stand there, their share in per cent with its interval, and how many stood there before."""

    step: Step
    count: int
    share: float
    low: float
    high: float
    before: int | None
    share_before: float | None


@dataclass(frozen=True)
class Ladder:
    n: int
    n_before: int | None
    rungs: tuple[Rung, ...]
    moves: tuple[tuple[Place, Place, int], ...]
    rose: int
    fell: int
    stayed: int
    """Of those who were customers on both days; who lapsed fell, and who came back from there rose."""


def step_of(known: Known) -> Step:
    if not known.lately:
        if known.orders or known.before_record:
            return "lapsed"
        return "potential" if known.in_touch else "suspect"
    if known.referred:
        return "advocate"
    if known.orders < SEVERAL and not known.before_record:
        return "first purchase"
    return "supporter" if known.promoter else "repeat"


def ladder(moves: Moves, compared: bool = True) -> Ladder:
    """From how many moved from where to where; where nothing is known of the day before, `compared` is false."""
    now = {step: sum(n for (_, to), n in moves.items() if to == step) for step in STEPS}
    then = {step: sum(n for (since, _), n in moves.items() if since == step) for step in STEPS}
    n, n_before = sum(now.values()), sum(then.values())
    if n < LEAST:
        raise Refused(say("only {n} customers are known; at least {least} are needed", n=n, least=LEAST))
    counts = np.array([now[step] for step in STEPS])
    share = 100 * counts / n
    low, high = wilson(share, np.full(len(share), n))
    known = compared and n_before > 0
    rungs = (
        Rung(
            step,
            now[step],
            float(share[at]),
            float(low[at]),
            float(high[at]),
            then[step] if known else None,
            100 * then[step] / n_before if known else None,
        )
        for at, step in enumerate(STEPS)
    )
    of_customers = {move: n for move, n in moves.items() if n and move[0] != "left"}
    told = tuple((since, to, n) for (since, to), n in sorted(of_customers.items(), key=_order)) if known else ()
    return Ladder(n, n_before if known else None, tuple(rungs), told, *_ways(told))


def _order(move: tuple[tuple[Place, Place], int]) -> tuple[int, int]:
    places = get_args(Place)
    return places.index(move[0][0]), places.index(move[0][1])


def _ways(moves: Sequence[tuple[Place, Place, int]]) -> tuple[int, int, int]:
    """Lapsed counts as lower than every step."""
    height: dict[str, int] = {"lapsed": -1} | {step: at for at, step in enumerate(STEPS[:-1])}
    both = [(height[to] - height[since], n) for since, to, n in moves if since in height and to in height]
    rose, fell = sum(n for up, n in both if up > 0), sum(n for up, n in both if up < 0)
    return rose, fell, sum(n for up, n in both if not up)
