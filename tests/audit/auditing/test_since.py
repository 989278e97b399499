"""What has changed since the previous audit: new requirements, verdicts, criteria and documents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.auditing.since import Basis, Changed, sentence, since

BEFORE = Basis(
    frozenset({"9.1.2-a", "9.1.2-b"}),
    {"9.1.2-a": "conforms", "9.1.2-b": "undetermined"},
    {"9.1.2-a-1": {"at_least": "25 %"}},
    {"DOC-001": 2},
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"asked": frozenset({"9.1.2-a", "9.1.2-b", "10.2-a"})}, [Changed("asked", "10.2-a")]),
        ({"asked": frozenset({"9.1.2-a"})}, [Changed("no longer asked", "9.1.2-b")]),
        ({"proposed": {"9.1.2-a": "does not conform", "9.1.2-b": "undetermined"}},
         [Changed("proposed", "9.1.2-a", "conforms", "does not conform")]),
        ({"criteria": {"9.1.2-a-1": {"at_least": "30 %"}}},
         [Changed("criterion", "9.1.2-a-1", "at_least: 25 %", "at_least: 30 %")]),
        ({"criteria": {}}, [Changed("criterion", "9.1.2-a-1", "at_least: 25 %", "")]),
        ({"criteria": {**BEFORE.criteria, "8.2.1-a-1": {"at_most": "5 days"}}},
         [Changed("criterion", "8.2.1-a-1", "", "at_most: 5 days")]),
        ({"documents": {"DOC-001": 3}}, [Changed("document", "DOC-001", "2", "3")]),
        ({"documents": {"DOC-001": 2, "DOC-002": 1}}, [Changed("document", "DOC-002", "", "1")]),
    ],
)  # fmt: skip
def test_what_changed_is_named(changes: dict[str, Any], expected: list[Changed]) -> None:
    assert since(BEFORE, replace(BEFORE, **changes)) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"proposed": {}},  # nothing was run yet: no verdict is no change
        {"proposed": {**BEFORE.proposed, "10.2-a": "conforms"}},  # concluded in one of the two only
        {"criteria": {"9.1.2-a-1": {"at_least": "25 %"}, "8.2.1-a-1": {}}},  # empty limits are the default
        {"documents": {"DOC-001": 2}},
    ],
)
def test_what_did_not_change_is_not_named(changes: dict[str, Any]) -> None:
    assert since(BEFORE, replace(BEFORE, **changes)) == []


@pytest.mark.parametrize(
    ("changed", "requirement"),
    [
        (Changed("asked", "9.1.2-a"), "9.1.2-a"),
        (Changed("proposed", "9.1.2-a", "conforms", "undetermined"), "9.1.2-a"),
        (Changed("criterion", "9.1.2-a-1"), "9.1.2-a"),
        (Changed("criterion", "9.1.2-a-12"), "9.1.2-a"),
        (Changed("document", "DOC-001", "1", "2"), ""),
    ],
)
def test_it_is_marked_where_it_bears(changed: Changed, requirement: str) -> None:
    assert changed.requirement == requirement
    assert sentence(changed).en != sentence(changed).zh and changed.what in sentence(changed).zh


VERDICTS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["conforms", "undetermined"]))
BASES = st.builds(
    Basis,
    st.frozensets(st.sampled_from("abcd")),
    VERDICTS,
    st.dictionaries(st.sampled_from("abcd"), st.dictionaries(st.sampled_from("xy"), st.sampled_from("12"))),
    st.dictionaries(st.sampled_from("abcd"), st.integers(1, 3)),
)


@given(BASES)
def test_against_itself_nothing_changes(basis: Basis) -> None:
    assert since(basis, basis) == []


@given(BASES, BASES)
def test_each_change_is_named_once_and_there_and_back_agree(one: Basis, other: Basis) -> None:
    there, back = since(one, other), since(other, one)
    assert len(there) == len({(each.kind, each.what) for each in there})
    asked = {each.what for each in there if each.kind == "asked"}
    assert asked == {each.what for each in back if each.kind == "no longer asked"} == other.asked - one.asked
    for kind in ("proposed", "criterion"):
        assert {each.what for each in there if each.kind == kind} == {each.what for each in back if each.kind == kind}
