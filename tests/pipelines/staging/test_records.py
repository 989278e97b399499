"""A record that cannot be read says why: the delimiter where it seems to be another, else the quote."""

from __future__ import annotations

import io

import pytest

from audit.errors import SourceError
from pipelines.staging.records import written

PARTED = "the fields seem to be parted by {0}; write delimiter: {0} in the mapping"
QUOTED = "write a quote inside a value twice"


@pytest.mark.parametrize(
    ("text", "delimiter", "told"),
    [
        ('"Response ID";"Date submitted"\n"1";"2"\n', ",", PARTED.format('";"')),
        ('"a"\t"b"\n', ",", PARTED.format('"\\t"')),
        ('"a"|"b"\n', ",", PARTED.format('"|"')),
        ('"a","b"\n', ";", PARTED.format('","')),
        ('List of May\n\n"a";"b"\n', ",", PARTED.format('";"')),
        ('"a\nb";"c"\n', ",", PARTED.format('";"')),
        ('"say ""a""";"c"\n', ",", PARTED.format('";"')),
        ('a,b\n"x";y,z\n', ",", QUOTED),
        ('"a" b,c\n', ",", QUOTED),
        ('"a"b;c\n', ",", QUOTED),
        ('a,"b"c\n', ",", QUOTED),
    ],
    ids=["semicolon", "tab", "bar", "comma", "below a title", "a name of two lines", "a name with quotes",
         "below a record that is parted", "a blank", "a letter", "the second field"],
)  # fmt: skip
def test_what_stands_behind_a_closing_quote_tells_the_cause(text: str, delimiter: str, told: str) -> None:
    with pytest.raises(SourceError) as refused:
        list(written(io.StringIO(text, newline=""), delimiter, "a.csv"))
    assert told in str(refused.value) and (told == QUOTED or QUOTED not in str(refused.value))
    assert "delimiter" in refused.value.said("zh") or told == QUOTED
