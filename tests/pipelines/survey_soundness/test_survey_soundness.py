"""What a run finds of a survey: counted again by pandas, the same numbers as the KPIs, and silent on bad data."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from audit.measurement import Measurement
from audit.records import Records, loads
from pipelines import definitions
from pipelines.load import load
from pipelines.measure import measure
from pipelines.measuring import facts
from pipelines.measuring.periods import Period, periods
from pipelines.measuring.trust import Trust
from pipelines.methods.refused import Refused
from pipelines.run import run
from pipelines.runs import results
from pipelines.survey_soundness import answers
from pipelines.survey_soundness.batteries import scales
from pipelines.survey_soundness.figures import ANSWERS, _figure
from pipelines.survey_soundness.found import FILE, Soundness, Survey, soundness_of
from pipelines.survey_soundness.points import verdict
from pipelines.survey_soundness.survey import soundness as look
from pipelines.upkeep.integrity import damage
from pipelines.workspace import SetUp, Workspace, make_workspace, open_workspace
from tests.pipelines.made_survey import DRIVERS, FIRST, LAST, OFTEN_OPEN, TURNED, Made, made

pytestmark = pytest.mark.xdist_group("soundness")


def clock() -> dt.datetime:
    return dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


def filled(folder: Path, files: dict[str, str]) -> Workspace:
    workspace = make_workspace(folder, SetUp(organisation="Ours", as_of=LAST, begins=FIRST))
    with workspace.open_records(clock) as records:
        for source, content in files.items():
            put(workspace, records, source, content)
    return workspace


def looked(workspace: Workspace) -> Soundness:
    """As a run does it, with the KPIs that are needed alone."""
    at = facts.versions(workspace)
    with workspace.open_records(clock) as records, facts.opened(workspace, at) as connection:
        trust = Trust(connection, at, loads.every(records), LAST)
        kpis = [definitions.kpis()[name] for name in ("survey_response_rate", *ANSWERS)]
        measured = measure(connection, trust, periods(FIRST, LAST, {12}), kpis=kpis)
        return look(connection, trust, measured, FIRST, LAST)


def put(workspace: Workspace, records: Records, source: str, content: str) -> None:
    load(workspace, records, content.encode(), f"{source}.csv", source, definitions.mapping(None, source), "Ann")


def soundness(workspace: Workspace) -> Soundness:
    made_last = results.latest(workspace)
    assert made_last is not None
    found = soundness_of(workspace.runs / made_last.id)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def survey() -> Made:
    return made()


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory, survey: Made) -> Workspace:
    """For reading only."""
    workspace = filled(tmp_path_factory.mktemp("sound") / "house", survey.files())
    with workspace.open_records(clock) as records:
        run(workspace, records)
    return workspace


@pytest.fixture(params=["audit_period", "rolling_12_months"])
def found(request: pytest.FixtureRequest, ours: Workspace) -> Survey:
    return next(one for one in soundness(ours).surveys if one.grain == request.param)


def dated(frame: pd.DataFrame, column: str, found: Survey) -> pd.DataFrame:
    days = pd.to_datetime(frame[column]).dt.date
    return frame[(days >= found.starts) & (days <= found.ends)]


def base(survey: Made, found: Survey) -> pd.DataFrame:
    left = pd.to_datetime(survey.customers["left_on"])
    return survey.customers[left.isna() | (left > pd.Timestamp(found.ends))]


def kpi(ours: Workspace, found: Survey, name: str) -> pd.Series:
    made_last = results.latest(ours)
    assert made_last is not None
    rows = results.measurements(ours, made_last.id, kpi=name, grain=found.grain, by="")
    return rows[rows["ends"] == found.ends].iloc[-1]


def test_the_periods_are_the_audits_and_the_latest_twelve_months(ours: Workspace) -> None:
    spans = [(one.starts, one.ends) for one in soundness(ours).surveys]
    assert spans == [(FIRST, LAST), (dt.date(2025, 7, 1), LAST)]


@pytest.mark.parametrize("dimension", ["segment", "region", "key_customer"])
def test_respondents_and_customers_by_pandas(survey: Made, found: Survey, dimension: str) -> None:
    customers = base(survey, found)
    answered = set(dated(survey.responses, "answered_on", found)["customer_id"])
    result = found.who[dimension].result
    assert result is not None
    counts = {group.name: (group.population, group.respondents) for group in result.groups}
    by_hand = customers.assign(answered=customers["customer_id"].isin(answered)).groupby(dimension)["answered"]
    assert counts == {name: (len(group), group.sum()) for name, group in by_hand}


def test_customers_by_revenue_are_pareto_classes(survey: Made, found: Survey) -> None:
    spent = dated(survey.orders, "ordered_at", found).groupby("customer_id")["amount"].sum()
    ranked = spent.sort_values(ascending=False)
    above = (ranked.cumsum() - ranked) / ranked.sum()
    classes = pd.Series(np.where(above < 0.8, "A", np.where(above < 0.95, "B", "C")), index=ranked.index)
    by_hand = base(survey, found)["customer_id"].map(classes).fillna("none").value_counts().to_dict()
    result = found.who["revenue"].result
    assert result is not None
    assert {group.name: group.population for group in result.groups} == by_hand


def test_the_share_who_answered_is_that_of_the_kpi(ours: Workspace, found: Survey) -> None:
    for part in found.who.values():
        assert part.result is not None
        share = 100 * part.result.respondents / part.result.population
        assert share == pytest.approx(kpi(ours, found, "survey_coverage")["value"])


def test_the_difference_of_late_answers_is_that_of_the_kpi(ours: Workspace, found: Survey) -> None:
    row, result = kpi(ours, found, "late_early_difference"), found.early_late.result
    assert result is not None
    assert abs(result.difference.value) == pytest.approx(row["value"])
    assert min(result.early.n, result.late.n) == row["n"]
    assert sorted(abs(end) for end in (result.difference.low, result.difference.high)) == pytest.approx(
        [row["low"], row["high"]]
    )


def test_response_rates_by_pandas(survey: Made, found: Survey, ours: Workspace) -> None:
    invited = dated(survey.invitations, "invited_on", found)
    forms = survey.responses.set_index("invitation_id")
    answered = invited["invitation_id"].isin(forms.index)
    whole = forms[["satisfaction", "recommend", "ease"]].notna().all(axis=1)
    finished = invited["invitation_id"].isin(whole[whole].index)
    result = found.response.result
    assert result is not None
    assert (result.invited, result.answered, result.finished) == (len(invited), answered.sum(), finished.sum())
    assert result.value == kpi(ours, found, "survey_response_rate")["value"]
    assert result.strict == pytest.approx(100 * finished.mean())
    assert (result.bounced, result.unmatched) == (None, 0)


def test_questions_left_open_by_pandas(survey: Made, found: Survey) -> None:
    rows = dated(survey.answers, "answered_on", found)
    result = found.non_response["survey_answers"].result
    assert result is not None
    for question in result.questions:
        own = rows[rows["question"] == question.question]
        aside = own["not_applicable"] == "true"
        open_ = own["score"].isna() & ~aside
        assert (question.asked, question.not_applicable, question.skipped) == (len(own), aside.sum(), open_.sum())
    assert result.questions[0].question == OFTEN_OPEN
    assert result.returned.all == rows["response_id"].nunique()


def test_the_same_answer_throughout_by_pandas(survey: Made, found: Survey) -> None:
    rows = dated(survey.answers, "answered_on", found)
    forms = rows.dropna(subset="score").groupby("response_id")["score"].agg(["count", "min", "max", "mean"])
    able = forms[forms["count"] >= 4]
    alike = able["min"] == able["max"]
    assert found.straight_lining.result is not None
    (one,) = found.straight_lining.result
    assert one.found.result is not None
    assert (one.found.result.able, one.found.result.alike) == (len(able), alike.sum())
    assert one.found.result.mean == pytest.approx(able["mean"].astype(float).mean(), abs=1e-6)
    assert one.found.result.mean_of_others == pytest.approx(able["mean"][~alike].astype(float).mean(), abs=1e-6)


@pytest.mark.parametrize("driver", ["quality", "service"])
def test_alpha_of_a_driver_by_pandas(survey: Made, found: Survey, driver: str) -> None:
    rows = dated(survey.answers, "answered_on", found)
    wide = rows.pivot(index="response_id", columns="question", values="score")[list(DRIVERS[driver])]
    whole = wide.dropna().astype(float)
    k = whole.shape[1]
    alpha = k / (k - 1) * (1 - whole.var().sum() / whole.sum(axis=1).var())
    scale = next(one for one in found.reliability.result or () if one.battery.driver == driver)
    assert scale.found.result is not None
    assert (scale.found.result.n, scale.some) == (len(whole), wide.notna().any(axis=1).sum())
    assert scale.found.result.alpha == pytest.approx(alpha)
    assert scale.found.result.opposite == ((TURNED,) if driver == "service" else ())


def test_a_driver_of_one_question_has_no_reliability_of_its_own(found: Survey) -> None:
    assert {one.battery.driver for one in found.reliability.result or ()} == {"", "quality", "service"}


def test_the_margin_of_error_is_that_of_the_kpi(ours: Workspace, found: Survey) -> None:
    result = found.figures["csat_top_2_box"].result
    assert result is not None
    # the KPI's query has the constants of the interval with seven digits
    assert result.margin == pytest.approx(kpi(ours, found, "satisfaction_margin_of_error")["value"], rel=1e-5)
    row = kpi(ours, found, "csat_top_2_box")
    assert (result.value, result.n, result.low, result.high) == (row["value"], row["n"], row["low"], row["high"])


def test_answers_that_are_all_alike_have_no_margin_of_error() -> None:
    alike = Measurement(
        "mean_satisfaction", "score", "month", "2026-03", dt.date(2026, 3, 1), dt.date(2026, 3, 31), "", "", 5.0, 40
    )
    with pytest.raises(Refused, match="how far chance reaches cannot be told"):
        _figure(alike, None)


def test_weights_make_the_answers_look_like_the_customers(survey: Made, ours: Workspace) -> None:
    found = soundness(ours).surveys[0]
    result = found.weights.result
    assert result is not None
    customers = base(survey, found)
    for at, dimension in enumerate(("segment", "region")):
        total = sum(cell.n * cell.weight for cell in result.cells)
        for name, share in customers[dimension].value_counts(normalize=True).items():
            own = sum(cell.n * cell.weight for cell in result.cells if cell.groups[at] == name)
            assert own / total == pytest.approx(share, abs=1e-9)
    rows = dated(survey.responses, "answered_on", found).dropna(subset="satisfaction")
    inside = rows["customer_id"].isin(customers["customer_id"])
    assert (result.weights.n, result.left_out) == (inside.sum(), (~inside).sum())
    assert result.satisfied_plain.value == pytest.approx(100 * (rows["satisfaction"][inside] >= 4).mean())
    assert result.mean_plain.value == pytest.approx(rows["satisfaction"][inside].astype(float).mean())


def test_a_region_that_nobody_asked_is_named_and_stops_the_weighting(ours: Workspace) -> None:
    latest = soundness(ours).surveys[1]
    points = {point.subject: point for point in latest.points}
    assert points["who"].state == "weak" and "nobody of West answered" in points["who"].told.en
    assert points["who"].then is not None and "West" in points["who"].then.en
    assert points["weights"].state == "not evaluated" and "no weight can speak for them" in points["weights"].told.en


def test_what_was_planted_is_found_and_said_first(found: Survey) -> None:
    states = {point.subject: point.state for point in found.points}
    assert states["early_late"] == states["non_response"] == states["reliability"] == "weak"
    assert (states["response"], states["straight_lining"], states["figures"]) == ("stated",) * 3
    assert "with care" in verdict(found.points).en


def test_the_same_data_says_the_same_whenever_it_is_asked(ours: Workspace) -> None:
    assert looked(ours) == soundness(ours)


def test_a_run_of_before_says_nothing(ours: Workspace, tmp_path: Path) -> None:
    copy = open_workspace(shutil.copytree(ours.folder, tmp_path / "old"))
    latest = results.latest(copy)
    assert latest is not None
    (copy.runs / latest.id / FILE).unlink()
    assert soundness_of(copy.runs / latest.id) is None


def test_a_sample_of_very_many_questionnaires_is_drawn_and_told(ours: Workspace, survey: Made) -> None:
    at, period = facts.versions(ours), Period("audit_period", "", FIRST, LAST)
    latest = results.latest(ours)
    assert latest is not None
    with facts.opened(ours, at) as connection:
        trust = Trust(connection, at, results.loads(ours, latest.id), LAST)
        with answers.drawn(connection, trust, period, most=100) as some:
            drawn, one_in = scales(some).result, some.one_in
    count = survey.answers["response_id"].nunique()
    assert one_in == -(-count // 100)
    assert drawn is not None and 0 < drawn[0].some < count / one_in * 1.5


NO_ANSWERS = ["who", "response", "early_late", "non_response", "straight_lining", "reliability", "figures", "weights"]


@pytest.mark.parametrize(
    ("missing", "silent", "speaking"),
    [
        (
            "survey_invitations",
            ["response", "early_late"],
            ["who", "non_response", "reliability", "figures", "weights"],
        ),
        (
            "survey_answers",
            ["straight_lining"],
            ["who", "response", "early_late", "non_response", "figures", "weights"],
        ),
        ("customers", ["who", "weights"], ["non_response", "straight_lining", "reliability"]),
        ("survey_responses", ["who", "early_late", "figures", "weights"], ["straight_lining", "reliability"]),
        ("orders", [], NO_ANSWERS),
    ],
)
def test_without_a_source_what_rests_on_it_is_not_evaluated(
    survey: Made, tmp_path: Path, missing: str, silent: list[str], speaking: list[str]
) -> None:
    files = {name: content for name, content in survey.files().items() if name != missing}
    found = looked(filled(tmp_path / "house", files)).surveys[0]
    states = {point.subject: point.state for point in found.points}
    assert [name for name in silent if states[name] != "not evaluated"] == []  # type: ignore[index]
    assert [name for name in speaking if states[name] == "not evaluated"] == []  # type: ignore[index]
    for name in silent:
        told = next(point.told.en for point in found.points if point.subject == name)
        assert "nothing is loaded" in told
    if missing == "orders":
        assert found.who["revenue"].result is None and found.who["segment"].result is not None


@pytest.mark.parametrize(
    ("source", "spoil", "silent"),
    [
        # scores beyond their scale: the gate stops the whole file
        ("survey_answers", lambda text: text.replace(",1,10,quality", ",1,5,quality"), "straight_lining"),
        # a customer who left before coming: the gate stops the whole file
        ("customers", lambda text: text + "C9999,Public,North,2025-05-01,2024-01-01,false\n", "who"),
        # a tenth of the rows has no readable date: more than the contract tolerates
        ("survey_invitations", lambda text: _unreadable(text), "response"),
    ],
)
def test_data_that_failed_the_gate_says_nothing(
    survey: Made, tmp_path: Path, source: str, spoil: Callable[[str], str], silent: str
) -> None:
    files = survey.files()
    found = looked(filled(tmp_path / "house", files | {source: spoil(files[source])})).surveys[0]
    point = next(point for point in found.points if point.subject == silent)
    assert point.state == "not evaluated"
    assert any(words in point.told.en for words in ("gate stopped", "were refused", "nothing is loaded"))


def _unreadable(text: str) -> str:
    lines = text.splitlines()
    return "\n".join(line.replace("-", "/", 2) if at % 10 == 5 else line for at, line in enumerate(lines)) + "\n"


def test_the_run_with_its_survey_is_whole(ours: Workspace) -> None:
    with ours.open_records(clock) as records:
        assert list(damage(ours, records)) == []
