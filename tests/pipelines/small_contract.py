"""A contract with one column of each type, for the tests of the stages."""

from __future__ import annotations

from typing import Any

from audit.mapping import Mapping
from audit.source import Source
from pipelines.stage import Batch, stage

WORDS = {"en": "words", "zh": "文字"}
ANSWERS = Source.model_validate(
    {
        "name": "answers",
        "title": WORDS,
        "meaning": WORDS,
        "owner": WORDS,
        "key": ["id"],
        "dated_by": "day",
        "tolerance": "5 %",
        "columns": {
            "id": {"meaning": WORDS, "required": True},
            "day": {"meaning": WORDS, "type": "date", "required": True},
            "score": {"meaning": WORDS, "type": "integer", "scale": {"lowest": 0, "highest": 10}},
            "note": {"meaning": WORDS},
            "amount": {"meaning": WORDS, "type": "number"},
            "at": {"meaning": WORDS, "type": "timestamp"},
            "again": {"meaning": WORDS, "type": "boolean"},
            "kind": {"meaning": WORDS, "one_of": ["low", "high"]},
        },
    }
)


def mapping(columns: dict[str, Any] | None = None, **more: Any) -> Mapping:
    return Mapping.model_validate({"source": "answers", "columns": columns or {}, **more})


def staged(content: bytes | str, columns: dict[str, Any] | None = None, **more: Any) -> Batch:
    """The file as `answers.csv`, through a mapping of these columns."""
    written = content.encode() if isinstance(content, str) else content
    return stage(written, "answers.csv", ANSWERS, mapping(columns, **more))


def values(batch: Batch, *names: str) -> list[tuple[Any, ...]]:
    """The rows, in plain Python, missing values as None."""
    chosen = batch.frame[list(names)].astype(object)
    return list(chosen.where(chosen.notna(), None).itertuples(index=False, name=None))
