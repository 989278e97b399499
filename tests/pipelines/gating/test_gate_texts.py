"""Texts that are tested on their bytes are judged as Python's re and len judge them."""

from __future__ import annotations

import random
import re

import pyarrow as pa
import pytest
from test_gate_pattern import IN_PYTHON, IN_SQL, TEXTS

from pipelines.gating.texts import Form, Length, Texts

FORMS = [
    "^a$", "^R[0-9]{8}$", "^[A-Z]{2}[0-9]$", r"^\$$", r"^a\.b$", "^[abc-]x$", r"^[\]\\-]$", "^ab{2}$", "^[.?*]$", "^ $",
    "^a{0}b$", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", r"^[a-cx-z0-9_]{3}$", "^[ab]{10}$", '^"\'$', "^a{12}$", r"^a\-b$",
]  # fmt: skip
NO_FORMS = [
    "a", "^a", "a$", "^a+$", "^a*$", "^a?$", "^.$", "^(a)$", "^a|b$", "^[^a]$", r"^\d$", "^é$", "^[é]$", "^$", "^a{0}$",
    "^a{2,}$", "^a{1,3}$", "^a{2}?$", r"^a\Z", "(?i)^a$", "^a$$", "^^a$", r"^\$", "^[[:alpha:]]$", "^a{100}$", "^a]$",
]  # fmt: skip
WRITTEN: list[str | None] = [
    *TEXTS, "R12345678", "R12345678\n", "R12345678\n\n", "R1234567é", "R1234567٣", "abb", "x\n", "$\n", "AB1", "ÄB1",
    "ab\n",     "aaaaaaaaaa", "ababababab", "a.b", "a-b", "a-b\n", "a_0", "2026-02-29", "2026-02-29 ", "-x", "cx", "\0",
    "b", None, "", None,
]  # fmt: skip


def arrays(texts: list[str | None]) -> list[pa.Array]:
    """As they come: whole, cut out of a longer one, without a gap, of one length, empty."""
    some = [text for text in texts if text is not None]
    nine = [text for text in texts if text is None or len(text.encode()) == 9]
    longer = pa.array(["R00000000", None, *texts, "R1"], pa.string())
    return [
        pa.array(texts, pa.string()),
        longer.slice(2, len(texts)),
        pa.array(some),
        pa.array(nine),
        pa.array([], pa.string()),
    ]


@pytest.mark.parametrize("regex", [*FORMS, *[regex for regex in IN_SQL if Form.of(regex)]])
def test_a_form_is_stood_by_what_python_finds(regex: str) -> None:
    form = Form.of(regex)
    assert form is not None
    for array in arrays(WRITTEN):
        expected = [text is not None and re.search(regex, text) is None for text in array.to_pylist()]
        assert form.unexpected(Texts(array)).tolist() == expected


@pytest.mark.parametrize("regex", [*NO_FORMS, *IN_PYTHON])
def test_another_regex_is_no_form(regex: str) -> None:
    assert Form.of(regex) is None


@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_forms_at_random_find_what_python_finds() -> None:
    dice = random.Random(11)
    parts = ["a", "[a-c]", "[ac]", "[b-]", r"\.", "-", "[0-9a]", " "]
    texts: list[str | None] = ["".join(dice.choices("abc.-0 é\n", k=dice.randint(0, 5))) for _ in range(400)]
    for _ in range(80):
        regex = (
            "^" + "".join(dice.choice(parts) + dice.choice(["", "", "{2}"]) for _ in range(dice.randint(1, 3))) + "$"
        )
        form = Form.of(regex)
        assert form is not None
        expected = [text is not None and re.search(regex, text) is None for text in texts]
        assert form.unexpected(Texts(pa.array(texts))).tolist() == expected, regex


@pytest.mark.parametrize(("low", "high"), [(0, 0), (1, None), (None, 1), (2, 3), (4, 2), (9, 9), (None, 2**53 - 1)])
def test_a_length_counts_characters_and_not_bytes(low: int | None, high: int | None) -> None:
    plain: list[str | None] = [text for text in WRITTEN if text is None or text.isascii()]
    for array in [*arrays(WRITTEN), *arrays(plain)]:
        expected = [
            text is not None and not (low or 0) <= len(text) <= (len(text) if high is None else high)
            for text in array.to_pylist()
        ]
        assert Length(low, high).unexpected(Texts(array)).tolist() == expected
