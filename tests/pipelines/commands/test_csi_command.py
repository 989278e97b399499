"""`method csi`: the index of a CSV file, or one line that says what to write instead."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from pipelines.__main__ import main
from pipelines.methods.path_model import path_model
from tests.pipelines.path_models import BLOCKS, STRUCTURE, answers

N = 120


def model(folder: Path) -> str:
    """The questions by name, as somebody would write them for a file."""
    latents = "".join(
        f"  - id: {name}\n    name: {{en: {name}, zh: 变量}}\n    questions: [{', '.join(block)}]\n"
        for name, block in BLOCKS.items()
    )
    paths = "".join(f"  - {{from: {source}, to: {target}}}\n" for source, target in STRUCTURE.paths)
    file = folder / "ours.yaml"
    head = "title: {en: Ours, zh: 我们的}\nsource: {en: We, zh: 我们}\nindex: satisfaction\nlatents:\n"
    file.write_text(f"{head}{latents}paths:\n{paths}", encoding="utf-8")
    return str(file)


def written(folder: Path, given: np.ndarray, change: dict[tuple[int, str], str] | None = None) -> str:
    """With a column that is no question, and the questions in another order than the model's."""
    columns = [*reversed(STRUCTURE.questions)]
    lines = [",".join(["response_id", *columns, "comment"])]
    for at, row in enumerate(given):
        cells = {name: f"{round(1 + 9 * score / 100)}" for name, score in zip(STRUCTURE.questions, row, strict=True)}
        cells |= {question: text for (line, question), text in (change or {}).items() if line == at}
        lines.append(",".join([f"R{at}", *(cells[name] for name in columns), "fine"]))
    file = folder / "answers.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(file)


def asked(folder: Path, file: str, *more: str) -> list[str]:
    return ["method", "csi", "--csv", file, "--model", model(folder), *more]


SCALE = ("--lowest", "1", "--highest", "10")


@pytest.fixture(scope="module")
def given() -> np.ndarray:
    return answers(N)


@pytest.mark.parametrize("scheme", ["centroid", "factorial", "path"])
def test_a_file_is_fitted_as_the_method_fits_it(
    tmp_path: Path, given: np.ndarray, scheme: str, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ("--scheme", scheme, "--seed", "7", "--resamples", "150", "--json")
    assert main(asked(tmp_path, written(tmp_path, given), *SCALE, *more)) == 0
    told = json.loads(capsys.readouterr().out)
    own = path_model(STRUCTURE, given, scheme, 150, 7)  # type: ignore[arg-type]
    assert {(one["from"], one["to"]): one["value"] for one in told["paths"]} == pytest.approx(
        {(one.source, one.target): one.value.value for one in own.paths}
    )
    assert told["index"]["value"] == pytest.approx(own.latent("satisfaction").index.value)
    assert told["index"]["low"] == pytest.approx(own.latent("satisfaction").index.low)
    assert told["unused"] == ["response_id", "comment"]
    assert (told["model"], told["scheme"], told["seed"], told["resamples"]) == ("ours", scheme, 7, 150)
    assert "One question alone measures value" in told["because"]


def test_blank_cells_and_what_is_not_applicable_are_left_out_and_counted(
    tmp_path: Path, given: np.ndarray, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, given, {(3, "i1"): "", (4, "l2"): "99", (4, "i1"): ""})
    assert main(asked(tmp_path, file, *SCALE, "--not-applicable", "99", "--json")) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["n"], told["left_out"]) == (N - 2, 2)


def test_people_read_a_table_and_what_it_comes_to(
    tmp_path: Path, given: np.ndarray, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asked(tmp_path, written(tmp_path, given), *SCALE)) == 0
    told = capsys.readouterr().out
    assert "quality → satisfaction" in told and "The satisfaction index is" in told and "[" in told


REFUSED = [
    ((), {}, "say the questionnaire's own scale, as in --lowest 1 --highest 10"),
    (("--lowest", "1"), {}, "say the questionnaire's own scale"),
    (("--lowest", "10", "--highest", "1"), {}, "--lowest 10 is not below --highest 1"),
    (("--lowest", "1", "--highest", "9"), {(0, "i1"): "10"}, "answers.csv:2: 10 in 'i1' is not on the scale 1 to 9"),
    (SCALE, {(5, "s1"): "99"}, "answers.csv:7: 99 in 's1' is not on the scale"),
    (SCALE, {(5, "s1"): "good"}, "answers.csv:7: 'good' in 's1' is no number"),
    ((*SCALE, "--model", "esci"), {}, "there is no index model 'esci' (did you mean 'ecsi'?)"),
    ((*SCALE, "--model", "ecsi"), {}, "no column of the file measures Image; name one IMAG1"),
    ((*SCALE, "--model", "nowhere.yaml"), {}, "nowhere.yaml: there is no such file"),
    ((*SCALE, "--resamples", "10"), {}, "--resamples 10: write a number from 100 to 20000"),
    ((*SCALE, "--seed", "-1"), {}, "--seed -1: write a number that is not negative"),
]


@pytest.mark.parametrize(("more", "change", "said"), REFUSED)
def test_a_mistake_is_one_line(
    tmp_path: Path,
    given: np.ndarray,
    more: tuple[str, ...],
    change: dict[tuple[int, str], str],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(asked(tmp_path, written(tmp_path, np.clip(given, 0, 88), change), *more)) == 2
    told = capsys.readouterr().err
    assert said in told and len(told.strip().splitlines()) == 1


def test_without_a_model_the_known_ones_are_named(
    tmp_path: Path, given: np.ndarray, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["method", "csi", "--csv", written(tmp_path, given), *SCALE]) == 2
    assert "--model: acsi, ccsi, ecsi, or a YAML file" in capsys.readouterr().err


def test_too_few_are_refused(tmp_path: Path, given: np.ndarray, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(asked(tmp_path, written(tmp_path, given[:99]), *SCALE)) == 2
    assert "only 99 respondents" in capsys.readouterr().err


@pytest.mark.parametrize("option", [("--scheme", "path"), ("--lowest", "0"), ("--seed", "3"), ("--model", "ecsi")])
def test_what_is_for_a_file_is_not_taken_in_silence_without_one(
    option: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["method", "csi", *option, "--workspace", str(tmp_path)]) == 2
    assert f"{option[0]} is for a file" in capsys.readouterr().err
