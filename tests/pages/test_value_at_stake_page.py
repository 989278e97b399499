"""Value at stake: figures with the assumptions they rest on, what is missing first, and forms for those who may."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from audit.access import roles
from audit.access.roles import Role
from audit.assumption import NAMES, Assumption, title
from audit.records import Records, assumptions
from audit.records.assumptions import assumption_of
from pages.components.words import plain
from pipelines.analyses.lifetime_value.found import FILE as LIFETIME
from pipelines.analyses.value_base.found import FILE as BASE
from pipelines.runs import results
from pipelines.workspace import SetUp, make_workspace, open_workspace
from pipelines.worth.of_run import AtStake, at_stake
from pipelines.worth.words import assumed_sentence, stake_sentence, survey_sentence

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def records(folder: Path) -> Records:
    return open_workspace(folder).open_records()


OWNED = [
    ("contribution_margin", 31, "Controller", "Contribution accounts of 2025"),
    ("discount_rate", 7, "Controller", "Rate for investments"),
    ("horizon", 36, "Managing Director", "Length of the plan for sales"),
    ("share_that_complains", 4, "Quality Manager", "Training of 2019"),
    ("told_by_each", 10, "Quality Manager", "Training of 2019"),
]


@pytest.fixture(scope="module")
def owned(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with some assumptions that somebody owns, for reading only."""
    folder = shutil.copytree(demo, tmp_path_factory.mktemp("owned") / "demo")
    with records(folder) as kept:
        for name, value, owner, source in OWNED:
            made = assumption_of({"name": name, "value": value, "owner": owner, "source": source})
            assumptions.set_assumption(kept, made, "Ann", "agreed in spring")
    return folder


@pytest.fixture
def own(owned: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return shutil.copytree(owned, tmp_path / "own")


def run_folder(folder: Path) -> Path:
    workspace = open_workspace(folder)
    run = results.latest(workspace)
    assert run is not None
    return workspace.runs / run.id


def found(folder: Path) -> AtStake:
    with records(folder) as kept:
        one = at_stake(run_folder(folder), assumptions.standing(kept))
    assert one is not None
    return one


def field(app: AppTest, label: str) -> Any:
    return next(each for each in [*app.text_input, *app.selectbox] if each.label.startswith(label))


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def as_role(monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    """Whoever sits there has this role; the records ask for it themselves at every change."""
    allowed = roles.PERMISSIONS
    mine = {
        action: (who | {Role.LOCAL_USER} if role in who else who - {Role.LOCAL_USER}) for action, who in allowed.items()
    }
    monkeypatch.setattr(roles, "PERMISSIONS", mine)


def test_each_figure_is_said_and_what_nobody_owns_is_named(opened: Open, owned: Path, words: Words) -> None:
    app, one = opened(owned, "value_at_stake"), found(owned)
    told = words(app)
    assert app.title[0].value.startswith("One customer in a hundred more who stays is worth ")
    assert all(plain(stake_sentence(stake).en) in told for stake in one.stakes) and not app.error
    assert {stake.name for stake in one.stakes if stake.worth} >= {"lifetime_value", "point_of_retention"}
    assert "Some figures wait for an assumption" in told and plain(title("cost_of_keeping").en) in told
    for sentence in (assumed_sentence(one.unheard), survey_sentence(one.unheard)):
        assert plain(sentence.en) in told


def test_every_picture_has_a_sentence_and_the_steps_behind_it(opened: Open, owned: Path) -> None:
    app = opened(owned, "value_at_stake")
    charts = app.get("plotly_chart")
    assert len(charts) >= 3 and all(len(chart.proto.alt) > 30 for chart in charts)
    behind = [each for each in app.expander if "behind the chart" in each.label]
    whole = sum(stake.worth is not None for stake in found(owned).stakes)
    assert len(behind) == whole + 3  # the figures side by side, the steps of each, and both ways to the unheard


def test_every_assumption_is_listed_with_its_owner_or_as_nobodys(opened: Open, owned: Path) -> None:
    (listed,) = [each.value for each in opened(owned, "value_at_stake").table if len(each.value) == len(NAMES)]
    texts = [" ".join(map(str, row)) for row in listed.to_numpy()]
    with records(owned) as kept:
        owned = {each.assumption.name: each for each in assumptions.every(kept)}
    assert 0 < len(owned) < len(NAMES)
    for name, text in zip(NAMES, texts, strict=True):
        assert plain(title(name).en) in text
        if name in owned:
            own = owned[name].assumption
            assert "your assumption" in text and plain(own.owner) in text and plain(own.source) in text
        else:
            assert "nobody owns it" in text


def test_a_quality_manager_sets_what_is_missing_and_the_figure_appears(
    opened: Open, own: Path, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_role(monkeypatch, Role.QUALITY_MANAGER)
    for name, value in (("cost_of_keeping", "150"), ("winning_over_keeping", "5")):
        app = opened(own, "value_at_stake")
        field(app, "Assumption").set_value(name).run()
        for label, text in {"Value": value, "Who answers": "Ann", "Where it": "2025 books", "Your reason": "x"}.items():
            field(app, label).set_value(text).run()
        press(app, "Keep the assumption")
        assert not app.error
    with records(own) as kept:
        held = assumptions.standing(kept)
    assert (held["cost_of_keeping"], held["winning_over_keeping"]) == (150.0, 5.0)
    app = opened(own, "value_at_stake")
    assert "Winning as many customers as were lost in a year costs" in words(app)


@pytest.mark.parametrize(
    ("value", "owner", "said"),
    [("five", "Ann", "is no number"), ("500", "Ann", "makes no sense"), ("30", " ", "who answers for it")],
)
def test_what_makes_no_sense_is_refused_in_words_and_changes_nothing(
    opened: Open, own: Path, value: str, owner: str, said: str
) -> None:
    with records(own) as kept:
        before = assumptions.every(kept)
    app = opened(own, "value_at_stake")
    for label, text in {"Value": value, "Who answers": owner, "Where it": "books", "Your reason": "x"}.items():
        field(app, label).set_value(text).run()
    press(app, "Keep the assumption")
    assert any(said in each.value for each in app.error)
    with records(own) as kept:
        assert assumptions.every(kept) == before


def test_a_withdrawn_assumption_takes_its_figures_with_it(opened: Open, own: Path, words: Words) -> None:
    app = opened(own, "value_at_stake")
    [each for each in app.selectbox if each.label == "Assumption"][1].set_value("horizon").run()
    [each for each in app.text_input if each.label == "Your reason"][1].set_value("too far").run()
    press(app, "Withdraw it")
    told = words(opened(own, "value_at_stake"))
    assert "Nobody owns the assumption 'horizon'" in told.replace("\\", "")
    assert "One customer in a hundred" not in told


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUDITOR])
def test_others_read_and_cannot_change(
    opened: Open, owned: Path, words: Words, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    as_role(monkeypatch, role)
    app = opened(owned, "value_at_stake")
    assert "Quality managers set and withdraw assumptions." in words(app)
    assert not app.text_input and not [each for each in app.button if "ssumption" in each.label]
    assert "Contribution accounts of 2025" in str([each.value.to_numpy() for each in app.table])


def test_in_chinese_every_sentence_is_the_chinese_one(opened: Open, owned: Path, words: Words) -> None:
    told, one = words(opened(owned, "value_at_stake", lang="zh")), found(owned)
    assert all(plain(stake_sentence(stake).zh) in told for stake in one.stakes)
    assert plain(survey_sentence(one.unheard).zh) in told


def test_without_a_run_it_says_what_to_load(opened: Open, tmp_path: Path) -> None:
    make_workspace(tmp_path / "new", SetUp(organisation="New"))
    app = opened(tmp_path / "new", "value_at_stake")
    assert app.title[0].value == "Nothing has been assessed yet" and not app.error


def test_without_any_assumption_nothing_is_worth_anything(opened: Open, own: Path, words: Words) -> None:
    with records(own) as kept:
        for each in assumptions.every(kept):
            assumptions.withdraw(kept, each.assumption.name, None, "Ann", "start anew")
    app = opened(own, "value_at_stake")
    told = words(app).replace("\\", "")
    assert app.title[0].value == "Nothing can be said of what is at stake yet"
    assert "Nobody owns the assumption 'contribution margin', 'discount rate', 'horizon'" in told
    assert plain(survey_sentence(found(own).unheard).en) in words(app), "what is measured needs no assumption"


def test_a_run_of_before_offers_another(opened: Open, own: Path) -> None:
    for file in (LIFETIME, BASE):
        (run_folder(own) / file).unlink()
    app = opened(own, "value_at_stake")
    assert app.title[0].value == "What is at stake was not looked into yet"
    assert any(button.label.startswith("Run the assessment") for button in app.button)


def test_data_that_cannot_be_trusted_gives_no_figure(opened: Open, own: Path, words: Words) -> None:
    because = {"en": "the gate stopped the file orders.csv", "zh": "文件 orders.csv 被检验拦下"}
    for file in (LIFETIME, BASE):
        kept = json.loads((run_folder(own) / file).read_text("utf-8"))
        for name, part in kept.items():
            if isinstance(part, dict):
                kept[name] = part | {"result": None, "because": because}
        (run_folder(own) / file).write_text(json.dumps(kept), "utf-8")
    app = opened(own, "value_at_stake")
    told = words(app).replace("\\", "")
    assert app.title[0].value == "Nothing can be said of what is at stake yet"
    assert "the gate stopped the file orders.csv" in told and not app.get("plotly_chart")


def few(folder: Path, count: int) -> None:
    """As many customers at risk, whoever they are."""
    file = run_folder(folder) / LIFETIME
    kept = json.loads(file.read_text("utf-8"))
    one = {"customer": "p-1", "key": True, "purchases": 5, "last_on": "2026-01-31", "alive": 12.0, "if_alive": 900.0,
           "expected": 100.0}  # fmt: skip
    risk = {"customers": count, "key": 1, "often": 2, "if_alive": 900.0 * count, "expected": 100.0 * count}
    kept["at_risk"]["result"] = risk | {"most": [one | {"customer": f"p-{at}"} for at in range(count)]}
    file.write_text(json.dumps(kept), "utf-8")


@pytest.mark.parametrize(("count", "hidden"), [(1, True), (400, False)])
def test_few_customers_at_risk_are_not_told_to_viewers(
    opened: Open, own: Path, words: Words, monkeypatch: pytest.MonkeyPatch, count: int, hidden: bool
) -> None:
    few(own, count)
    sentence = "have more likely stopped than not"
    assert sentence in words(opened(own, "customers")) and "p-0" in str(
        [each.value.to_numpy() for each in opened(own, "customers").table]
    )
    as_role(monkeypatch, Role.VIEWER)
    app = opened(own, "customers")
    assert (sentence not in words(app)) == hidden
    assert "p-0" not in str([each.value.to_numpy() for each in app.table]), "no row of a single customer for viewers"
    assert ("of margin in a year is at stake" not in words(opened(own, "value_at_stake"))) == hidden


def test_key_customers_and_those_at_risk_stand_on_the_page_of_customers(
    opened: Open, owned: Path, words: Words
) -> None:
    app = opened(owned, "customers")
    told = words(app)
    assert "Key customers, and customers at risk" in told and "purchases foretold" in told
    assert "key customers stand for" in told and not app.error


def test_an_assumption_of_a_person_cannot_break_the_page(opened: Open, own: Path) -> None:
    nasty = Assumption(name="retention_gain", value=2, owner="<b>$x$ [a](http://x)", source="`a` | b\n# c")
    with records(own) as kept:
        assumptions.set_assumption(kept, nasty, "Ann", ":red[x]")
    app = opened(own, "value_at_stake")
    assert not app.error and any(
        plain("<b>$x$ [a](http://x)") in each.value.to_numpy().ravel().tolist() for each in app.table
    )
