"""`check` refuses what DuckDB and Spark compute differently, by name, place and cure; and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from portable_cases import COLUMNS, MODELS_FINE, MODELS_REFUSED, OF_GROUPS, OF_ROWS, REFUSED

from pipelines import definitions
from pipelines.check import check
from pipelines.portable.subset import mistakes, typed


def told(query: str) -> list[str]:
    return [str(mistake) for mistake in mistakes(typed(query, {"t": COLUMNS}), query, 0, "a.sql")]


@pytest.mark.parametrize("expression", [*OF_ROWS, *OF_GROUPS])
def test_what_both_engines_compute_alike_is_left_alone(expression: str) -> None:
    assert told(f"select {expression} as value from t") == []


@pytest.mark.parametrize(("expression", "words"), REFUSED)
def test_what_they_compute_differently_is_refused_with_what_to_write_instead(expression: str, words: str) -> None:
    found = told(f"select {expression} as value from t")
    assert any(words in each for each in found), found
    assert all(each.startswith("a.sql:1:") and "\n" not in each for each in found)


@pytest.mark.parametrize("query", MODELS_FINE)
def test_a_plain_model_is_left_alone(query: str) -> None:
    assert told(query) == []


@pytest.mark.parametrize(("query", "words"), MODELS_REFUSED)
def test_a_model_that_the_engines_read_differently_is_refused(query: str, words: str) -> None:
    found = told(query)
    assert any(words in each for each in found), found


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name in ("sources", "models"):
        shutil.copytree(definitions.HOUSE / "pipelines" / name, tmp_path / name)
    (tmp_path / "kpis").mkdir()
    shutil.copy(definitions.KPIS / "csat_top_2_box.sql", tmp_path / "kpis")
    return tmp_path


def checked(house: Path) -> list[tuple[str, int, int]]:
    found = check(*(house / name for name in ("sources", "models", "kpis")), layers=(), mappings=())
    return [(f"{Path(each.file).name}: {each.message}", each.line, each.column) for each in found.mistakes]


def test_the_house_keeps_to_it(house: Path) -> None:
    assert checked(house) == []


def test_a_kpi_is_refused_at_its_line(house: Path) -> None:
    path = house / "kpis" / "csat_top_2_box.sql"
    text = path.read_text(encoding="utf-8").replace("count(satisfaction) as n", "sum(log(satisfaction)) as n")
    path.write_text(text, encoding="utf-8")
    above = text[: text.index("log(")].split("\n")
    [(message, line, column)] = checked(house)
    assert message.startswith("csat_top_2_box.sql: 'LOG(satisfaction)' is to base 10 on DuckDB and natural on Spark")
    assert (line, column) == (len(above), len(above[-1]) + 1)


def test_a_model_is_refused_at_its_line(house: Path) -> None:
    path = house / "models" / "answers.sql"
    text = path.read_text(encoding="utf-8").replace(
        "    r.satisfaction,\n", "    floor(r.satisfaction) as satisfaction,\n"
    )
    path.write_text(text, encoding="utf-8")
    [(message, line, _)] = checked(house)
    assert message.startswith("answers.sql: 'FLOOR(satisfaction)' differs where there is no number; write round(…)")
    assert text.split("\n")[line - 1].strip().startswith("floor(")


@pytest.mark.parametrize(("condition", "mistakes"), [
    ("date_diff('day', due_on, acknowledge_by) >= 0", 0),  # the model makes it a date
    ("date_diff('day', closed_at, acknowledge_by) >= 0", 1),
])  # fmt: skip
def test_the_kinds_of_a_models_columns_are_known(house: Path, condition: str, mistakes: int) -> None:
    kpi = (definitions.KPIS / "complaints_closed_in_time.sql").read_text(encoding="utf-8")
    assert "cast(closed_at as date) <= due_on" in kpi
    (house / "kpis" / "a.sql").write_text(kpi.replace("cast(closed_at as date) <= due_on", condition), encoding="utf-8")
    found = checked(house)
    assert len(found) == mistakes and all("write cast(… as date) around both" in message for message, _, _ in found)
