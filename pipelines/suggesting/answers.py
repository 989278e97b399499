"""Proposes what a column's values mean: which are no value, which stand for an allowed one, and on which scale."""

from __future__ import annotations

import re
from typing import Any

from audit.source import Column, Scale
from pipelines.suggesting.names import words
from pipelines.suggesting.reading import Option, Values, option, unread
from pipelines.suggesting.synonyms import allowed_values

NO_VALUE = frozenset((
    "-", "--", "–", "—", ".", "?", "n/a", "n.a.", "na", "nan", "null", "none", "nil", "#n/a", "#nv", "unknown",
    "not specified", "not applicable", "k.a.", "k. a.", "keine angabe", "entfällt", "unbekannt", "s/o", "n/d",
    "sin dato", "无", "暂无", "不适用", "未填写", "未知", "空", "없음", "해당없음", "なし", "該当なし",
))  # fmt: skip
LEADING_NUMBER = re.compile(r"(\d{1,3})\s*(?:[-–—:=.)（(]|\s)\s*\D.*")
SCALES = ((1, 5), (0, 10), (1, 10), (1, 7), (1, 6), (1, 4), (1, 3), (0, 5), (0, 4), (0, 100), (1, 100))
MOST_SCALES = 3
MOST_TO_RECODE = 30
"""Above this many different values a column is no list of answers."""


def missing(values: Values) -> list[str]:
    """Texts that people write where there is no value, as far as they occur."""
    return sorted(text for text in values if text.casefold() in NO_VALUE)


def to_recode(values: Values, column: Column, written: dict[str, Any]) -> list[str]:
    """Texts that would be rejected though a person can say what they mean; none where there are too many."""
    if not (choices(column)):
        return []
    plain = column.model_copy(update={"scale": None})
    found = unread(values, plain, {key: value for key, value in written.items() if key in ("decimal", "thousands")})
    return sorted(found) if len(found) <= MOST_TO_RECODE else []


def choices(column: Column) -> tuple[str, ...]:
    """The values that a recoded text can become."""
    if column.one_of:
        return column.one_of
    if column.type == "boolean":
        return ("true", "false")
    if column.scale is not None and column.type == "integer" and column.scale.highest - column.scale.lowest <= 20:
        return tuple(str(answer) for answer in range(int(column.scale.lowest), int(column.scale.highest) + 1))
    return ()


def recoded(text: str, column: Column) -> str | None:
    """What the text seems to mean among the allowed values; None where nothing is near."""
    allowed = choices(column)
    if column.scale is not None:
        found = LEADING_NUMBER.fullmatch(text.strip())
        return found[1] if found and found[1] in allowed else None
    spelled = {words(value): value for value in allowed}
    for value in allowed:
        spelled |= {words(other): value for other in allowed_values().get(value, ())}
    return spelled.get(words(text))


def scales(values: Values, column: Column) -> list[Option]:
    """Where answers leave the column's scale: the scales on which all of them lie."""
    if column.scale is None or not (outside := unread(values, column, {})):
        return []
    numbers = _numbers(values)
    if not numbers or not set(outside) & set(_numeric(values)):
        return []
    fitting = [Scale(lowest=low, highest=high) for low, high in SCALES if low <= min(numbers) <= max(numbers) <= high]
    others = [scale for scale in fitting if scale != column.scale]
    found = [option(values, column, {"rescale": _rescale(scale, column.scale)}) for scale in others]
    return sorted(found, key=lambda one: one.unread)[:MOST_SCALES]


def _rescale(old: Scale, new: Scale) -> dict[str, dict[str, float]]:
    return {"from": old.model_dump(), "to": new.model_dump()}


def _numeric(values: Values) -> list[str]:
    return [text for text in values if re.fullmatch(r"[+-]?\d+(\.\d+)?", text)]


def _numbers(values: Values) -> list[float]:
    return [float(text) for text in _numeric(values)]
