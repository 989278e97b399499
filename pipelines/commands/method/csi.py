"""csi: the customer satisfaction index of a path model, and what moves it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from audit.errors import SourceError
from audit.text import Text
from audit.wording import say
from pipelines.analyses.satisfaction_index import model as models
from pipelines.analyses.satisfaction_index.found import Found
from pipelines.analyses.satisfaction_index.model import IndexModel
from pipelines.analyses.satisfaction_index.words import sentence_of, warnings
from pipelines.commands.method import csv_file
from pipelines.commands.method.run_analysis import found
from pipelines.methods.interval import Array
from pipelines.methods.path_model import RESAMPLES, SEED, path_model
from pipelines.methods.path_model.estimate import SCHEMES
from pipelines.methods.path_model.result import Arrow, Bounded, PathModel
from pipelines.methods.path_model.structure import Structure
from pipelines.workspace import chosen

about = say("The customer satisfaction index by a path model (ACSI, ECSI, CCSI or your own), and what moves it.")
OF_A_FILE = ("model", "lowest", "highest", "scheme", "seed", "resamples", "not_applicable")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--csv", metavar="FILE", help="one row for each respondent, one column for each question; "
                        "without it the last run's index")  # fmt: skip
    parser.add_argument(
        "--model", metavar="NAME_OR_FILE", help="acsi, ecsi, ccsi, one of the workspace, or a YAML file"
    )
    parser.add_argument("--lowest", type=float, help="lowest answer of the questionnaire's scale")
    parser.add_argument("--highest", type=float, help="highest answer of the questionnaire's scale")
    parser.add_argument("--scheme", choices=SCHEMES, help="how neighbours weigh on a variable (centroid)")
    parser.add_argument("--seed", type=int, help=f"of the resamples ({SEED})")
    parser.add_argument("--resamples", type=int, help=f"for the intervals ({RESAMPLES})")
    parser.add_argument("--not-applicable", dest="not_applicable", metavar="TEXT", help="what stands for it, as in 99")


def answer(asked: argparse.Namespace) -> dict[str, Any]:
    return _of_file(asked) if asked.csv else _of_run(asked)


def _of_run(asked: argparse.Namespace) -> dict[str, Any]:
    for option in OF_A_FILE:
        if getattr(asked, option) is not None:
            raise SourceError(f"--{option.replace('_', '-')} is for a file; name one after --csv, or leave it out")
    part: Found = found(asked, "satisfaction_index")
    one = part.result
    if one is None:
        return {"because": part.because.en if part.because else ""}
    told = [part.warning, *one.warnings] if part.warning else one.warnings
    period = {"from": one.starts, "to": one.ends, "scales": one.scales, "one_in": one.one_in}
    earlier = [{"to": each.ends, "n": each.n} | asdict(each.index) for each in one.earlier]
    return _keys(one.model, one.title, one.index, one.fit, one.names, told) | period | {"earlier": earlier}


def _of_file(asked: argparse.Namespace) -> dict[str, Any]:
    name, model = _model(asked)
    low, high = _scale(asked)
    rows = csv_file.read(asked.csv, [])
    structure, unused = _structure(model, rows)
    answers = _scores(rows, structure, low, high, asked.not_applicable)
    resamples = RESAMPLES if asked.resamples is None else asked.resamples
    if not 100 <= resamples <= 20_000:
        raise SourceError(f"--resamples {resamples}: write a number from 100 to 20000")
    seed = SEED if asked.seed is None else asked.seed
    if seed < 0:
        raise SourceError(f"--seed {seed}: write a number that is not negative")
    fit = path_model(structure, answers, asked.scheme or "centroid", resamples, seed)
    names = {each.id: each.name for each in model.latents}
    said = warnings(fit, names)
    return _keys(name, model.title, model.index, fit, names, said) | {"scales": [(low, high)], "unused": unused}


def _model(asked: argparse.Namespace) -> tuple[str, IndexModel]:
    if asked.model is None:
        known = ", ".join(models.available())
        raise SourceError(f"say which model the file's questions follow with --model: {known}, or a YAML file")
    file = Path(asked.model)
    if file.suffix in (".yaml", ".yml"):
        return file.stem, models.read(file)
    folder = chosen(asked.workspace)
    return asked.model, models.named(asked.model, folder if folder.is_dir() else None)


def _scale(asked: argparse.Namespace) -> tuple[float, float]:
    if asked.lowest is None or asked.highest is None:
        raise SourceError("say the questionnaire's own scale, as in --lowest 1 --highest 10; the index depends on it")
    if not asked.lowest < asked.highest:
        raise SourceError(f"--lowest {asked.lowest:g} is not below --highest {asked.highest:g}; write both as asked")
    return asked.lowest, asked.highest


def _structure(model: IndexModel, rows: Sequence[csv_file.Row]) -> tuple[Structure, list[str]]:
    """And the columns that the model does not know."""
    of = {column: model.measured_by(column) for column in rows[0].cells}
    blocks = {each.id: tuple(column for column in of if of[column] == each.id) for each in model.latents}
    for each in model.latents:
        if not blocks[each.id]:
            wanted = f"name one {each.questions[0]}" if each.questions else "list its questions in the model"
            raise SourceError(f"no column of the file measures {each.name.en}; {wanted}")
    paths = tuple((path.source, path.target) for path in model.paths)
    return Structure(blocks, paths), [column for column in of if of[column] is None]


def _scores(rows: Sequence[csv_file.Row], structure: Structure, low: float, high: float, aside: str | None) -> Array:
    import numpy as np

    def score(row: csv_file.Row, question: str) -> float:
        given = None if aside is not None and row.text(question) == aside else row.number(question)
        if given is not None and not low <= given <= high:
            told = (
                f"{given:g} in '{question}' is not on the scale {low:g} to {high:g}; say the questionnaire's own scale"
            )
            raise SourceError(f"{row.file}:{row.line}: {told}, or what stands for 'not applicable'")
        return np.nan if given is None else 100 * (given - low) / (high - low)

    return np.array([[score(row, question) for question in structure.questions] for row in rows], dtype=float)


def _keys(name: str, title: Text, index: str, fit: PathModel, names: Mapping[str, Text],
          said: Sequence[Text]) -> dict[str, Any]:  # fmt: skip
    kept = {key: getattr(fit, key) for key in ("n", "left_out", "scheme", "rounds", "resamples", "failed", "seed")}
    latents = [{"latent": each.latent, "name": names[each.latent].en} | _flat("index", each.index)
               | asdict(each) | {"index": each.index.value} for each in fit.latents]  # fmt: skip
    return kept | {
        "model": name,
        "title": title.en,
        "index_of": index,
        "index": asdict(fit.latent(index).index),
        "latents": latents,
        "paths": list(map(_arrow, fit.paths)),
        "effects": list(map(_arrow, fit.effects)),
        "questions": [asdict(item) for item in fit.items],
        "htmt": [asdict(pair) for pair in fit.pairs],
        "flat": fit.flat,
        "warnings": [each.en for each in said],
        "because": " ".join(each.en for each in (sentence_of(fit, index, title, names), *said)),
    }


def _flat(name: str, value: Bounded) -> dict[str, float]:
    return {name: value.value, "error": value.error, "low": value.low, "high": value.high}


def _arrow(one: Arrow) -> dict[str, Any]:
    return {"from": one.source, "to": one.target} | _flat("value", one.value)


def told(answer: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    yield ["what", "value", "low", "high", "r2", "alpha", "composite", "extracted"]
    for one in answer.get("latents", ()):
        r2 = one["r2"] and one["r2"]["value"]
        yield [one["name"], one["index"], one["low"], one["high"], r2, one["alpha"], one["composite"], one["extracted"]]
    for path in answer.get("paths", ()):
        yield [f"{path['from']} → {path['to']}", path["value"], path["low"], path["high"], *[None] * 4]
