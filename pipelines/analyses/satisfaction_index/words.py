"""The satisfaction index in words: the sentence that it comes to, and what to be careful about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from audit.text import Text, listed
from audit.wording import say
from pipelines.analyses.satisfaction_index.found import SatisfactionIndex
from pipelines.methods.path_model.result import Arrow, Bounded, PathModel
from pipelines.methods.path_model.validity import ALPHA, COMPOSITE, EXTRACTED, HTMT

WEAK_LOADING = 0.4
"""Hair, Hult, Ringle and Sarstedt (2017): below it, a question says too little of its variable."""
MANY_LEFT_OUT = 0.2
METHOD = say(
    "PLS path model in reflective mode A, centroid scheme unless said otherwise (Wold, 1982; Tenenhaus et al., 2005); "
    "index from 0 to 100 as in Fornell et al. (1996), each answer by the scale of its question. Intervals: 95 %, "
    "percentiles of whole fits of respondents drawn again. Who left a question open is left out. It assumes that the "
    "model's paths are the right ones and that causes run one way; the answers alone show only that things go together."
)


def sentence(found: SatisfactionIndex) -> Text:
    return sentence_of(found.fit, found.index, found.title, found.names)


def sentence_of(fit: PathModel, index: str, title: Text, names: Mapping[str, Text]) -> Text:
    strongest = mover(fit, index)
    told = say(
        "The satisfaction index is {value} of 100, from {n} respondents ({model}).",
        value=of_hundred(fit.latent(index).index),
        n=fit.n,
        model=title,
    )
    if strongest is None:
        return told
    moves = say(
        "What moves it most is {driver}: where that stands one standard deviation higher, satisfaction stands "
        "{effect} higher.",
        driver=names[strongest.source],
        effect=of_one(strongest.value),
    )
    return Text(en=f"{told.en} {moves.en}", zh=f"{told.zh}{moves.zh}")


def mover(fit: PathModel, index: str) -> Arrow | None:
    """The greatest total effect on the index among those whose interval leaves zero out."""
    onto = [effect for effect in fit.effects if effect.target == index and effect.value.low > 0]
    return max(onto, key=lambda effect: effect.value.value, default=None)


def of_hundred(value: Bounded) -> str:
    return f"{value.value:.1f} ({value.low:.1f}–{value.high:.1f})"


def of_one(value: Bounded) -> str:
    return f"{value.value:z.2f} [{value.low:z.2f}, {value.high:z.2f}]"


def warnings(fit: PathModel, names: Mapping[str, Text]) -> tuple[Text, ...]:
    return (*_of_answers(fit), *_of_questions(fit), *_of_variables(fit, names))


def _of_answers(fit: PathModel) -> Iterator[Text]:
    everybody = fit.n + fit.left_out
    if fit.left_out > MANY_LEFT_OUT * everybody:
        yield say(
            "{left_out} of {all} respondents left a question of the model open and are left out; the others may not "
            "speak for them.",
            left_out=fit.left_out,
            all=everybody,
        )
    if fit.failed:
        yield say("{failed} of {all} resamples did not settle; the intervals are of the others.",
                  failed=fit.failed, all=fit.resamples)  # fmt: skip


def _of_questions(fit: PathModel) -> Iterator[Text]:
    if fit.flat:
        yield say("Everybody gave the same answer to {questions}, so it is left out.", questions=", ".join(fit.flat))
    negative = [item.question for item in fit.items if item.weight.value < 0]
    if negative:
        yield say(
            "{questions} weighs less than nothing: better answers lower the index. Turn the question round if it runs "
            "the other way, or leave it out.",
            questions=", ".join(negative),
        )
    weak = [item.question for item in fit.items if 0 <= item.loading.value < WEAK_LOADING]
    if weak:
        yield say(
            "{questions} hardly belongs to its variable (loading below {limit}).",
            questions=", ".join(weak),
            limit=WEAK_LOADING,
        )


def _of_variables(fit: PathModel, names: Mapping[str, Text]) -> Iterator[Text]:
    def those(ids: Sequence[str]) -> Text:
        return listed([names[latent] for latent in ids])

    single = [each.latent for each in fit.latents if each.questions == 1]
    if single:
        yield say("One question alone measures {variables}; how reliable it is, nobody can tell.",
                  variables=those(single))  # fmt: skip
    unreliable = [each.latent for each in fit.latents if each.composite is not None and each.alpha is not None
                  and (each.composite < COMPOSITE or each.alpha < ALPHA)]  # fmt: skip
    if unreliable:
        yield say(
            "The questions on {variables} do not hold together well (alpha or composite reliability below {limit}); "
            "their paths are drawn towards zero.",
            variables=those(unreliable),
            limit=ALPHA,
        )
    thin = [each.latent for each in fit.latents if each.extracted is not None and each.extracted < EXTRACTED]
    if thin:
        yield say("{variables}: less than half of what the questions vary is shared (average variance extracted).",
                  variables=those(thin))  # fmt: skip
    mixed = [pair for pair in fit.pairs if pair.htmt >= HTMT]
    if mixed:
        said = [_pair(names[pair.one], names[pair.other]) for pair in mixed]
        yield say(
            "Customers hardly tell apart {pairs} (heterotrait-monotrait ratio of {limit} or more): which of the two "
            "moves satisfaction is not certain.",
            pairs=listed(said),
            limit=HTMT,
        )


def _pair(one: Text, other: Text) -> Text:
    return say("{one} and {other}", one=one, other=other)
