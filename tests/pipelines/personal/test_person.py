"""Whether a text names the person, and, as often, that it does not."""

from __future__ import annotations

import pyarrow as pa
import pytest

from pipelines.personal.person import Person

PERSON = Person(
    "c-" + "0" * 20, ["K-7731"], ["Quillon Xanthedral", "Orange", "q.x@zephyr.example", "0171 9081726", "张伟"]
)
NAMED = [
    ("I am Quillon Xanthedral.", "I am [erased]."),
    ("QUILLON XANTHEDRAL", "[erased]"),
    ("客户Quillon Xanthedral投诉", "客户[erased]投诉"),
    ("customer K-7731 called", "customer [erased] called"),
    ("(K-7731)", "([erased])"),
    ("客户K-7731的订单", "客户[erased]的订单"),
    ("write to Q.X@zephyr.example!", "write to [erased]!"),
    ("0171 9081726 and K-7731", "[erased] and [erased]"),
]
NOT_NAMED = [
    "",
    "Quillon",
    "Quillon Xanthedrals",
    "McQuillon Xanthedral",
    "an orange box",
    "Orange",
    "张伟",
    "k-7731",
    "K-77310",
    "OK-7731",
    "A-K-7731",
    "K-7731-2",
    "7731",
    "a.q.x@zephyr.example",
    "q.x@zephyr.examples",
    "0171 90817261",
]


@pytest.mark.parametrize(("text", "left"), NAMED)
def test_a_text_that_names_the_person_loses_the_name(text: str, left: str) -> None:
    assert PERSON.stands_in(text) and PERSON.may_stand_in(text)
    assert PERSON.without(text) == left


@pytest.mark.parametrize("text", NOT_NAMED)
def test_another_text_stays(text: str) -> None:
    assert not PERSON.stands_in(text)
    assert PERSON.without(text) == text


def test_a_column_is_cut_as_each_of_its_texts() -> None:
    texts = [text for text, _ in NAMED] + NOT_NAMED + [None]
    wanted = [text if text is None else PERSON.without(text) for text in texts]
    assert PERSON.cut_out_of(pa.chunked_array([texts[:5], texts[5:]])).to_pylist() == wanted


WHOLE = [
    ("Orange", True),
    (" orange ", True),
    ("quillon xanthedral", True),
    ("Quillon", False),
    ("张伟", False),
    ("", False),
]


@pytest.mark.parametrize(("cell", "named"), WHOLE)
def test_a_cell_may_be_the_person_s_name_and_nothing_else(cell: str, named: bool) -> None:
    assert PERSON.is_named_by(cell) is named


def test_a_short_identifier_is_no_mere_number_of_something_else() -> None:
    short = Person("c-" + "1" * 20, ["17"], [])
    assert short.may_stand_in("row 17 of it") and not short.stands_in("row 17 of it")
    assert not short.is_identified_by("17") and PERSON.is_identified_by(" K-7731 ")


def test_of_a_person_without_a_known_word_nothing_is_found() -> None:
    nobody = Person("c-" + "2" * 20, [], [])
    assert not nobody.stands_in("x") and not nobody.may_stand_in("x") and nobody.without("x") == "x"
    assert nobody.cut_out_of(pa.chunked_array([["x"]])).to_pylist() == ["x"]
