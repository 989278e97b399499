"""The methods about surveys on the command line: from a CSV file, or one line that says why not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.__main__ import main
from pipelines.methods.reliability import alpha
from pipelines.methods.representativeness import representativeness


def asked(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, object]:
    assert main(["method", *options, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def written(folder: Path, name: str, *lines: str) -> str:
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(file)


def test_sample_size_both_ways(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "sample-size", "--population", "1000", "--response-rate", "25")
    assert (found["answers"], found["invitations"]) == (278, 1112)
    back = asked(capsys, "sample-size", "--population", "1000", "--answers", "278")
    assert isinstance(back["margin"], float) and back["margin"] == pytest.approx(4.997, abs=0.001)


def test_coverage_of_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = written(tmp_path, "groups.csv", "group,population,respondents", "a,500,80", "b,300,30", "c,200,0")
    found = asked(capsys, "coverage", "--csv", file)
    assert found["w"] == representativeness({"a": 500, "b": 300, "c": 200}, {"a": 80, "b": 30}).w
    assert found["because"] == "nobody of c answered"


def test_reliability_of_a_file_leaves_out_the_identifier_and_blank_rows(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows = [f"R{at},{1 + at % 5},{1 + (at + at // 7) % 5},{5 - at % 3}" for at in range(40)]
    file = written(tmp_path, "wide.csv", "response_id,a,b,c", *rows, "R99,,,")
    found = asked(capsys, "reliability", "--csv", file)
    (scale,) = found["scales"]  # type: ignore[misc]
    assert scale["n"] == 40
    import numpy as np

    scores = np.array([[int(cell) for cell in row.split(",")[1:]] for row in rows])
    assert scale["alpha"] == pytest.approx(alpha(np.cov(scores, rowvar=False)))


def test_straight_lining_and_open_questions_of_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = ["5,5,5,5"] * 10 + ["1,2,3,4"] * 25 + ["1,2,99,"] * 5
    file = written(tmp_path, "wide.csv", "a,b,c,d", *rows)
    lined = asked(capsys, "straight-lining", "--csv", file, "--not-applicable", "99")["scales"][0]  # type: ignore[index]
    assert (lined["able"], lined["alike"]) == (35, 10)
    opened = asked(capsys, "non-response", "--csv", file, "--not-applicable", "99")["sources"][0]  # type: ignore[index]
    first = opened["questions"][0]
    assert (first["question"], first["skipped"], first["share"]) == ("d", 5, 12.5)
    assert opened["returned"] == {"finished": 35, "partial": 5, "broken_off": 0, "empty": 0}


def test_late_answers_of_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = ["1,5"] * 40 + ["12,2"] * 15 + ["12,4"] * 15 + ["3,"]
    file = written(tmp_path, "waits.csv", "days_waited,satisfaction", *rows)
    found = asked(capsys, "early-late", "--csv", file, "--response-rate", "50")
    assert found["difference"]["value"] == pytest.approx(-50)  # type: ignore[index]
    assert found["early"]["n"] == 40  # type: ignore[index]


def test_weights_of_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    answers = written(tmp_path, "answers.csv", "satisfaction,segment", *["5,a"] * 75, *["1,b"] * 25)
    people = written(tmp_path, "people.csv", "dimension,group,population", "segment,a,50", "segment,b,50")
    found = asked(capsys, "weights", "--csv", answers, "--population", people)
    assert found["satisfied"]["value"] == pytest.approx(50)  # type: ignore[index]
    assert found["unweighted"] == 75


@pytest.mark.parametrize(
    ("name", "lines", "words"),
    [
        ("coverage", ["group,population,respondents", "a,500,80.5"], "is no count"),
        ("coverage", ["group,population,respondents", "a,500,80"], "all in one group"),
        ("coverage", ["group,population", "a,500"], "no column 'respondents'"),
        ("reliability", ["a,b", "1,2"], "only 1 respondents"),
        ("reliability", ["a,b", "1,often"], "'often' in 'b' is no number"),
        ("early-late", ["days_waited,satisfaction", "1.5,4"], "no whole number of days"),
        ("early-late", ["days_waited,satisfaction", "1,4"], "only 0 answers came late"),
        ("straight-lining", ["a,b,c,d", "1,1,1,1"], "only 1 respondents"),
        ("non-response", ["a,b", "1,"], "only 1 questionnaires"),
        ("weights", ["satisfaction,segment", "5,a"], "needs --population"),
    ],
)
def test_what_cannot_be_answered_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, lines: list[str], words: str
) -> None:
    assert main(["method", name, "--csv", written(tmp_path, "in.csv", *lines)]) == 2
    told = capsys.readouterr()
    assert told.out == "" and words in told.err and len(told.err.splitlines()) == 1


@pytest.mark.parametrize("options", [["--margin", "0"], ["--share", "120"], ["--nps", "80", "40"]])
def test_a_sample_size_that_cannot_be_asked(capsys: pytest.CaptureFixture[str], options: list[str]) -> None:
    assert main(["method", "sample-size", *options]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
