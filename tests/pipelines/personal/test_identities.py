"""Who a pseudonym is, and that nothing of it stays once it is forgotten."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.personal import identities

OF = {"A": "c-" + "a" * 20, "B": "c-" + "b" * 20}


def rows(*given: tuple[str, str | None], source: str = "customers") -> pa.Table:
    made = [
        {"source": source, "row": OF[one], "pseudonym": OF[one], "original": one, "name": name} for one, name in given
    ]
    return pa.Table.from_pylist(
        made, pa.schema(dict.fromkeys(["source", "row", "pseudonym", "original", "name"], pa.string()))
    )


def test_a_later_row_replaces_the_earlier_one(tmp_path: Path) -> None:
    identities.keep(tmp_path, rows(("A", "Anna"), ("B", "Bert")))
    identities.keep(tmp_path, rows(("A", "Anna Ohm")))
    assert [one.held for one in identities.of(tmp_path, OF["A"])] == [{"name": "Anna Ohm"}]
    assert [one.held for one in identities.of(tmp_path, OF["B"])] == [{"name": "Bert"}]


def test_without_a_name_the_identifier_is_known(tmp_path: Path) -> None:
    identities.keep(tmp_path, rows(("A", None)))
    (known,) = identities.of(tmp_path, OF["A"])
    assert (known.original, known.held) == ("A", {})


def test_nobody_is_known_where_nothing_was_kept(tmp_path: Path) -> None:
    assert identities.of(tmp_path, OF["A"]) == []
    assert identities.forget(tmp_path, OF["A"]) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_row_out_of_a_table_does_not_take_away_the_identifier(tmp_path: Path) -> None:
    identities.keep(tmp_path, rows(("A", "Anna")))
    again = rows(("A", "Anna Ohm"))
    identities.keep(tmp_path, again.set_column(3, "original", pa.array([OF["A"]])))
    (known,) = identities.of(tmp_path, OF["A"])
    assert (known.original, known.held) == ("A", {"name": "Anna Ohm"})


def test_what_is_forgotten_or_replaced_leaves_no_byte(tmp_path: Path) -> None:
    many = [(one, f"Name of {one} {'x' * 3000}") for one in "AB"]
    identities.keep(tmp_path, rows(*many, ("A", "Xanthedral")))
    identities.keep(tmp_path, rows(("A", "Quillon")))
    assert identities.forget(tmp_path, OF["A"]) == 1
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    for gone in (b"Xanthedral", b"Quillon", b"Name of A", OF["A"].encode()):
        assert gone not in kept
    assert b"Name of B" in kept


def test_all_rows_are_kept_or_none(tmp_path: Path) -> None:
    identities.keep(tmp_path, rows(("A", "Anna")))
    broken = rows(("B", "Bert"), ("A", "Other"))
    broken = broken.set_column(3, "original", pa.array(["B", None]))
    with pytest.raises(Exception, match="NOT NULL"):
        identities.keep(tmp_path, broken)
    assert identities.of(tmp_path, OF["B"]) == []
    assert [one.held for one in identities.of(tmp_path, OF["A"])] == [{"name": "Anna"}]
