"""sample-size: how many answers, and invitations, a margin of error needs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audit.wording import say
from pipelines.methods import sample_size

about = say("How many answers does a margin of error need, and which margin do some answers give?")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--population", type=int, metavar="N", help="number of customers; without it endless")
    parser.add_argument("--margin", type=float, default=5.0, metavar="POINTS", help="wanted margin of error (5)")
    parser.add_argument("--answers", type=int, metavar="N", help="the margin of so many answers instead")
    parser.add_argument("--share", type=float, default=50.0, metavar="PERCENT", help="expected share (50, the worst)")
    parser.add_argument("--nps", type=float, nargs=2, metavar=("PROMOTERS", "DETRACTORS"), help="for an NPS; per cent")
    parser.add_argument("--deviation", type=float, metavar="D", help="for a mean: standard deviation of one answer")
    parser.add_argument("--response-rate", dest="rate", type=float, metavar="PERCENT", help="gives the invitations")


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    deviation = _deviation(asked)
    if asked.answers is not None:
        margin = sample_size.margin(deviation, asked.answers, asked.population)
        return {"answers": asked.answers, "population": asked.population, "margin": margin, "invitations": None}
    answers = sample_size.needed(deviation, asked.margin, asked.population)
    invited = None if asked.rate is None else sample_size.invitations(answers, asked.rate)
    return {"answers": answers, "population": asked.population, "margin": asked.margin, "invitations": invited}


def _deviation(asked: argparse.Namespace) -> float:
    if asked.nps:
        return sample_size.of_nps(*asked.nps)
    return sample_size.of_share(asked.share) if asked.deviation is None else sample_size.of_mean(asked.deviation)


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["customers", "answers", "margin of error", "invitations"]
    yield [answer[key] for key in ("population", "answers", "margin", "invitations")]
