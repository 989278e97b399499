"""weights: what a figure would be if the answers were spread over the groups as the customers are."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from audit.errors import SourceError
from audit.wording import say
from pipelines.commands.method import csv_file
from pipelines.commands.method.coverage import count_in
from pipelines.commands.method.run_survey import add_source, answered, survey
from pipelines.methods.raking import rake, weighted_share

about = say("What would the satisfied share be if answers were spread over the groups as the customers are?")


def add_options(parser: argparse.ArgumentParser) -> None:
    add_source(parser, "one row for each answer: satisfaction (1 to 5) and its groups, as in segment, region")
    parser.add_argument("--population", metavar="FILE", help="with --csv: columns dimension, group, population")


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    if not asked.csv:
        return answered(survey(asked).weights)
    if not asked.population:
        raise SourceError("--csv needs --population FILE as well: how many customers each group has")
    margins: dict[str, dict[str, float]] = {}
    for row in csv_file.read(asked.population, ("dimension", "group", "population")):
        margins.setdefault(row.text("dimension"), {})[row.text("group")] = count_in(row, "population")
    every: Counter[tuple[str, ...]] = Counter()
    good: Counter[tuple[str, ...]] = Counter()
    for row in csv_file.read(asked.csv, ("satisfaction", *margins)):
        score, cell = row.number("satisfaction"), tuple(row.text(name) for name in margins)
        if score is not None:
            every[cell] += 1
            good[cell] += score >= 4
    cells = sorted(every)
    counts, satisfied = [every[cell] for cell in cells], [good[cell] for cell in cells]
    found = rake(cells, counts, list(margins.values()))
    return {
        "dimensions": list(margins),
        "cells": [
            {"groups": cell, "n": n, "weight": weight}
            for cell, n, weight in zip(cells, counts, found.weights, strict=True)
        ],
        "weights": asdict(found),
        "satisfied": asdict(weighted_share(satisfied, counts, found)),
        "unweighted": 100 * sum(satisfied) / sum(counts),
    }


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["groups", "n", "weight"]
    for cell in answer.get("cells", ()):
        yield [" × ".join(cell["groups"]), cell["n"], cell["weight"]]
    if "satisfied" in answer:
        weighted, made = answer["satisfied"], answer["weights"]
        plain = answer["unweighted"] if "unweighted" in answer else answer["satisfied_plain"]["value"]
        yield [f"satisfied, unweighted: {plain:.1f} %", made["n"], None]
        interval = f"{weighted['low']:.1f} to {weighted['high']:.1f}"
        yield [f"satisfied, weighted: {weighted['value']:.1f} % ({interval})", made["effective"], None]
        yield ["design effect", None, made["design_effect"]]
