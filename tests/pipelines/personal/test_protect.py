"""What a row may hold when it is stored, contract by contract."""

from __future__ import annotations

import pyarrow as pa
import pytest
from pydantic import ValidationError

from audit.source import Source
from pipelines import definitions
from pipelines.personal.protect import protect
from pipelines.personal.pseudonyms import Pseudonyms

KEY = bytes(range(32))
SOURCES = definitions.sources()
CUSTOMERS = pa.table(
    {
        "customer_id": ["A", "B", "C"],
        "parent_id": [None, "A", "A"],
        "name": ["Anna Ohm", None, "Bert"],
        "email": ["anna@ohm.example", None, None],
        "segment": ["Trade", "Trade", "Private"],
        "line": pa.array([2, 3, 4], pa.int64()),
    }
)


def test_names_and_contacts_go_and_customers_are_pseudonyms() -> None:
    done = protect(CUSTOMERS, SOURCES["customers"], Pseudonyms(KEY))
    of = Pseudonyms(KEY).of
    assert done.rows.to_pydict() == {
        "customer_id": [of("A"), of("B"), of("C")],
        "parent_id": [None, of("A"), of("A")],
        "segment": ["Trade", "Trade", "Private"],
        "line": [2, 3, 4],
    }
    assert done.identities is not None and done.identities.select(
        ["source", "row", "pseudonym", "original", "name", "email"]
    ).to_pylist() == [
        {"source": "customers", "row": of(one), "pseudonym": of(one), "original": one, "name": name, "email": email}
        for one, name, email in (("A", "Anna Ohm", "anna@ohm.example"), ("B", None, None), ("C", "Bert", None))
    ]


def test_the_same_customer_is_the_same_in_every_source() -> None:
    pseudonyms, found = Pseudonyms(KEY), set()
    for contract in SOURCES.values():
        for name in contract.personal("customer", "another customer"):
            rows = pa.table(
                {key: ["x"] for key in contract.key}
                | {name: ["A"]}
                | dict.fromkeys(contract.personal("customer"), ["A"])
            )
            found.add(protect(rows, contract, pseudonyms).rows[name].to_pylist()[0])
    assert found == {Pseudonyms(KEY).of("A")}


def test_free_text_is_masked_and_counted_by_column() -> None:
    rows = pa.table(
        {
            "response_id": ["r1", "r2", "r3"],
            "customer_id": ["A", "A", None],
            "comment": pa.chunked_array([["call 0171 2345678, 0171 2345679", None], ["a@b.example order 0171234567"]]),
            "channel": ["a@b.example", "web", "web"],
        }
    )
    done = protect(rows, SOURCES["survey_responses"], Pseudonyms(KEY))
    assert done.rows["comment"].to_pylist() == ["call [phone], [phone]", None, "[e-mail] order 0171234567"]
    assert done.masked == {"comment": {"phone": 2, "e-mail": 1}}
    assert done.rows["channel"].to_pylist() == ["a@b.example", "web", "web"] and done.identities is None


def test_a_contact_of_nobody_is_not_kept_and_is_counted() -> None:
    rows = pa.table({"interaction_id": ["i1", "i2"], "customer_id": ["A", None], "contact": ["Ann", "Bo"]})
    done = protect(rows, SOURCES["interactions"], Pseudonyms(KEY))
    assert done.identities is not None and done.identities["contact"].to_pylist() == ["Ann"]
    assert done.masked == {"contact": {"without a customer": 1}}


def test_rows_without_personal_data_pass_as_they_are() -> None:
    rows = pa.table({"measured_on": ["2026-03-01"], "competitor": ["Co"], "measure": ["nps"]})
    done = protect(rows, SOURCES["competitor_scores"], Pseudonyms(KEY))
    assert done.rows.equals(rows) and not done.masked and done.identities is None


def test_no_rows_are_no_trouble() -> None:
    done = protect(CUSTOMERS[:0], SOURCES["customers"], Pseudonyms(KEY))
    assert done.rows.num_rows == 0 and done.identities is not None and done.identities.num_rows == 0


@pytest.mark.parametrize("name", SOURCES)
def test_every_column_that_names_a_customer_or_a_person_says_so(name: str) -> None:
    for column, of in SOURCES[name].columns.items():
        if column in ("customer_id", "parent_id", "referred_by"):
            assert of.personal == ("customer" if column == "customer_id" else "another customer")
        elif column in ("name", "email", "phone", "contact"):
            assert of.personal == "identity"
        elif of.type == "text" and any(word in column for word in ("comment", "note", "reason", "cause", "correction")):
            assert of.personal == "free text"
        elif of.one_of or of.type != "text":
            assert of.personal is None


WRONG = [
    ({"a": {"type": "integer", "personal": "customer"}}, ["k"], "no text"),
    ({"a": {"personal": "customer"}, "b": {"personal": "customer"}}, ["k"], "one customer's"),
    ({"a": {"personal": "identity"}}, ["k"], "whose they are"),
    ({"a": {"personal": "customer"}, "b": {"personal": "identity"}}, ["b"], "not in the table"),
    ({"a": {"personal": "yes"}}, ["k"], "customer"),
]


@pytest.mark.parametrize(("columns", "key", "told"), WRONG, ids=[one[2] for one in WRONG])
def test_a_contract_that_cannot_be_kept_is_refused(
    columns: dict[str, dict[str, str]], key: list[str], told: str
) -> None:
    words = {"en": "words", "zh": "文字"}
    written = {
        "name": "answers", "title": words, "meaning": words, "owner": words, "key": key, "tolerance": "5 %",
        "columns": {name: {"meaning": words, **one} for name, one in ({"k": {}} | columns).items()},
    }  # fmt: skip
    with pytest.raises(ValidationError, match=told):
        Source.model_validate(written)
