"""Reading what people wrote: checklists, KPIs, models, contracts and mappings of the house, and mistakes in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.errors import DefinitionError
from pipelines import definitions


def written(folder: Path, text: str) -> Path:
    (folder / "mapping.yaml").write_text(text, encoding="utf-8")
    return folder / "mapping.yaml"


def test_every_definition_is_known_by_the_name_of_its_file() -> None:
    for known, folder, ending in [
        (definitions.sources(), definitions.SOURCES, "yaml"),
        (definitions.kpis(), definitions.KPIS, "sql"),
        (definitions.models(), definitions.MODELS, "sql"),
    ]:
        assert list(known) == sorted(path.stem for path in folder.glob(f"*.{ending}"))
    assert all(name == source.name for name, source in definitions.sources().items())
    assert all(name == kpi.name for name, kpi in definitions.kpis().items())


def test_a_kpi_is_its_header_and_its_query() -> None:
    kpi = definitions.kpis()["nps"]
    assert (kpi.unit, kpi.interval, kpi.least, kpi.measures_age) == ("points", "nps", 30, False)
    assert kpi.query.startswith("select") and "---" not in kpi.query
    assert definitions.kpis()["days_since_last_survey"].measures_age


def test_clauses_stand_in_the_order_of_their_numbers_and_not_of_their_letters(tmp_path: Path) -> None:
    house = definitions.CHECKLISTS / "iso-9001-2015"
    edition = tmp_path / "own"
    edition.mkdir()
    standard = (house / "_standard.yaml").read_text(encoding="utf-8").replace("id: iso-9001-2015", "id: own")
    (edition / "_standard.yaml").write_text(standard, encoding="utf-8")
    for number in ("9.1.2", "10.2", "9.10", "9.1"):
        clause = f'clause: "{number}"\ntitle: {{en: a, zh: b}}\nrequirements: [{{id: x, asks: {{en: a, zh: b}}}}]\n'
        (edition / f"{number}-x.yaml").write_text(clause, encoding="utf-8")
    found = definitions.checklist("own", (), (tmp_path,))
    assert [clause.clause for clause in found.clauses] == ["9.1", "9.1.2", "9.10", "10.2"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("order", "there is no source 'order' (did you mean 'orders'?); known are: competitor_scores"),
        ("survey_response", "did you mean 'survey_responses'"),
        ("../orders", "there is no source '../orders'"),
        ("", "there is no source ''; known are:"),
    ],
)
def test_an_unknown_source_is_answered_with_the_nearest(name: str, words: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        definitions.source(name)
    assert words in str(caught.value)


@pytest.mark.parametrize("edition", ["iso-9001-2016", "", "..", "iso-9001-2015/../nowhere"])
def test_an_unknown_checklist_is_answered_with_the_known_ones(edition: str) -> None:
    with pytest.raises(DefinitionError, match="known are: iso-9001-2015"):
        definitions.checklist(edition)


def test_without_a_mapping_columns_keep_their_names() -> None:
    assert definitions.mapping(None, "orders").columns == {}


def test_a_mapping_is_read_with_its_short_forms(tmp_path: Path) -> None:
    path = written(
        tmp_path, "source: orders\ncolumns: {order_id: Order, amount: {from: [A, B]}, status: {constant: open}}"
    )
    found = definitions.mapping(path, "orders")
    assert found.columns["order_id"].source == ("Order",) and found.columns["amount"].source == ("A", "B")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("source: order\n", "1:1", "this mapping is for 'order', not for 'orders'"),
        ("delimiter: ','\nsource: customers\n", "2:1", "this mapping is for 'customers', not for 'orders'"),
        ("source: orders\ncolumns:\n  order_nr: Order\n", "3:3", "'order_nr' is not a column of orders (did you mean"),
        ("source: orders\ncolumns:\n  zzz: Order\n", "3:3", "'zzz' is not a column of orders"),
        ("source: orders\ncolumns: [a]\n", "2:1", "columns: write 'name: value' lines"),
    ],
)
def test_a_mapping_that_does_not_fit_is_named(tmp_path: Path, text: str, place: str, words: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        definitions.mapping(written(tmp_path, text), "orders")
    assert f"{caught.value.line}:{caught.value.column}" == place
    assert words in caught.value.message


def test_a_mapping_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="there is no such file"):
        definitions.mapping(tmp_path / "mapping.yaml", "orders")
