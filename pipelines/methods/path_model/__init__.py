"""Why customers are satisfied, as a model of causes: PLS path modelling as ACSI and ECSI use it.

Latent variables are weighted sums of standardised questions (reflective, mode A; Wold, 1982; Lohmöller, 1989); the
weights are found in rounds by the centroid, factorial or path weighting scheme, the paths by least squares (Tenenhaus
et al., 2005). The index puts
the weights on the questions' own scale: 100 (Σ w·mean / Σ w − lowest) / (highest − lowest) (Fornell et al., 1996).
Intervals are percentiles of whole fits of respondents drawn again (Efron, 1979; Chin, 1998): the weights are found
anew in each draw, so the interval knows that they are estimates. Who left a question open is left out (listwise) and
never counted as zero.

Assumptions: the model is the right one (a path that is not drawn is taken as none), causes run one way, relations are
straight lines, respondents are independent. Limits: PLS draws paths towards zero, the more the less reliable the
questions are; observed answers show that things go together, and only the model says which is the cause. At least 100
respondents (Reinartz, Haenlein and Henseler, 2009) and ten for each path that leads to one latent variable (Barclay,
Higgins and Thompson, 1995), which are rules of thumb for finding effects at all and no promise of a narrow interval.
"""

from __future__ import annotations

import numpy as np

from audit.wording import say
from pipelines.methods.interval import Array
from pipelines.methods.path_model.estimate import Scheme, estimates
from pipelines.methods.path_model.fits import Fits
from pipelines.methods.path_model.resample import moments, resampled
from pipelines.methods.path_model.result import PathModel
from pipelines.methods.path_model.structure import Structure
from pipelines.methods.path_model.validity import htmt
from pipelines.methods.refused import Refused

LEAST = 100
PER_ARROW = 10
RESAMPLES = 500
LEAST_RESAMPLES = 100
SEED = 9001


def path_model(
    structure: Structure,
    answers: Array,
    scheme: Scheme = "centroid",
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> PathModel:
    """
    Of respondents × questions in the order of the structure, each from 0 (the lowest that the question allows) to 100
    (the highest), nan where there is no answer. Raises Refused where they are too few or too much alike.
    """
    whole = answers[~np.isnan(answers).any(axis=1)]
    varied, flat = _varied(structure, whole)
    whole = whole[:, [q not in flat for q in structure.questions]]
    own, drawn = moments(whole), resampled(whole, resamples, seed)
    found = estimates(own.correlations[None], varied, scheme)
    if not found.converged[0]:
        raise Refused(say("the weights of the path model do not settle; two of its variables may say the same"))
    again = estimates(drawn.correlations, varied, scheme, like=found.weights[0])
    kept = again.converged
    if kept.sum() < LEAST_RESAMPLES:
        told = say("the path model settles in {kept} of {all} resamples only, so its figures cannot be bounded",
                   kept=int(kept.sum()), all=resamples)  # fmt: skip
        raise Refused(told)
    fits = Fits(varied, own, found, drawn, again)
    return PathModel(
        n=len(whole), left_out=len(answers) - len(whole), scheme=scheme, rounds=int(found.rounds[0]),
        resamples=resamples, failed=int((~kept).sum()), seed=seed,
        latents=fits.latents(), items=fits.items(), paths=fits.paths(), effects=fits.effects(),
        pairs=tuple(htmt(own.correlations, varied)), flat=flat,
    )  # fmt: skip


def least(structure: Structure) -> int:
    return max(LEAST, PER_ARROW * structure.most_arrows)


def _varied(structure: Structure, whole: Array) -> tuple[Structure, tuple[str, ...]]:
    """The structure without the questions that everybody answered alike, and these."""
    needed = least(structure)
    if len(whole) < needed:
        told = say("only {n} respondents answered every question of the model; at least {least} are needed",
                   n=len(whole), least=needed)  # fmt: skip
        raise Refused(told)
    spread = np.ptp(whole, axis=0)
    flat = tuple(q for q, range_of in zip(structure.questions, spread, strict=True) if range_of <= 0)
    varied = structure.without(flat)
    gone = [question for name, block in structure.blocks.items() if not varied.blocks[name] for question in block]
    if gone:
        raise Refused(say("everybody gave the same answer to {questions}", questions=", ".join(gone)))
    return varied, flat
