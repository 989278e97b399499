"""Voice of customer, what they write about and the service-profit chain: drawn from the run, small groups and comments
hidden from those who may not look into the data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from audit.access import roles
from audit.access.roles import Role
from pages.components.themes.examples import _highlighted
from pipelines import analyses
from pipelines.analyses.themes.examples import Example, Piece
from pipelines.analyses.themes.found import Line, Themes
from pipelines.runs import results
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def kept(folder: Path, name: str) -> Any:
    workspace = open_workspace(folder)
    run = results.latest(workspace)
    assert run
    return analyses.of_run(name, workspace.runs / run.id)


def rewrite(folder: Path, name: str, change: Callable[[Any], Any]) -> None:
    """The run's file as another run would have it."""
    workspace = open_workspace(folder)
    run = results.latest(workspace)
    assert run
    file = workspace.runs / run.id / f"{name}.json"
    file.chmod(0o644)
    file.write_text(json.dumps(change(json.loads(file.read_text("utf-8")))), "utf-8")


def as_role(monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    """Whoever sits here may do what the role may."""
    others = {action: allowed - {Role.LOCAL_USER} for action, allowed in roles.PERMISSIONS.items()}
    local = {action: who | {Role.LOCAL_USER} if role in who else who for action, who in others.items()}
    monkeypatch.setattr(roles, "PERMISSIONS", local)


def themes_table(app: AppTest) -> pd.DataFrame:
    return next(each.value for each in app.table if "Mean satisfaction" in each.value)


def texts(app: AppTest) -> list[str]:
    return [cell for each in app.table if "File and line" in each.value for cell in each.value["Comment"]]


def test_counts_are_those_of_the_run(opened: Open, demo: Path) -> None:
    found: Themes = kept(demo, "themes")
    comments = found.sources["survey_responses"].result
    assert comments
    table = themes_table(opened(demo, "voice"))
    assert table["Comments"].tolist() == [
        *(str(one.counted.share.count) for one in comments.themes), str(comments.without.count),
    ]  # fmt: skip
    assert table["Theme"].tolist()[0] == found.theme(comments.themes[0].theme).name.en


def test_comments_written_and_notes_of_talks_are_two_pictures(opened: Open, demo: Path) -> None:
    one, other = (opened(demo, "voice", comments=source) for source in ("survey_responses", "interactions"))
    assert themes_table(one)["Comments"].tolist() != themes_table(other)["Comments"].tolist()
    assert opened(demo, "voice", comments="<script>").segmented_control(key="comments").value == "survey_responses"


def test_every_chart_has_a_sentence_a_table_and_a_file(opened: Open, demo: Path) -> None:
    app = opened(demo, "voice")
    charts = app.get("plotly_chart")
    assert not app.error and len(charts) >= 3
    assert all(len(chart.proto.alt) > 30 for chart in charts)
    names = [each.proto.label for each in app.get("download_button")]
    assert sum("CSV" in name for name in names) >= 4


def test_examples_come_on_demand_with_the_word_made_visible(opened: Open, demo: Path) -> None:
    app = opened(demo, "voice", theme="delivery")
    assert texts(app) == []
    app.button(key="show_examples").click().run()
    told = texts(app)
    assert not app.exception and 1 <= len(told) <= 3
    declared = kept(demo, "themes").theme("delivery").words
    stems = [word.rstrip("*").lower() for word in declared]
    for text in told:
        marked = re.findall(r":orange-background\[([^]]*)\]", text)
        assert marked and all(any(stem in mark.lower() for stem in stems) for mark in marked)


def test_viewers_get_counts_and_no_comment(
    opened: Open, demo: Path, monkeypatch: pytest.MonkeyPatch, words: Words
) -> None:
    as_role(monkeypatch, Role.VIEWER)
    app = opened(demo, "voice", theme="delivery")
    assert not app.error and not [button for button in app.button if button.key == "show_examples"]
    assert "Single comments are shown to people who may look into the data" in words(app)
    found = kept(demo, "themes").sources["survey_responses"].result
    counts = [one.counted.share.count for one in found.themes]
    shown = themes_table(app)["Comments"].tolist()[:-1]
    assert [cell == "hidden" for cell in shown] == [0 < count < 5 for count in counts]
    assert True in [0 < count < 5 for count in counts]  # the demo has such themes


def test_an_auditor_sees_all_counts(opened: Open, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_role(monkeypatch, Role.AUDITOR)
    app = opened(demo, "voice")
    assert "hidden" not in themes_table(app)["Comments"].tolist()
    assert [button for button in app.button if button.key == "show_examples"]


HOSTILE = [
    "<script>alert(1)</script> late", "[x](javascript:alert(1))", "![p](http://evil.example/p.png)", "$\\frac{a}{b}$",
    ":red-background[x]", "`code` **bold** # head", "=1+1", "www.evil.example", "~~x~~ | cell | <b>",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_comment_holds_is_shown_and_never_run(text: str) -> None:
    shown = _highlighted(Example(Line("L", 2), (Piece("so "), Piece("late", "late"), Piece(" "), Piece(text))))
    assert shown.startswith("so :orange-background[late] ")
    rest = shown.removeprefix("so :orange-background[late] ")
    assert not re.search(r"(?<!\\)[<>\[\]`*$|~]", rest)
    assert re.sub(r"\\(.)", r"\1", rest).replace("\N{WORD JOINER}", "") == text


def test_a_theme_s_name_of_the_organisation_s_own_is_text(opened: Open, own_demo: Path) -> None:
    def renamed(told: Any) -> Any:
        for theme in told["themes"]:
            theme["name"] = {"en": "<b>x</b> [y](z)", "zh": "甲"}
        return told

    rewrite(own_demo, "themes", renamed)
    names = themes_table(opened(own_demo, "voice"))["Theme"].tolist()
    assert not any(re.search(r"(?<!\\)[<\[]", name) for name in names)


def test_the_chain_warns_that_a_correlation_is_no_cause(opened: Open, demo: Path, words: Words) -> None:
    app = opened(demo, "voice", lag="1")
    told = words(app)
    assert "A correlation is no cause" in told and "found by the names of the region" in told
    table = next(each.value for each in app.table if "Is it clear?" in each.value)
    lags = kept(demo, "service_profit").chain.result.links[0].found.result.lags
    assert table["Pairs"].tolist() == [str(lag.pairs) for lag in lags]
    (one,) = (lag for lag in lags if lag.lag == 1)
    assert f"{one.pairs} pairs of {one.units} units one quarter later" in told


@pytest.mark.parametrize("lag", ["0", "2", "4", "99", "x"])
def test_a_lag_is_chosen_by_the_address(opened: Open, demo: Path, lag: str) -> None:
    app = opened(demo, "voice", lag=lag)
    assert not app.error and not app.exception
    assert app.segmented_control(key="lag").value == (lag if lag in "01234" else app.segmented_control(key="lag").value)


def test_each_link_of_the_chain_can_be_looked_at(opened: Open, demo: Path, words: Words) -> None:
    assert "Customers who bought again" in words(opened(demo, "voice", link="1"))


def test_in_chinese_the_headings_are_chinese(opened: Open, demo: Path) -> None:
    headings = [each.value for each in opened(demo, "voice", lang="zh").header][-2:]
    assert len(headings) == 2 and not any(re.search("[a-z]{3}", each) for each in headings)


@pytest.mark.parametrize("name", ["themes", "service_profit"])
def test_without_data_the_page_says_what_to_load(opened: Open, own_demo: Path, words: Words, name: str) -> None:
    silent = {"result": None, "because": {"en": "nothing is loaded of it", "zh": "无"}, "warning": None}
    empty = {
        "themes": {"themes": [], "sources": {"survey_responses": silent}},
        "service_profit": {"chain": silent},
    }[name]
    rewrite(own_demo, name, lambda _told: empty)
    app = opened(own_demo, "voice")
    assert "nothing is loaded of it" in words(app) and not app.error
    assert any("Load data" in str(each.proto.label) for each in app.get("page_link"))


def test_a_run_of_before_asks_for_a_new_one(opened: Open, own_demo: Path, words: Words) -> None:
    workspace = open_workspace(own_demo)
    run = results.latest(workspace)
    assert run
    (workspace.runs / run.id / "themes.json").unlink()
    app = opened(own_demo, "voice")
    assert [button for button in app.button if button.key == "run_again"]
    assert "What do they write about?" not in words(app)
