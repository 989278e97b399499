"""What values mean: no value, an allowed value, an answer on another scale; and what nobody should guess."""

from __future__ import annotations

from collections import Counter

import pytest

from audit.source import Column, Scale
from audit.text import Text
from pipelines import definitions
from pipelines.suggesting import answers
from pipelines.suggesting.names import words
from pipelines.suggesting.synonyms import allowed_values

SAID = Text(en="x", zh="字")
GRAVE = Column(meaning=SAID, one_of=("low", "medium", "high"))
TRUE = Column(meaning=SAID, type="boolean")
FIVE = Column(meaning=SAID, type="integer", scale=Scale(lowest=1, highest=5))
TEXT = Column(meaning=SAID)


@pytest.mark.parametrize("text", ["-", "n/a", "N/A", "NULL", "k. A.", "keine Angabe", "无", "不适用", "해당없음"])
def test_what_people_write_for_no_value_is_found(text: str) -> None:
    assert answers.missing(Counter([text, "something"])) == [text]


@pytest.mark.parametrize("text", ["0", "no", "Nano", "x", "false", "none of them", "-1", "无锡", "not"])
def test_what_may_be_a_value_is_not_called_missing(text: str) -> None:
    assert answers.missing(Counter([text])) == []


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        ("High", GRAVE, "high"), ("hoch", GRAVE, "high"), ("高", GRAVE, "high"), ("P1", GRAVE, "high"),
        ("NIEDRIG", GRAVE, "low"), ("Normal", GRAVE, "medium"), ("ja", TRUE, "true"), ("否", TRUE, "false"),
        ("5 - very satisfied", FIVE, "5"), ("3: teils, teils", FIVE, "3"), ("1（很不满意）", FIVE, "1"),
    ],
)  # fmt: skip
def test_a_text_that_stands_for_an_allowed_value_is_recoded(text: str, column: Column, value: str) -> None:
    assert answers.recoded(text, column) == value


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("grave", GRAVE), ("一般", GRAVE), ("2", GRAVE), ("", GRAVE), ("maybe", TRUE), ("2", TRUE),
        ("satisfied", FIVE), ("9 - very satisfied", FIVE), ("5", FIVE), ("5 stars of 10 - no", Column(meaning=SAID)),
    ],
)  # fmt: skip
def test_what_is_not_known_is_left_to_the_reader(text: str, column: Column) -> None:
    assert answers.recoded(text, column) is None


def test_only_what_would_be_rejected_is_asked() -> None:
    assert answers.to_recode(Counter(["high", "hoch", "low"]), GRAVE, {}) == ["hoch"]
    assert answers.to_recode(Counter(["true", "No", "1", "ja"]), TRUE, {}) == ["ja"]
    assert answers.to_recode(Counter(["1", "9", "5 - yes"]), FIVE, {}) == ["5 - yes"]
    assert answers.to_recode(Counter(["a", "b"]), TEXT, {}) == []


def test_a_column_with_very_many_values_is_no_list_of_answers() -> None:
    assert answers.to_recode(Counter(f"reason {number}" for number in range(200)), GRAVE, {}) == []


def scales(*texts: str, column: Column = FIVE) -> list[tuple[float, float, int]]:
    found = answers.scales(Counter(texts), column)
    return [(one.written["rescale"]["from"]["lowest"], one.written["rescale"]["from"]["highest"], one.unread)
            for one in found]  # fmt: skip


def test_answers_outside_of_the_scale_ask_on_which_scale_they_were_given() -> None:
    found = scales("0", "5", "10")
    assert found[0] == (0, 10, 0)
    assert all(low <= 0 and high >= 10 for low, high, _ in found)


def test_answers_that_come_out_broken_are_counted() -> None:
    assert scales("0", "5", "7", "7", "10")[0] == (0, 10, 2)


@pytest.mark.parametrize("texts", [("1", "5"), ("3",), (), ("n/a", "4"), ("very good", "2")])
def test_answers_on_the_scale_ask_nothing(texts: tuple[str, ...]) -> None:
    assert scales(*texts) == []


def test_no_word_stands_for_two_values_of_one_column() -> None:
    for source in definitions.sources().values():
        for name, column in source.columns.items():
            spelled = [(words(one), value) for value in answers.choices(column)
                       for one in {value, *allowed_values().get(value, ())}]  # fmt: skip
            clashing = {one for one, value in spelled for other, also in spelled if one == other and value != also}
            assert not clashing, f"{source.name}.{name}: {clashing}"
