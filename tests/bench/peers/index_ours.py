"""The index of mobi with 500 resamples, by our method."""

from __future__ import annotations

from clock import measured  # isort: skip  # first, for it notes when the process began

import sys

import numpy as np
from mobi import mobi

from pipelines.methods.path_model import path_model
from pipelines.methods.path_model.structure import Structure


def work() -> dict[str, float]:
    found = path_model(STRUCTURE, ANSWERS, "factorial", resamples=500)
    return {f"{path.source} -> {path.target}": path.value.value for path in found.paths}


given, blocks, paths = mobi(sys.argv[1])
STRUCTURE = Structure({name: tuple(block) for name, block in blocks.items()}, tuple(paths))
ANSWERS = (np.column_stack([given[question] for question in STRUCTURE.questions]) - 1) * 100 / 9
measured(work)
