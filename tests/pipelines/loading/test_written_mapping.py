"""A mapping that the program writes is read by the reader of mappings, says the same, and overwrites nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from audit.errors import DefinitionError, SourceError
from pipelines import definitions
from pipelines.loading.written_mapping import fit_name, keep, text
from pipelines.staging.header import plain

COLUMNS: dict[str, dict[str, Any]] = {
    "complaint_id": {"from": ["Nr"]},
    "received_at": {"from": ["Eingang: am #1"], "format": "%d.%m.%Y"},
    "customer_id": {"from": ["Firma", "Konto"], "missing": ["-", "n/a"]},
    "severity": {"from": ["- Stufe"], "recode": {"yes": "high", "1": "low", "null": "medium"}, "missing": []},
    "channel": {"constant": "true"},
}

PRINTED = any_.text(any_.characters(exclude_categories=["Cs", "Cc", "Cf"]), min_size=1)


def test_what_is_written_is_read_with_the_same_meaning() -> None:
    read = definitions.mapping_in(text("complaints", {"encoding": "gb18030", "delimiter": "\t"}, COLUMNS), "complaints")
    assert (read.encoding, read.delimiter) == ("gb18030", "\t")
    for name, written in COLUMNS.items():
        column = read.columns[name].model_dump(by_alias=True)
        assert list(column["from"]) == written.get("from", [])
        assert column["constant"] == written.get("constant") and column["recode"] == written.get("recode", {})
    assert read.columns["customer_id"].missing == ("-", "n/a")


@given(
    names=any_.lists(PRINTED.filter(plain), min_size=2, max_size=2),
    value=PRINTED.filter(str.strip),
    title=any_.text(),
)
def test_whatever_a_file_calls_its_columns_survives_the_way_through_yaml(
    names: list[str], value: str, title: str
) -> None:
    columns: dict[str, dict[str, Any]] = {
        "complaint_id": {"from": [names[0]]},
        "received_at": {"from": [names[1]]},
        "channel": {"constant": value},
    }
    read = definitions.mapping_in(text("complaints", {"delimiter": ";"}, columns, title), "complaints")
    assert [read.columns[one].source for one in ("complaint_id", "received_at")] == [(names[0],), (names[1],)]
    assert read.columns["channel"].constant == value


@pytest.mark.parametrize(
    ("columns", "told"),
    [({"complaint": {"from": ["Nr"]}}, "complaint_id"), ({"received_at": {"from": ["Nr"], "format": "%d"}}, "format")],
)
def test_what_the_reader_refuses_is_refused_here_too(columns: dict[str, Any], told: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        definitions.mapping_in(text("complaints", {}, columns), "complaints")
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("helpdesk", "helpdesk"), ("Help desk 2026", "Help-desk-2026"), ("投诉 导出", "投诉-导出"),
        ("a/../../b", "a-b"),
        ("x.yaml", "x-yaml"), ("CON", "_CON"), ("../..", ""), ("", ""), ("   ", ""), ("…", ""),
    ],
)  # fmt: skip
def test_a_name_becomes_one_that_every_system_takes(name: str, fit: str) -> None:
    assert fit_name(name) == fit


def test_a_mapping_is_kept_and_found_by_its_name_before_a_ready_one(tmp_path: Path) -> None:
    content = text("complaints", {}, COLUMNS)
    path = keep(tmp_path, "freshdesk", content)
    assert path.read_text(encoding="utf-8") == content
    assert definitions.saved_mappings(tmp_path) == {"freshdesk": path}
    assert definitions.mapping_path("freshdesk", tmp_path) == path
    assert definitions.mapping_path("zendesk", tmp_path) == definitions.ready_mappings()["zendesk"]
    assert definitions.mapping_path("freshdesk") == definitions.ready_mappings()["freshdesk"]


def test_no_mapping_is_overwritten_in_silence(tmp_path: Path) -> None:
    first, second = text("complaints", {}, COLUMNS), text("complaints", {"delimiter": ";"}, COLUMNS)
    path = keep(tmp_path, "desk", first)
    assert keep(tmp_path, "desk", first) == path, "the same again is no change"
    with pytest.raises(SourceError, match="desk"):
        keep(tmp_path, "desk", second)
    assert path.read_text(encoding="utf-8") == first
    keep(tmp_path, "desk", second, replace=True)
    assert path.read_text(encoding="utf-8") == second
    assert [one.name for one in path.parent.iterdir()] == ["desk.yaml"], "nothing half written is left"


@pytest.mark.parametrize("name", ["", "///", "..."])
def test_a_mapping_without_a_name_is_not_kept(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError):
        keep(tmp_path, name, "source: complaints\n")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_to_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "mappings").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(SourceError) as refused:
        keep(tmp_path, "desk", "source: complaints\n")
    assert "\n" not in str(refused.value)


def test_an_unknown_name_lists_the_mappings_of_the_workspace_too(tmp_path: Path) -> None:
    keep(tmp_path, "auftraege", text("orders", {}, {}))
    with pytest.raises(DefinitionError, match="auftraege"):
        definitions.mapping_path("auftrage", tmp_path)
