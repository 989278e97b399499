"""Why a model cannot take what a person wrote, in both languages: in the model's own words or, where it has none,
in English as pydantic says it and in Chinese as we do."""

from __future__ import annotations

from typing import Any

from audit.text import Language, Text
from audit.wording import spoken


class Unfit(ValueError):
    """What our validators raise. Pydantic hands it on as it is, and with it the sentence in both languages."""

    def __init__(self, told: Text) -> None:
        self.told = told
        super().__init__(told.en)

    def said(self, language: Language) -> str:
        return self.told.said(language)


def reason_of(found: Any) -> Text:
    """`found` is one of the errors that a ValidationError lists."""
    context = found.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, Unfit):
        return cause.told
    known = {name: _plain(value) for name, value in context.items()}
    chinese = spoken(SENTENCES.get(found["type"], UNKNOWN), "zh", **known)
    return Text(en=found["msg"].removeprefix("Value error, "), zh=chinese)


def _plain(value: object) -> str:
    """ "100" of 100.0, and of "'month', 'quarter' or 'year'" without the English word in it."""
    if isinstance(value, float):
        return f"{value:.15g}"
    others, _or, last = str(value).rpartition(" or ")
    return f"{others}或{last}" if others else last


def _(message: str) -> str:
    """Marks a sentence for the catalogue; its values are known where it is said."""
    return message


UNKNOWN = _("this cannot be used here")
SENTENCES = {
    "missing": _("Field required"),
    "extra_forbidden": _("Extra inputs are not permitted"),
    "model_type": _("Input should be a valid dictionary"),
    "dict_type": _("Input should be a valid dictionary"),
    "tuple_type": _("Input should be a valid list"),
    "too_short": _("Input should have at least {min_length} items, not {actual_length}"),
    "too_long": _("Input should have at most {max_length} items, not {actual_length}"),
    "string_type": _("Input should be a valid string"),
    "string_unicode": _("Input should be a valid string, without half characters"),
    "string_too_short": _("String should have at least {min_length} characters"),
    "string_too_long": _("String should have at most {max_length} characters"),
    "string_pattern_mismatch": _("String should match pattern '{pattern}'"),
    "literal_error": _("Input should be {expected}"),
    "enum": _("Input should be {expected}"),
    "bool_type": _("Input should be a valid boolean"),
    "bool_parsing": _("Input should be a valid boolean"),
    "int_type": _("Input should be a valid integer"),
    "int_parsing": _("Input should be a valid integer"),
    "int_parsing_size": _("Input should be a valid integer of fewer digits"),
    "int_from_float": _("Input should be a valid integer, without a fraction"),
    "float_type": _("Input should be a valid number"),
    "float_parsing": _("Input should be a valid number"),
    "finite_number": _("Input should be a finite number"),
    "greater_than": _("Input should be greater than {gt}"),
    "greater_than_equal": _("Input should be greater than or equal to {ge}"),
    "less_than_equal": _("Input should be less than or equal to {le}"),
    "date_type": _("Input should be a valid date, as in 2026-10-31"),
    "date_from_datetime_parsing": _("Input should be a valid date, as in 2026-10-31"),
    "date_from_datetime_inexact": _("Input should be a valid date, without a time"),
}
"""Type of pydantic's error -> what it says; all that our models can give, whatever is written in a file or a form."""
