"""method kano and method needs: a file's questions are paired by name, and what is wrong is said in one line."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from pipelines.__main__ import main
from pipelines.workspace import SetUp, make_workspace

ANSWERS = [("neutral", "dislike")] * 12 + [("like", "dislike")] * 9 + [("like", "neutral")] * 4
"""M 12, O 9, A 4."""
PAINT = [("neutral", "neutral")] * 25


def asked(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    assert main(["method", *options, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def told(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(["method", *options]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1
    return captured.err


def written(folder: Path, *lines: str) -> str:
    file = folder / "kano.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(file)


def long(folder: Path, columns: list[str], more: dict[str, str] | None = None) -> str:
    rows = [
        {"response_id": f"R{at}", "feature": name, "functional": f, "dysfunctional": d} | (more or {})
        for name, pairs in (("seals", ANSWERS), ("paint", PAINT))
        for at, (f, d) in enumerate(pairs)
    ]
    return written(folder, ",".join(columns), *(",".join(row[name] for name in columns) for row in rows))


def wide(folder: Path, columns: list[str]) -> str:
    rows = [
        {"seals functional": s[0], "seals dysfunctional": s[1], "paint functional": p[0], "paint dysfunctional": p[1]}
        for s, p in zip(ANSWERS, PAINT, strict=True)
    ]
    return written(folder, ",".join(columns), *(",".join(row[name] for name in columns) for row in rows))


def checked(found: dict[str, Any]) -> None:
    by = {each["feature"]: each for each in found["features"]}
    seals, paint = by["seals"], by["paint"]
    assert (seals["kano_class"], seals["second"], seals["lead"], seals["told_apart"]) == (
        "must-be", "one-dimensional", 3, False,
    )  # fmt: skip
    assert seals["better"]["value"] == pytest.approx(13 / 25) and seals["worse"]["value"] == pytest.approx(-21 / 25)
    assert (paint["kano_class"], paint["counts"]["indifferent"], found["respondents"]) == ("indifferent", 25, 25)


@pytest.mark.parametrize("seed", range(4))
def test_questions_are_paired_by_name_however_the_columns_stand(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, seed: int
) -> None:
    in_long = ["response_id", "feature", "functional", "dysfunctional"]
    in_wide = ["seals functional", "seals dysfunctional", "paint functional", "paint dysfunctional"]
    for columns in (in_long, in_wide):
        random.Random(seed).shuffle(columns)
    checked(asked(capsys, "kano", "--csv", long(tmp_path, in_long)))
    checked(asked(capsys, "kano", "--csv", wide(tmp_path, in_wide)))


def test_segments_are_told_where_the_file_has_them(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = [f"{f},{d},{s},alarm" for s, f, d in [("A", "neutral", "dislike")] * 20 + [("B", "like", "neutral")] * 20]
    file = written(tmp_path, "functional,dysfunctional,segment,feature", *rows)
    (alarm,) = asked(capsys, "kano", "--csv", file)["segments"]["features"]
    assert alarm["differ"] and [each[1]["kano_class"] for each in alarm["segments"]] == ["must-be", "attractive"]
    one = long(tmp_path, ["response_id", "feature", "functional", "dysfunctional", "segment"], {"segment": "A"})
    assert "two segments" in asked(capsys, "kano", "--csv", one)["segments"]["because"]


def test_half_a_pair_counts_for_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = ["seals,like,dislike"] * 20 + ["seals,like,"] * 3 + ["seals,,dislike"] * 2 + ["seals,,"]
    found = asked(capsys, "kano", "--csv", written(tmp_path, "feature,functional,dysfunctional", *rows))
    assert (found["features"][0]["n"], found["half"], found["features"][0]["feature"]) == (20, 5, "seals")


WRONG = [
    (["feature,functional,dysfunctional", "seals,like,hate"], "kano.csv:2: 'hate' in 'dysfunctional' is no answer"),
    (["feature,functional,dysfunctional", "seals,likes,dislike"], "did you mean 'like'"),
    (["feature,functional,dysfunctional", ",like,dislike"], "kano.csv:2: no feature is named"),
    (["feature,functional,disfunctional", "seals,like,like"], "there is no column 'dysfunctional'"),
    (["seals functional,paint dysfunctional", "like,like"], "'seals' has no column 'seals dysfunctional'"),
    (["a,b", "like,like"], "there is no column 'feature'"),
    (["feature,functional,dysfunctional", *["seals,like,like"] * 19], "20 answers to both questions; the most are 19"),
    (["feature,functional,dysfunctional", "seals,5,1"], "'5' in 'functional' is no answer"),
]


@pytest.mark.parametrize(("lines", "words"), WRONG, ids=[words for _, words in WRONG])
def test_what_is_wrong_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, lines: list[str], words: str
) -> None:
    assert words in told(capsys, "kano", "--csv", written(tmp_path, *lines))


@pytest.mark.parametrize("name", ["kano", "needs"])
def test_without_a_run_it_says_what_to_do(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    make_workspace(tmp_path / "new", SetUp(organisation="New"))
    assert "python -m pipelines run" in told(capsys, name, "--workspace", str(tmp_path / "new"))


def test_people_read_a_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = long(tmp_path, ["feature", "functional", "dysfunctional"])
    assert main(["method", "kano", "--csv", file]) == 0
    shown = capsys.readouterr().out
    assert "seals" in shown and "must-be" in shown and "0.520 (" in shown
