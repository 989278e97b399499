"""The Kano answers of a run: 24 months, whole pairs, the segments of the customers, and when nothing is said."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pandas as pd
import pytest
from hand_made import Rows, broke, load_of, tables

from audit.load import Load
from pipelines.analyses import kano
from pipelines.analyses.asked import Asked
from pipelines.analyses.kano.found import Kano
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Trust
from pipelines.methods.kano import LEAST
from pipelines.workspace import SetUp, Workspace, make_workspace

ENDS = dt.date(2026, 3, 31)
PERIOD = Period("audit_period", "2025-04-01 to 2026-03-31", dt.date(2025, 4, 1), ENDS)
BOTH = ("kano_answers", "customers")
MUST, PLEASES = ("neutral", "dislike"), ("like", "neutral")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("kano") / "new"
    make_workspace(folder, SetUp(organisation="New"))
    return Workspace(folder, SetUp(organisation="New"))


def answers(count: int, pair: tuple[str | None, str | None], **more: Any) -> list[dict[str, Any]]:
    return [{"functional": pair[0], "dysfunctional": pair[1]} | more for _ in range(count)]


def seen(workspace: Workspace, rows: Rows, *loads: Load) -> Kano:
    with tables(rows) as connection:
        trust = Trust(connection, BOTH, loads or [load_of(name) for name in rows], ENDS)
        asked = Asked(connection, trust, workspace, PERIOD, PERIOD, pd.DataFrame())
        found: Kano = kano.look(asked)
    assert kano.FOUND.validate_json(kano.FOUND.dump_json(found)) == found
    assert all(section.sentence.en and section.sentence.zh for section in kano.sections(found))
    return found


def test_whole_pairs_of_each_feature_are_counted(workspace: Workspace) -> None:
    rows = [
        *answers(15, MUST), *answers(10, PLEASES), *answers(3, ("like", None)), *answers(2, (None, "dislike")),
        *answers(22, PLEASES, feature="g"), *answers(LEAST - 1, PLEASES, feature="few"),
    ]  # fmt: skip
    found = seen(workspace, {"kano_answers": [*rows, *answers(7, (None, None))]})
    assert (found.starts, found.ends) == (dt.date(2024, 4, 1), ENDS)
    classes = found.classes.result
    assert classes is not None
    by = {each.feature: each for each in classes.features}
    assert (by["f"].n, by["f"].kano_class, by["f"].second, by["f"].lead) == (25, "must-be", "attractive", 5)
    assert by["g"].kano_class == "attractive" and set(by) == {"f", "g"}
    assert (classes.respondents, classes.half, dict(classes.thin)) == (len(rows), 5, {"few": LEAST - 1})


@pytest.mark.parametrize(
    ("day", "counts"), [("2024-03-31", False), ("2024-04-01", True), ("2026-03-31", True), ("2026-04-01", False)]
)
def test_answers_of_the_latest_24_months_count(workspace: Workspace, day: str, counts: bool) -> None:
    late = [*answers(LEAST, PLEASES, answered_on=day), *answers(1, PLEASES, feature="h")]
    found = seen(workspace, {"kano_answers": late}).classes
    assert (found.result is not None) == counts
    assert counts or (found.because and "the most are 1" in found.because.en)


def of_segments() -> Rows:
    customers = [{"customer_id": f"{name}1", "segment": name} for name in "PI"] + [
        {"customer_id": "N", "segment": None}
    ]
    return {
        "customers": customers,
        "kano_answers": [
            *answers(25, MUST, customer_id="P1"), *answers(21, PLEASES, customer_id="I1"),
            *answers(9, MUST, customer_id="N"), *answers(9, MUST, customer_id=None),
        ],
    }  # fmt: skip


def test_segments_are_those_of_the_customers(workspace: Workspace) -> None:
    found = seen(workspace, of_segments())
    assert found.classes.result and found.classes.result.features[0].n == 64
    assert found.segments.result is not None
    (feature,) = found.segments.result
    assert [(name, each.n, each.kano_class) for name, each in feature.segments] == [
        ("I", 21, "attractive"), ("P", 25, "must-be"),
    ]  # fmt: skip
    assert feature.differ and kano.sections(found)[1].rows


def test_the_order_of_rows_changes_nothing(workspace: Workspace) -> None:
    rows = of_segments()
    before = kano.FOUND.dump_json(seen(workspace, rows))
    random.Random(3).shuffle(rows["kano_answers"])
    assert kano.FOUND.dump_json(seen(workspace, rows)) == before


GOOD = load_of("kano_answers", months={"2026-03": 100})
SILENT = [
    # loads -> why there is no class
    ((), "nothing is loaded of Kano answers; load a file"),
    ((load_of("kano_answers", delivered=("response_id", "feature", "answered_on", "functional")),), "dysfunctional"),
    ((GOOD, load_of("kano_answers", "bad", published=False, version=None, months={"2026-03": 10},
              gate=(broke("feature", {"2026-03": 3}, severity="critical"),))), "the gate stopped the file bad.csv"),
    ((load_of("kano_answers", gate=(broke("functional", {"2026-03": 40}),)),), "functional matters"),
]  # fmt: skip


@pytest.mark.parametrize(("loads", "why"), SILENT, ids=[why for _, why in SILENT])
def test_what_cannot_be_trusted_has_no_class(workspace: Workspace, loads: tuple[Load, ...], why: str) -> None:
    rows: Rows = {"kano_answers": answers(30, MUST)} if loads else {}
    found = seen(workspace, rows, *(loads or (load_of("customers"),)))
    assert found.classes.result is None and found.segments.result is None
    assert found.classes.because and why in found.classes.because.en and found.classes.because.zh
    assert kano.sections(found)[0].rows == ()


def test_without_customers_there_are_classes_and_no_segments(workspace: Workspace) -> None:
    found = seen(workspace, {"kano_answers": answers(30, MUST)})
    assert found.classes.result and found.segments.result is None
    assert found.segments.because and "Customers" in found.segments.because.en


def test_answers_that_are_two_years_old_are_stale(workspace: Workspace) -> None:
    found = seen(workspace, {"kano_answers": answers(30, MUST, answered_on="2024-03-30")})
    assert found.classes.result is None
    assert found.classes.because and "the newest row of Kano answers" in found.classes.because.en
