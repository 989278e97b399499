"""Path models: a textbook script, seminr, a known model, what must not change a figure, and what must be refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from pipelines.methods.path_model import LEAST, SEED, least, path_model
from pipelines.methods.path_model.estimate import SCHEMES, Scheme, estimates
from pipelines.methods.path_model.fits import index
from pipelines.methods.path_model.resample import moments, resampled
from pipelines.methods.path_model.result import Bounded, PathModel
from pipelines.methods.path_model.structure import Structure
from pipelines.methods.refused import Refused
from pipelines.methods.reliability import alpha
from tests.oracles import oracle
from tests.pipelines.path_models import BLOCKS, LOADING, PATHS, STRUCTURE, TRUE, answers, by_hand, population

ROUNDS = int(os.environ.get("CLAUSELIGHT_SIMULATIONS", "100"))
N, DRAWS = 160, 120


@pytest.fixture(scope="module")
def given() -> np.ndarray:
    return answers(N)


@pytest.fixture(scope="module")
def seminr(given: np.ndarray) -> dict[str, Any]:
    """With the very respondents that ours draws."""
    drawn = np.random.default_rng(SEED).integers(N, size=(DRAWS, N))
    asked = {"questions": STRUCTURE.questions, "blocks": BLOCKS, "paths": PATHS, "answers": given.tolist(),
             "drawn": drawn.tolist()}  # fmt: skip
    found: dict[str, Any] = oracle("path_model", asked)
    return found


def values(found: PathModel) -> dict[tuple[str, str], float]:
    return {(path.source, path.target): path.value.value for path in found.paths}


def same(one: PathModel, other: PathModel) -> bool:
    """All but who drew what."""
    figures = [
        ({item.question: item.weight.value for item in each.items}, values(each),
         {latent.latent: latent.index.value for latent in each.latents})
        for each in (one, other)
    ]  # fmt: skip
    return all(a == pytest.approx(b, abs=1e-9) for a, b in zip(*figures, strict=True))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_textbook_script_finds_the_same(given: np.ndarray, scheme: Scheme) -> None:
    weights, paths, scores = by_hand(STRUCTURE, given, scheme)
    found = path_model(STRUCTURE, given, scheme, resamples=100)
    assert [item.weight.value for item in found.items] == pytest.approx(list(weights), abs=1e-8)
    names = STRUCTURE.latents
    for path in found.paths:
        assert path.value.value == pytest.approx(paths[names.index(path.source), names.index(path.target)], abs=1e-8)
    for at, latent in enumerate(found.latents):
        causes = [names.index(a) for a, b in PATHS if b == latent.latent]
        assert (latent.r2 is None) is not bool(causes)
        if latent.r2:
            explained = scores[:, causes] @ paths[causes, at]
            assert latent.r2.value == pytest.approx(explained.var(), abs=1e-8)
    loadings = [np.corrcoef(given[:, i], scores[:, of])[0, 1] for i, of in enumerate(STRUCTURE.of)]
    assert [item.loading.value for item in found.items] == pytest.approx(loadings, abs=1e-8)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_total_effects_are_the_sums_along_all_ways(given: np.ndarray, scheme: Scheme) -> None:
    found = path_model(STRUCTURE, given, scheme, resamples=100)
    direct = values(found)

    def along(source: str, target: str) -> float:
        return sum(value * (1 if b == target else along(b, target)) for (a, b), value in direct.items() if a == source)

    effects = {(each.source, each.target): each.value.value for each in found.effects}
    assert effects == pytest.approx({ends: along(*ends) for ends in effects})
    assert ("image", "loyalty") in effects and ("loyalty", "image") not in effects and len(effects) == 10


@pytest.mark.parametrize("scheme", ["factorial", "path"])
def test_seminr_finds_the_same_and_spreads_as_much_over_the_same_draws(
    given: np.ndarray, seminr: dict[str, Any], scheme: Scheme
) -> None:
    other, found = seminr[scheme], path_model(STRUCTURE, given, scheme, resamples=DRAWS)
    for item in found.items:
        assert item.weight.value == pytest.approx(other["weights"][item.question][item.latent], abs=1e-9)
        assert item.loading.value == pytest.approx(other["loadings"][item.question][item.latent], abs=1e-9)
    for latent in found.latents:
        if latent.questions > 1:
            held = other["held"][latent.latent]
            assert (latent.composite, latent.extracted) == pytest.approx((held["rhoC"], held["AVE"]), abs=1e-9)
            assert latent.alpha == pytest.approx(next(iter(other["alpha"][latent.latent].values())), abs=1e-9)
    for pair in found.pairs:
        known = other["htmt"][pair.other][pair.one] or other["htmt"][pair.one][pair.other]
        assert pair.htmt == pytest.approx(known, abs=1e-9)
    for arrows, errors, exact in ((found.paths, "path_errors", "paths"), (found.effects, "effect_errors", None)):
        at = other["names"].index
        for arrow in arrows:
            assert arrow.value.error == pytest.approx(other[errors][at(arrow.source)][at(arrow.target)], abs=1e-9)
            if exact:
                assert arrow.value.value == pytest.approx(other[exact][arrow.source][arrow.target], abs=1e-9)


def test_a_resample_is_the_respondents_that_were_drawn(given: np.ndarray) -> None:
    drawn = resampled(given, 5, seed=4)
    rows = np.random.default_rng(4).integers(len(given), size=(5, len(given)))
    for at, each in enumerate(rows):
        own = given[each]
        assert drawn.means[at] == pytest.approx(own.mean(axis=0))
        assert drawn.correlations[at] == pytest.approx(np.corrcoef(own, rowvar=False), abs=1e-9)


def test_intervals_are_percentiles_of_whole_fits(given: np.ndarray) -> None:
    """The weights are found anew in each draw, for the index too."""
    samples = [moments(given[each]) for each in np.random.default_rng(4).integers(N, size=(100, N))]
    fits = [estimates(sample.correlations[None], STRUCTURE, "centroid") for sample in samples]
    indices = [index(fit.weights, sample, STRUCTURE)[0] for fit, sample in zip(fits, samples, strict=True)]
    found, names = path_model(STRUCTURE, given, resamples=100, seed=4), STRUCTURE.latents

    def known(values: list[float], said: Bounded) -> bool:
        low, high = np.quantile(values, [0.025, 0.975])
        return (said.low, said.high, said.error) == pytest.approx((low, high, np.std(values, ddof=1)), abs=1e-8)

    assert all(known([each[at] for each in indices], latent.index) for at, latent in enumerate(found.latents))
    for path in found.paths:
        ends = names.index(path.source), names.index(path.target)
        assert known([fit.paths[0][ends] for fit in fits], path.value)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_known_paths_are_found_where_questions_measure_without_error(scheme: Scheme) -> None:
    """A block of one question is its variable itself, and a path model is then a regression."""
    structure = Structure({name: (name,) for name in BLOCKS}, PATHS)
    found = estimates(population(structure)[None], structure, scheme)
    names = structure.latents
    assert {ends: found.paths[0, names.index(ends[0]), names.index(ends[1])] for ends in PATHS} == pytest.approx(TRUE)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_questions_with_error_draw_paths_towards_zero_and_never_over_it(scheme: Scheme) -> None:
    found = estimates(population()[None], STRUCTURE, scheme)
    names = STRUCTURE.latents
    reached = found.paths[0, names.index("satisfaction"), names.index("loyalty")]
    assert 0.5 * TRUE["satisfaction", "loyalty"] < reached < TRUE["satisfaction", "loyalty"]
    own = found.loadings[0, np.arange(len(STRUCTURE.of)), STRUCTURE.of]
    assert (own >= LOADING).all()  # and loadings up, which is how PLS errs


def test_the_intervals_hold_the_true_figures_as_often_as_promised() -> None:
    """Of the model that PLS finds in the whole population, from samples of 120 that are as continuous as it is."""
    structure = Structure({"cause": ("a", "b"), "middle": ("c", "d"), "end": ("e", "f")},
                          (("cause", "middle"), ("middle", "end"), ("cause", "end")))  # fmt: skip
    whole = population(structure, {("cause", "middle"): 0.5, ("middle", "end"): 0.5, ("cause", "end"): 0.2})
    true = estimates(whole[None], structure, "centroid").paths[0]
    rng, inside, index = np.random.default_rng(12), [], []
    for seed in range(ROUNDS):
        felt = rng.multivariate_normal(np.full(6, 60.0), 100 * whole, 120)
        found = path_model(structure, felt, resamples=200, seed=seed)
        names = structure.latents
        inside += [path.value.low <= true[names.index(path.source), names.index(path.target)] <= path.value.high
                   for path in found.paths]  # fmt: skip
        index += [latent.index.low <= 60 <= latent.index.high for latent in found.latents]
    slack = 3 * np.sqrt(0.95 * 0.05 / ROUNDS) + 0.015
    assert np.mean(inside) == pytest.approx(0.95, abs=slack) and np.mean(index) == pytest.approx(0.95, abs=slack)


def turned_round(given: np.ndarray) -> tuple[Structure, np.ndarray]:
    return STRUCTURE, given[::-1]


def other_order(given: np.ndarray) -> tuple[Structure, np.ndarray]:
    blocks = {name: BLOCKS[name][::-1] for name in reversed(BLOCKS)}
    structure = Structure(blocks, PATHS[::-1])
    return structure, given[:, [STRUCTURE.questions.index(question) for question in structure.questions]]


def open_rows(given: np.ndarray) -> tuple[Structure, np.ndarray]:
    """Who left one question open is not there, and nobody is counted as zero."""
    some = np.repeat(given[:40], 1, axis=0)
    some[np.arange(40), np.arange(40) % given.shape[1]] = np.nan
    return STRUCTURE, np.vstack([given, some, np.full((5, given.shape[1]), np.nan)])


@pytest.mark.parametrize("change", [turned_round, other_order, open_rows])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_must_not_change_a_figure(
    given: np.ndarray, change: Callable[[np.ndarray], tuple[Structure, np.ndarray]], scheme: Scheme
) -> None:
    found = path_model(*change(given), scheme, resamples=100)
    assert same(found, path_model(STRUCTURE, given, scheme, resamples=100))
    assert (found.n, found.left_out) == (N, 45 if change is open_rows else 0)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_another_unit_of_a_question_changes_no_path_but_the_index(given: np.ndarray, scheme: Scheme) -> None:
    other = given.copy()
    other[:, 6] = other[:, 6] * 0.5 + 10
    one, two = path_model(STRUCTURE, given, scheme, 100), path_model(STRUCTURE, other, scheme, 100)
    assert values(one) == pytest.approx(values(two))
    assert one.latent("satisfaction").index.value != pytest.approx(two.latent("satisfaction").index.value, abs=0.1)


def test_the_index_weighs_the_questions_on_their_own_metric(given: np.ndarray) -> None:
    """By the formula, from the printed weights: divided by each question's deviation, then applied to the means."""
    found = path_model(STRUCTURE, given, resamples=100)
    for latent in found.latents:
        rows = [at for at, item in enumerate(found.items) if item.latent == latent.latent]
        raw = np.array([found.items[at].weight.value for at in rows]) / given[:, rows].std(axis=0)
        assert latent.index.value == pytest.approx(float(raw @ given[:, rows].mean(axis=0) / raw.sum()))
        assert latent.plain == pytest.approx(given[:, rows].mean())
        assert sum(found.items[at].share for at in rows) == pytest.approx(1)
        assert latent.alpha is None or latent.alpha == pytest.approx(alpha(np.corrcoef(given[:, rows], rowvar=False)))


def test_the_index_is_0_where_all_say_the_least_and_100_where_all_say_the_most(given: np.ndarray) -> None:
    """Nearly all, for an answer that everybody gives has no weight."""
    for value in (0.0, 100.0):
        near = np.abs(value - given / 1e6)
        assert path_model(STRUCTURE, near, resamples=100).latent("loyalty").index.value == pytest.approx(
            value, abs=1e-3
        )


def test_zero_is_an_answer() -> None:
    low = answers(N, lowest=0, mean=0.3)
    assert (low == 0).sum() > 20
    assert path_model(STRUCTURE, low, resamples=100).n == N


def test_a_question_that_runs_the_other_way_has_a_negative_weight_and_the_rest_stay_positive(given: np.ndarray) -> None:
    other = given.copy()
    other[:, STRUCTURE.questions.index("s2")] = 100 - other[:, STRUCTURE.questions.index("s2")]
    found = path_model(STRUCTURE, other, resamples=100)
    assert [item.question for item in found.items if item.weight.value < 0] == ["s2"]
    assert values(found) == pytest.approx(values(path_model(STRUCTURE, given, resamples=100)))


def test_a_question_that_everybody_answers_alike_is_left_out_and_named(given: np.ndarray) -> None:
    other = given.copy()
    other[:, STRUCTURE.questions.index("q2")] = 70
    found = path_model(STRUCTURE, other, resamples=100)
    assert found.flat == ("q2",) and "q2" not in [item.question for item in found.items]
    without = np.delete(given, STRUCTURE.questions.index("q2"), axis=1)
    assert same(found, path_model(STRUCTURE.without(["q2"]), without, resamples=100))


def test_resamples_without_a_fit_are_counted_and_left_out(given: np.ndarray) -> None:
    """One respondent alone is not alike; a third of the draws miss that one."""
    other = given.copy()
    other[:, STRUCTURE.questions.index("v1")] = 50
    other[0, STRUCTURE.questions.index("v1")] = 60
    found = path_model(STRUCTURE, other, resamples=400)
    drawn = np.random.default_rng(SEED).integers(N, size=(400, N))
    assert found.failed == int((drawn != 0).all(axis=1).sum()) > 100
    assert all(np.isfinite([path.value.low, path.value.high]).all() for path in found.paths)


def one_short(given: np.ndarray) -> np.ndarray:
    return given[: LEAST - 1]


def mostly_open(given: np.ndarray) -> np.ndarray:
    other = given.copy()
    other[LEAST - 1 :, 0] = np.nan
    return other


def flat_block(given: np.ndarray) -> np.ndarray:
    other = given.copy()
    other[:, STRUCTURE.questions.index("v1")] = 50
    return other


def twins(given: np.ndarray) -> np.ndarray:
    """Two causes of satisfaction that say the same cannot be told apart."""
    other = given.copy()
    block = [STRUCTURE.questions.index(question) for question in ("q1", "q2")]
    other[:, block] = given[:, [STRUCTURE.questions.index("v1")] * 2]
    return other


def one_alone(given: np.ndarray) -> np.ndarray:
    """So that nearly two of three small samples of draws lack that one."""
    other = given.copy()
    other[:, STRUCTURE.questions.index("v1")] = 50
    other[0, STRUCTURE.questions.index("v1")] = 60
    return other


@pytest.mark.parametrize(
    ("change", "resamples", "because"),
    [
        (one_short, 100, f"only {LEAST - 1} respondents answered every question of the model; at least 100 are needed"),
        (mostly_open, 100, f"only {LEAST - 1} respondents answered every question"),
        (flat_block, 100, "everybody gave the same answer to v1"),
        (twins, 100, "the weights of the path model do not settle"),
        (one_alone, 100, "resamples only"),
    ],
)
def test_what_is_refused(
    given: np.ndarray, change: Callable[[np.ndarray], np.ndarray], resamples: int, because: str
) -> None:
    with pytest.raises(Refused) as refused:
        path_model(STRUCTURE, change(given), resamples=resamples)
    assert because in str(refused.value)


@pytest.mark.parametrize("n", [LEAST, LEAST + 1])
def test_enough_is_enough(given: np.ndarray, n: int) -> None:
    assert path_model(STRUCTURE, given[:n], resamples=100).n == n


def test_eleven_arrows_ask_for_ten_respondents_each() -> None:
    causes = tuple(f"c{at}" for at in range(11))
    many = Structure({name: (name,) for name in (*causes, "end")}, tuple((name, "end") for name in causes))
    assert (least(many), least(STRUCTURE)) == (110, 100)


def test_a_seed_is_a_figure_and_another_seed_another_interval(given: np.ndarray) -> None:
    one, again, other = (path_model(STRUCTURE, given, resamples=100, seed=seed) for seed in (1, 1, 2))
    assert one == again and one != other and same(one, other)


def test_many_respondents_in_parts_are_what_they_are_at_once(
    monkeypatch: pytest.MonkeyPatch, given: np.ndarray
) -> None:
    """The parts are of resamples and of respondents; the draws stay the same."""
    whole = resampled(given, 30, seed=5)
    monkeypatch.setattr("pipelines.methods.path_model.resample.ROWS", 37)
    monkeypatch.setattr("pipelines.methods.path_model.resample.AT_ONCE", 7 * N)
    parts = resampled(given, 30, seed=5)
    assert parts.means == pytest.approx(whole.means) and parts.covariances == pytest.approx(whole.covariances)
    assert moments(given).correlations == pytest.approx(np.corrcoef(given, rowvar=False))
