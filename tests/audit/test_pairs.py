"""A pair's label leads back to its two names, whatever stands in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.pairs import SIGN, halves
from pipelines.connection import alone
from pipelines.measuring.groups import member

NAMES = st.text(alphabet="a ×", max_size=6)


def test_halves_of_a_label() -> None:
    assert halves("segment × region") == ("segment", "region")
    assert halves(" × ") == ("", "")


@given(NAMES, NAMES)
def test_what_the_measurements_write_is_read_again(one: str, other: str) -> None:
    connection = alone()
    ((label,),) = connection.execute(
        f"select {member(SIGN.join(('a', 'b')))} from (select ? as a, ? as b)", [one, other]
    ).fetchall()
    assert halves(label) == (one, other)


@pytest.mark.parametrize("name", ["×", "A × B", " × ", "××", "x×"])
def test_a_sign_within_a_name_parts_nothing(name: str) -> None:
    assert halves(f"{name.replace('×', '××')} × North") == (name, "North")
