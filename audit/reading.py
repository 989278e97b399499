"""How the texts of one column are written: dates, decimals, what means no value, another scale or time zone."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from audit.source import Scale
from audit.text import Written
from audit.unfit import Unfit
from audit.wording import say


class Rescale(Written):
    """The scale on which a question was asked, and the one on which the column keeps its answers."""

    source: Scale = Field(alias="from")
    target: Scale = Field(alias="to")

    @model_validator(mode="after")
    def rising(self) -> Rescale:
        for scale in (self.source, self.target):
            if not scale.lowest < scale.highest:
                raise Unfit(
                    say(
                        "{lowest} is not below {highest}; write the lower end as 'lowest'",
                        lowest=f"{scale.lowest:g}", highest=f"{scale.highest:g}",
                    )
                )  # fmt: skip
        return self


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise Unfit(say("'{name}' is not a time zone; write its IANA name, as in Europe/Berlin or UTC", name=name[:60]))
    return name


Zone = Annotated[str, AfterValidator(_zone)]
Thousands = Literal[".", ",", "'", "’", " ", "\u00a0", "\u202f"]


class Reading(Written):
    format: str | None = None
    """The date or time format, in Python's notation, as in "%d.%m.%Y"; with "%z" each time says its own offset."""
    recode: dict[str, str] = {}
    decimal: Literal[".", ","] | None = None
    """The sign before decimals; without it a point."""
    thousands: Thousands | None = None
    """The sign between groups of three digits; without it none may stand there."""
    missing: tuple[str, ...] = ()
    """Texts that mean: no value."""
    rescale: Rescale | None = None
    time_zone: Zone | None = None
    """The zone in which the file's times are written, where the organisation keeps its times in another."""

    @property
    def with_offset(self) -> bool:
        return self.format is not None and "%z" in self.format.replace("%%", "")

    @property
    def moved(self) -> bool:
        """Its times are moved to the zone in which the organisation keeps its times."""
        return self.time_zone is not None or self.with_offset

    @model_validator(mode="before")
    @classmethod
    def short_forms(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("missing"), str):
            return {**value, "missing": [value["missing"]]}
        return value

    @model_validator(mode="after")
    def one_meaning(self) -> Self:
        if self.thousands and self.thousands == self.decimal:
            raise Unfit(
                say(
                    "'{sign}' cannot stand before decimals and between thousands; correct one of them",
                    sign=self.decimal,
                )
            )
        for text in self.missing:
            if text in self.recode:
                raise Unfit(say("'{text}' stands under 'missing' and under 'recode'; keep one of them", text=text[:60]))
            if text != text.strip():
                raise Unfit(
                    say("'{text}' begins or ends with a space; write it without, spaces do not count", text=text[:60])
                )
        return self

    @model_serializer(mode="wrap")
    def without_unused(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return trimmed(handler(self), ("decimal", "thousands", "missing", "rescale", "time_zone"))


def trimmed(written: dict[str, Any], later: tuple[str, ...]) -> dict[str, Any]:
    """Keys that came later leave no trace where they are not used: a file loaded before stays the same load."""
    return {name: value for name, value in written.items() if value or name not in later}
