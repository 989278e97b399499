"""Tables on a terminal: figures as people read them."""

from __future__ import annotations

import pytest

from pipelines.commands import assessing, terminal

ROW = {"kpi": "k", "grain": "month", "period": "2026-05", "by": "", "group": "", "n": 3, "not_evaluated": None}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (51_960.4, "51960.4"),
        (-1_234_567.0, "-1234567.0"),
        (9_999.4, "9999"),
        (12.34567, "12.35"),
        (0.123456, "0.1235"),
        (0.0, "0"),
        (None, "-"),
        (12_345, "12345"),
        ("two\nlines", "two lines"),
    ],
)
def test_a_figure_is_written_without_powers_of_ten(
    value: object, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal.print_table(["figure"], [[value]])
    assert capsys.readouterr().out.splitlines()[1] == shown


@pytest.mark.parametrize(
    ("unit", "value", "low", "high", "shown"),
    [
        ("per 1,000,000", 51_960.44, 50_000.0, None, ["51,960.4", "50,000.0", None]),
        ("%", 12.34, 0.0, 100.0, ["12.3", "0.0", "100.0"]),
        ("score", 4.456, None, None, ["4.46", None, None]),
        ("count", 1_200.0, None, None, ["1,200", None, None]),
        ("%", None, None, None, [None, None, None]),
    ],
)
def test_a_measurement_is_written_as_on_pages(
    unit: str, value: float | None, low: float | None, high: float | None, shown: list[str | None]
) -> None:
    told = assessing._readable(ROW | {"unit": unit, "value": value, "low": low, "high": high})
    at = [assessing.KEYS.index(name) for name in ("value", "low", "high")]
    assert [told[place] for place in at] == shown
