"""checklists/maturity.yaml: five levels, each with something that an assessor can see, for every chapter."""

from __future__ import annotations

import re

import pytest

from audit.text import Text
from pipelines import definitions, yaml_file

WRITTEN = yaml_file.read(definitions.CHECKLISTS / "maturity.yaml").content
LEVELS = {str(level): Text(**about["title"]) for level, about in WRITTEN["levels"].items()}
ANCHORS = {
    key: {str(level): Text(**text) for level, text in anchors.items()} for key, anchors in WRITTEN["anchors"].items()
}
EVERY = [(key, level, text) for key, anchors in ANCHORS.items() for level, text in anchors.items()]
# Praise and blame that nobody can see.
ADJECTIVES = re.compile(
    r"\b(good|bad|poor|excellent|adequate|appropriate|effective|mature|proactive|strong|weak|well)\b"
    r"|良好|优秀|较差|充分|适当|成熟|主动"
)


def test_the_chapters_and_the_four_clauses_at_the_heart_have_anchors_of_their_own() -> None:
    assert set(ANCHORS) == {"4", "5", "6", "7", "8", "9", "10", "5.1.2", "8.2.1", "9.1.2", "10.2"}


def test_each_has_exactly_the_five_levels_in_order() -> None:
    assert list(LEVELS) == ["1", "2", "3", "4", "5"]
    assert {key: list(anchors) for key, anchors in ANCHORS.items()} == dict.fromkeys(ANCHORS, list(LEVELS))


def test_no_two_levels_look_alike() -> None:
    assert len({text.en for _, _, text in EVERY}) == len({text.zh for _, _, text in EVERY}) == len(EVERY)
    assert len({title.en for title in LEVELS.values()}) == len({title.zh for title in LEVELS.values()}) == 5


@pytest.mark.parametrize(("key", "level", "text"), EVERY, ids=[f"{key} level {level}" for key, level, _ in EVERY])
def test_an_anchor_is_one_sentence_about_something_to_be_seen(key: str, level: str, text: Text) -> None:
    assert text.en.endswith(".") and text.en.count(". ") == 0 and text.zh.endswith("。") and text.zh.count("。") == 1
    assert 40 <= len(text.en) <= 160 and 12 <= len(text.zh) <= 60
    assert not ADJECTIVES.search(text.en.lower()) and not ADJECTIVES.search(text.zh)
