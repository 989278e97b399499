"""Which figures and groups an event concerns."""

from __future__ import annotations

import datetime as dt

import pytest

from audit.event import Event

DAY = dt.date(2026, 3, 1)
Place = tuple[str, str, str]
PAIR = ("segment × region", "Business × North")


@pytest.mark.parametrize(
    ("of", "asked"),
    [
        (("", "", ""), ("nps", "", "")),
        (("", "", ""), ("nps", "segment", "Business")),  # what happened to the whole concerns every part
        (("nps", "", ""), ("nps", "", "")),
        (("nps", "", ""), ("nps", *PAIR)),
        (("nps", "segment", "Business"), ("nps", "segment", "Business")),
        (("", "segment", "Business"), ("ces", "segment", "Business")),
        (("nps", "segment", "Business"), ("nps", *PAIR)),  # and what happened to a part, what lies within it
        (("nps", "region", "North"), ("nps", *PAIR)),
        (("nps", *PAIR), ("nps", *PAIR)),
        (("nps", "segment", "A × B"), ("nps", "segment", "A × B")),  # a group's own name
    ],
)
def test_an_event_concerns(of: Place, asked: Place) -> None:
    kpi, by, group = of
    assert Event(DAY, "x", kpi, by, group).concerns(*asked)


@pytest.mark.parametrize(
    ("of", "asked"),
    [
        (("nps", "", ""), ("ces", "", "")),
        (("nps", "segment", "Business"), ("nps", "", "")),  # a part is not the whole
        (("nps", "segment", "Business"), ("nps", "segment", "Private")),
        (("nps", "segment", "Business"), ("nps", "region", "Business")),
        (("nps", "region", "South"), ("nps", *PAIR)),
        (("nps", *PAIR), ("nps", "segment", "Business")),
        (("", "segment", "Business"), ("nps", "", "")),
    ],
)
def test_an_event_does_not_concern(of: Place, asked: Place) -> None:
    kpi, by, group = of
    assert not Event(DAY, "x", kpi, by, group).concerns(*asked)
