"""Numbers as a mapping declares them: with a decimal comma, with thousands separators, or on another scale."""

from __future__ import annotations

import re
from fractions import Fraction

from audit.mapping import ColumnMapping
from audit.reading import Rescale
from audit.source import Scale
from audit.text import Text
from audit.wording import say
from pipelines.staging.text_file import shown

LONGEST = 40
PLAIN = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")


def plain(text: str, written: ColumnMapping) -> str | Text:
    """The number with a point and without separators. Only what fits the declaration in full is a number."""
    decimal, thousands = re.escape(written.decimal or "."), re.escape(written.thousands or "")
    # a group never begins with 0: where separators are points, 0.123 is somebody's decimals and not 123
    whole = rf"[0-9]+|[1-9][0-9]{{0,2}}({thousands}[0-9]{{3}})+" if thousands else "[0-9]+"
    if not re.fullmatch(rf"[+-]?(({whole})({decimal}[0-9]*)?|{decimal}[0-9]+)", text):
        example = f"1{written.thousands or ''}234{written.decimal or '.'}50"
        return say(
            "“{value}” does not fit the declared way of writing numbers, as in {example}",
            value=shown(text, LONGEST), example=example,
        )  # fmt: skip
    digits = text.replace(written.thousands, "") if written.thousands else text
    return digits.replace(written.decimal or ".", ".")


def rescaled(text: str, rescale: Rescale, whole: bool) -> int | float | Text:
    """Linear and exact; `text` has a point before its decimals."""
    value = shown(text, LONGEST)
    if not PLAIN.fullmatch(text) or len(text) > LONGEST:
        return say("“{value}” is not a number; write digits and, before decimals, a point", value=value)
    old, new = _ends(rescale.source), _ends(rescale.target)
    answer = Fraction(text)
    if not old[0] <= answer <= old[1]:
        bounds = {"lowest": f"{rescale.source.lowest:g}", "highest": f"{rescale.source.highest:g}"}
        return say("{value} is not on the scale from {lowest} to {highest}", value=value, **bounds)
    found = new[0] + (answer - old[0]) * (new[1] - new[0]) / (old[1] - old[0])
    if not whole:
        return float(found)
    if found.denominator == 1:
        return int(found)
    return say(
        "“{value}” becomes {found} on the new scale, and the column can only hold whole numbers",
        value=value, found=f"{float(found):g}",
    )  # fmt: skip


def _ends(scale: Scale) -> tuple[Fraction, Fraction]:
    return Fraction(str(scale.lowest)), Fraction(str(scale.highest))
