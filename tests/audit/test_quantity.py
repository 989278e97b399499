"""A number and its unit: what is read, what is refused, how it is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from audit.errors import AuditError, UnitError
from audit.quantity import UNITS, Amount, Quantity, Unit, number

READ = [
    ("20 %", 20.0, "%"),
    ("20%", 20.0, "%"),
    ("  7.5 %  ", 7.5, "%"),
    ("-10 points", -10.0, "points"),
    ("1 point", 1.0, "points"),
    ("12 months", 12.0, "months"),
    ("1 month", 1.0, "months"),
    ("1 day", 1.0, "days"),
    ("36 hours", 36.0, "hours"),
    ("4.25 score", 4.25, "score"),
    ("5 per 1,000", 5.0, "per 1,000"),
    ("850 per 1,000,000", 850.0, "per 1,000,000"),
    ("1 minute", 1.0, "minutes"),
    ("7.5 minutes", 7.5, "minutes"),
    ("3 count", 3.0, "count"),
    ("3", 3.0, "count"),
]

REFUSED = [
    "", "%", "twenty %", "20 percent", "20 %%", "0,2 %", "1,000 days", "1e3 %", ".5 %", "5. %", "20 % of them", "nan %",
    "inf days", "--5 points", "5 weeks", "5 years", "20 /1000", "5 per 1000000", "5 ppm", "5 min", "True", "None",
]  # fmt: skip

SHOWN = [
    (20.0, "%", "20 %", "20 %"),
    (7.55, "%", "7.5 %", "7.5 %"),
    (7.56, "%", "7.6 %", "7.6 %"),
    (99.96, "%", "100 %", "100 %"),
    (-0.04, "points", "0 points", "0 点"),
    (-12.34, "points", "-12.3 points", "-12.3 点"),
    (4.2, "score", "4.20", "4.20"),
    (4.0, "score", "4", "4"),
    (12.0, "months", "12 months", "12 个月"),
    (1.0, "months", "1 month", "1 个月"),
    (1.0, "days", "1 day", "1 天"),
    (0.0, "days", "0 days", "0 天"),
    (99.5, "days", "99.5 days", "99.5 天"),
    (100.4, "days", "100 days", "100 天"),
    (1.0, "hours", "1 hour", "1 小时"),
    (1234567.0, "count", "1,234,567", "1,234,567"),
    (1200.0, "hours", "1,200 hours", "1,200 小时"),
    (2.5, "per 1,000", "2.5 per 1,000", "每千 2.5"),
    (850.0, "per 1,000,000", "850 per 1,000,000", "每百万 850"),
    (12345.67, "per 1,000,000", "12,345.7 per 1,000,000", "每百万 12,345.7"),
    (1.0, "minutes", "1 minute", "1 分钟"),
    (7.25, "minutes", "7.2 minutes", "7.2 分钟"),
]


@pytest.mark.parametrize(("written", "value", "unit"), READ)
def test_a_quantity_is_read_with_its_unit(written: str, value: float, unit: Unit) -> None:
    assert Quantity.parse(written) == Quantity(value, unit)


@pytest.mark.parametrize("written", REFUSED)
def test_anything_else_is_refused_with_what_may_be_written(written: str) -> None:
    with pytest.raises(UnitError, match="is not a quantity; write a number and one of: %, points") as raised:
        Quantity.parse(written)
    assert isinstance(raised.value, AuditError) and "\n" not in str(raised.value)


@pytest.mark.parametrize(("value", "unit", "english", "chinese"), SHOWN)
def test_a_quantity_is_shown_as_each_reader_expects(value: float, unit: Unit, english: str, chinese: str) -> None:
    assert Quantity(value, unit).said("en") == str(Quantity(value, unit)) == english
    assert Quantity(value, unit).said("zh") == chinese


@given(st.floats(-1e6, 1e6), st.sampled_from(UNITS))
def test_a_shown_number_is_near_its_value_and_never_minus_nought(value: float, unit: Unit) -> None:
    shown = number(value, unit)
    assert shown not in ("-0", "-0.0", "")
    assert abs(float(shown.replace(",", "")) - value) <= 0.5 + 1e-9


@given(st.integers(-10_000, 10_000), st.sampled_from(UNITS))
def test_what_a_person_writes_is_read_back_as_it_is_shown(tenths: int, unit: Unit) -> None:
    """So that a criterion shown on a page can be typed again; thousands separators are for readers only."""
    value = tenths / 10 if unit not in ("count", "months") else float(tenths)
    quantity = Quantity(value, unit)
    shown = str(quantity) if unit not in ("count", "score") else f"{quantity} {unit}"
    if unit == "days" and abs(value) >= 100 or abs(value) >= 1000:
        return
    assert Quantity.parse(shown) == quantity


@pytest.mark.parametrize(
    ("value", "limit", "enough", "not_too_much"),
    [(80.0, 80.0, True, True), (79.999, 80.0, False, True), (80.001, 80.0, True, False), (-1.0, 0.0, False, True)],
)
def test_the_limit_itself_meets_either_way(value: float, limit: float, enough: bool, not_too_much: bool) -> None:
    assert (Quantity(value, "%") >= Quantity(limit, "%")) is enough
    assert (Quantity(value, "%") <= Quantity(limit, "%")) is not_too_much


@pytest.mark.parametrize("other", [unit for unit in UNITS if unit != "%"])
def test_unlike_units_are_never_compared(other: Unit) -> None:
    for compare in (Quantity.__ge__, Quantity.__le__):
        with pytest.raises(UnitError, match="cannot be compared"):
            compare(Quantity(20, "%"), Quantity(20, other))
    assert Quantity(20, "%") != Quantity(20, other)


def test_a_share_is_not_a_percentage() -> None:
    with pytest.raises(UnitError, match="20 % cannot be compared with 0: one is in %, the other in count"):
        assert Quantity(20, "%") >= Quantity.parse("0.2")


class Written(BaseModel):
    amount: Amount


def test_a_file_may_hold_the_text_or_the_quantity() -> None:
    assert Written(amount="20 %").amount == Written(amount=Quantity(20, "%")).amount  # type: ignore[arg-type]


@pytest.mark.parametrize("written", [True, None, [], {}, "a fifth"])
def test_a_mistake_in_a_file_says_what_to_write(written: object) -> None:
    with pytest.raises(ValidationError, match="as in '20 %'"):
        Written(amount=written)  # type: ignore[arg-type]
