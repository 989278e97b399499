"""A title, and every other place with a name that people gave, shows it letter by letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.quantity import Quantity
from audit.records import Records
from audit.records.auditing import audit_steps, audits
from audit.records.auditing.audits import NewAudit
from audit.records.targets import objectives, scorecards
from audit.targets.objective import Objective, Target
from audit.targets.scorecard import Scorecard
from pages.components.trends.trend_words import answer
from pages.components.words import plain
from pipelines import definitions
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
NASTY = "R&D *North* [win](https://evil.example) $x$ :red[y]"


def audit(records: Records) -> str:
    return audits.create(records, NewAudit(NASTY, "iso-9001-2015", objectives="o", scope="s", lead="l"), "Ann").id


def begun(records: Records) -> str:
    id = audit(records)
    audit_steps.begin(records, id, ("9.1.2-a",), "Ann")
    return id


def objective(records: Records) -> str:
    goal = Target(since=dt.date(2024, 11, 1), at_least=Quantity(50, "%"))
    one = Objective(title=NASTY, kpi="csat_top_2_box", grain="quarter", owner="Ann", why="w", targets=(goal,))
    return objectives.set_objective(records, one, "Ann").id


def scorecard(records: Records) -> str:
    levels = [{"word": "failing", "points": 0}, {"word": "exceeding", "points": 100, "reaches": "1 %"}]
    parts = [{"kpi": "csat_top_2_box", "weight": 1, "levels": levels}]
    given = {"title": NASTY, "department": "d", "owner": "Ann", "grain": "quarter", "why": "w", "indicators": parts}
    return scorecards.set_scorecard(records, Scorecard.model_validate(given), "Ann").id


@pytest.mark.parametrize(
    ("page", "asked", "named"),
    [
        ("audits", "", audit),
        ("audit_view", "audit", audit),
        ("audits", "", begun),
        ("objectives", "objective", objective),
        ("scorecard", "scorecard", scorecard),
    ],
)
def test_a_title_is_no_markdown(
    opened: Open, own_demo: Path, page: str, asked: str, named: Callable[[Records], str]
) -> None:
    with open_workspace(own_demo).open_records() as records:
        id = named(records)
    app = opened(own_demo, page, **({asked: id} if asked else {}))
    assert plain(NASTY) in app.title[0].value and not app.error


def framed() -> None:
    from pages.components.frame import page
    from pages.components.trends.trend_words import answer
    from pipelines import definitions

    with page(answer(definitions.kpis()["nps"], [], "segment", "A *b* :red[c]"), "*Crumb*"):
        pass


def test_a_frame_takes_plain_text(running: None, own_demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSELIGHT_WORKSPACE", str(own_demo))
    app = AppTest.from_function(framed, default_timeout=60).run()
    assert not app.exception
    assert app.title[0].value == plain(answer(definitions.kpis()["nps"], [], "segment", "A *b* :red[c]"))
    assert any(plain("*Crumb*") in each.value for each in app.markdown)
