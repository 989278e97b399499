"""The satisfaction index of a run: which answers it reads, by whose scale, which model, and when nothing is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from hand_made import broke, load_of

from audit.load import Load
from pipelines import definitions
from pipelines.analyses import satisfaction_index
from pipelines.analyses.asked import Asked
from pipelines.analyses.satisfaction_index import answers as reading
from pipelines.analyses.satisfaction_index.found import Found, SatisfactionIndex
from pipelines.analyses.satisfaction_index.words import mover
from pipelines.measuring.facts import sql_columns
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Trust
from pipelines.methods.path_model import LEAST, path_model
from pipelines.methods.path_model.structure import Structure
from pipelines.workspace import SetUp, Workspace
from tests.pipelines.path_models import BLOCKS, STRUCTURE
from tests.pipelines.path_models import answers as made

LATEST = Period("rolling_12_months", "2026-12", dt.date(2026, 1, 1), dt.date(2026, 12, 31))
N = 110
OURS = """title: {en: Our index, zh: 本公司指数}
source: {en: We, zh: 本公司}
index: satisfaction
latents:
"""
DRIVERS = {"image": "brand image", "quality": "perceived quality", "value": "perceived value",
           "satisfaction": "customer satisfaction", "loyalty": "loyalty"}  # fmt: skip
COLUMNS = sql_columns(definitions.sources()["survey_answers"])
Answers = list[dict[str, Any]]


def ours(blocks: dict[str, tuple[str, ...]] = BLOCKS) -> str:
    latents = "".join(
        f"  - id: {name}\n    name: {{en: Our {name}, zh: 我们的{name}}}\n    drivers: [{DRIVERS[name]}]\n"
        for name in blocks
    )
    pairs = (pair for pair in STRUCTURE.paths if set(pair) <= set(blocks))
    return f"{OURS}{latents}paths:\n" + "".join(f"  - {{from: {a}, to: {b}}}\n" for a, b in pairs)


def rows(scores: np.ndarray, lowest: int = 1, highest: int = 10, on: str = "2026-05-01", first: int = 0) -> Answers:
    """`scores` are 0 to 100; the rows hold them as the questionnaire had them."""
    width = highest - lowest
    return [
        {
            "response_id": f"R{first + at:04}", "question": question, "driver": DRIVERS[name], "answered_on": on,
            "score": None if np.isnan(score) else round(lowest + width * score / 100),
            "scale_lowest": lowest, "scale_highest": highest, "asks_for": "performance", "not_applicable": False,
        }
        for at, line in enumerate(scores)
        for (question, name), score in zip(
            ((q, name) for name, block in BLOCKS.items() for q in block), line, strict=True)
    ]  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "index-models").mkdir()
    (tmp_path / "index-models" / "ours.yaml").write_text(ours(), encoding="utf-8")
    return Workspace(tmp_path, SetUp(organisation="New"))


def seen(workspace: Workspace, given: Answers, *loads: Load) -> Found:
    with duckdb.connect() as connection:
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        connection.execute(f"create table survey_answers ({columns})")
        if given:
            frame = pd.DataFrame(given).assign(_load="survey_answers", _line=1)
            columns = ", ".join(frame.columns)
            connection.register("given", frame)
            connection.execute(f"insert into survey_answers ({columns}) select {columns} from given")
        trust = Trust(connection, ["survey_answers"], loads or [load_of("survey_answers")], LATEST.ends)
        asked = Asked(connection, trust, workspace, LATEST, LATEST, pd.DataFrame())
        found: Found = satisfaction_index.look(asked)
    kept = satisfaction_index.FOUND.dump_json(found)
    assert satisfaction_index.FOUND.validate_json(kept) == found
    assert all(section.sentence.en and section.sentence.zh for section in satisfaction_index.sections(found))
    return found


def index(found: Found) -> SatisfactionIndex:
    assert found.result is not None, found.because
    return found.result


@pytest.fixture(scope="module")
def scores() -> np.ndarray:
    return made(N)


def test_the_answers_are_fitted_as_the_method_fits_them(workspace: Workspace, scores: np.ndarray) -> None:
    found = index(seen(workspace, rows(scores)))
    assert found.fit == path_model(STRUCTURE, scores)
    assert (found.model, found.index, found.scales, found.one_in) == ("ours", "satisfaction", ((1, 10),), 1)
    assert (found.starts, found.ends, found.earlier) == (LATEST.starts, LATEST.ends, ())
    assert found.names["image"].zh == "我们的image" and found.value == found.fit.latent("satisfaction").index
    onto = {each.source: each.value for each in found.fit.effects if each.target == "satisfaction"}
    strongest = mover(found.fit, "satisfaction")
    assert strongest is not None and strongest.source == max(onto, key=lambda name: onto[name].value)


def test_the_order_of_the_rows_changes_not_a_byte(workspace: Workspace, scores: np.ndarray) -> None:
    given = rows(scores)
    turned = sorted(given, key=lambda row: (row["question"], row["score"]))
    kept = [satisfaction_index.FOUND.dump_json(seen(workspace, each)) for each in (given, turned, given[::-1])]
    assert len(set(kept)) == 1


def test_a_questionnaire_from_0_to_10_is_judged_by_its_own_scale(workspace: Workspace) -> None:
    given = made(N, lowest=0)
    found = index(seen(workspace, rows(given, lowest=0)))
    assert found.scales == ((0, 10),) and found.fit == path_model(STRUCTURE, given)
    wrong = path_model(STRUCTURE, 100 * (given / 10 - 1) / 9)  # the same answers, read as 1 to 10
    shift = found.value.value - wrong.latent("satisfaction").index.value
    assert shift == pytest.approx((100 - found.value.value) / 9) and shift > 3


def test_two_scales_in_one_year_are_each_their_own(workspace: Workspace, scores: np.ndarray) -> None:
    """A five-point scale of 25 points a step, and one of 0 to 8 with the very same places."""
    given = 25 * np.round(scores / 25)
    both = [*rows(given[:60], 1, 5), *rows(given[60:], 0, 8, first=60)]
    found = index(seen(workspace, both))
    assert found.scales == ((0, 8), (1, 5)) and found.fit == path_model(STRUCTURE, given)


def not_asked_for(scores: np.ndarray) -> Answers:
    """Importance, answers that count for nothing, other questions, other years."""
    more = rows(made(N, seed=9), first=N)
    some = ("importance", "not applicable", "elsewhere", "before", "after", "no scale")
    for at, row in enumerate(more):
        change = {
            "importance": {"asks_for": "importance"},
            "not applicable": {"not_applicable": True},
            "elsewhere": {"driver": "delivery", "question": "came in time"},
            "before": {"answered_on": "2025-12-31"},
            "after": {"answered_on": "2027-01-01"},
            "no scale": {"scale_highest": row["scale_lowest"]},
        }[some[at // len(STRUCTURE.questions) % len(some)]]
        row.update(change)
    return [*rows(scores), *more]


def test_what_is_no_answer_of_the_model_is_left_alone(workspace: Workspace, scores: np.ndarray) -> None:
    assert index(seen(workspace, not_asked_for(scores))).fit == path_model(STRUCTURE, scores)


def test_who_left_one_open_is_left_out_and_counted(workspace: Workspace, scores: np.ndarray) -> None:
    given = np.vstack([scores, scores[:7]])
    given[N:, 3] = np.nan
    found = index(seen(workspace, rows(given))).fit
    assert (found.n, found.left_out) == (N, 7)
    assert found.latents == path_model(STRUCTURE, scores).latents


def test_many_questionnaires_are_drawn_and_it_is_said(
    workspace: Workspace, scores: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading.wide, "__defaults__", (2 * N,))
    found = index(seen(workspace, rows(made(5 * N))))
    assert found.one_in == 3 and 0.2 * 5 * N < found.fit.n < 0.47 * 5 * N


def test_earlier_years_are_fitted_anew_while_they_are_whole(workspace: Workspace, scores: np.ndarray) -> None:
    before, thin = made(N, seed=8), made(LEAST - 1, seed=7)
    given = [*rows(scores), *rows(before, on="2025-07-01", first=N), *rows(thin, on="2024-07-01", first=2 * N)]
    found = index(seen(workspace, given))
    assert [each.ends for each in found.earlier] == [dt.date(2025, 12, 31)]
    assert found.earlier[0].index == path_model(STRUCTURE, before).latent("satisfaction").index


@pytest.mark.parametrize(
    ("named", "own", "model"),
    [
        (None, {"ours": BLOCKS}, "ours"),
        ("ours", {"ours": BLOCKS}, "ours"),
        (None, {"short": {name: BLOCKS[name] for name in ("quality", "satisfaction")}, "whole": BLOCKS}, "whole"),
        ("short", {"short": {name: BLOCKS[name] for name in ("quality", "satisfaction")}, "whole": BLOCKS}, "short"),
    ],
)
def test_the_fullest_own_model_is_taken_unless_one_is_named(
    tmp_path: Path, scores: np.ndarray, named: str | None, own: dict[str, Any], model: str
) -> None:
    (tmp_path / "index-models").mkdir()
    for name, blocks in own.items():
        (tmp_path / "index-models" / f"{name}.yaml").write_text(ours(blocks), encoding="utf-8")
    workspace = Workspace(tmp_path, SetUp(organisation="New", satisfaction_index=named))
    assert index(seen(workspace, rows(scores))).model == model


def renamed(scores: np.ndarray) -> Answers:
    """The battery of the ACSI: quality takes the place of image."""
    change = {"brand image": "expected quality", "loyalty": "loyalty"}
    return [row | {"driver": change.get(row["driver"], row["driver"])} for row in rows(scores)]


def test_a_model_of_the_house_is_taken_where_its_questions_were_asked(tmp_path: Path, scores: np.ndarray) -> None:
    workspace = Workspace(tmp_path, SetUp(organisation="New"))
    complaints = [
        row | {"question": "complaint", "driver": "投诉处理"} for row in rows(scores) if row["question"] == "l1"
    ]
    assert index(seen(workspace, [*renamed(scores), *complaints])).model == "acsi"
    named = Workspace(tmp_path, SetUp(organisation="New", satisfaction_index="ecsi"))
    refused = seen(named, [*renamed(scores), *complaints])
    assert refused.result is None and refused.because is not None
    assert "European Customer Satisfaction Index (ECSI) has no answers on Image; ask for each" in refused.because.en


UNSAID: list[tuple[str, dict[str, Any], Sequence[str]]] = [
    ("nothing", {}, ["nothing is loaded of Survey answers"]),
    ("nothing of it", {"driver": "delivery"}, ["no answers on", "Our image, Our quality"]),
    ("importance alone", {"asks_for": "importance"}, ["no answers on"]),
    ("long ago", {"answered_on": "2025-12-30"}, ["no answers on"]),
]


@pytest.mark.parametrize(("what", "change", "said"), UNSAID, ids=[what for what, *_ in UNSAID])
def test_what_must_stay_unsaid(
    workspace: Workspace, scores: np.ndarray, what: str, change: dict[str, Any], said: Sequence[str]
) -> None:
    given = [] if what == "nothing" else [row | change for row in rows(scores)]
    found = seen(workspace, given)
    assert found.result is None and found.because is not None
    assert all(each in found.because.en for each in said), found.because.en


def test_too_few_answers_are_no_index(workspace: Workspace, scores: np.ndarray) -> None:
    found = seen(workspace, rows(scores[: LEAST - 1]))
    assert found.because is not None and f"only {LEAST - 1} respondents" in found.because.en


@pytest.mark.parametrize(("unexpected", "silent"), [(50, False), (100, True)])
def test_answers_whose_gate_broke_are_no_index(
    workspace: Workspace, scores: np.ndarray, unexpected: int, silent: bool
) -> None:
    """Of 1,210 rows: within the tolerance of 5 % it is a warning."""
    distrusted = load_of("survey_answers", months={"2026-05": 100}, gate=(broke("score", {"2026-05": unexpected}),))
    found = seen(workspace, rows(scores), distrusted)
    assert (found.result is None) is silent
    assert "5 % is tolerated" in (found.because if silent else found.warning).en  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ours().replace("from: image", "from: imag"), "'imag' is no variable of this model (did you mean 'image'?)"),
        ("title: [", "cannot be used"),
        ("", "the file is empty"),
    ],
)
def test_a_model_that_cannot_be_used_is_said_and_stops_no_run(
    workspace: Workspace, scores: np.ndarray, text: str, said: str
) -> None:
    (workspace.folder / "index-models" / "ours.yaml").write_text(text, encoding="utf-8")
    found = seen(workspace, rows(scores))
    assert found.because is not None and said in found.because.en


def test_warnings_name_what_is_weak(workspace: Workspace, scores: np.ndarray) -> None:
    turned = scores.copy()
    turned[:, STRUCTURE.questions.index("s2")] = 100 - turned[:, STRUCTURE.questions.index("s2")]
    turned[:, STRUCTURE.questions.index("l2")] = 50
    turned = np.vstack([turned, np.full((40, turned.shape[1]), 50.0)])
    turned[N:, 0] = np.nan
    told = " ".join(each.en for each in index(seen(workspace, rows(turned))).warnings)
    assert "40 of 150 respondents left a question of the model open" in told
    assert "Everybody gave the same answer to l2" in told and "s2 weighs less than nothing" in told
    assert "One question alone measures Our value, Our loyalty" in told
    assert "do not hold together well" in told and "Our satisfaction" in told


def test_a_sound_survey_is_warned_of_its_single_question_alone(workspace: Workspace, scores: np.ndarray) -> None:
    found = index(seen(workspace, rows(made(400))))
    assert [each.en.split(";")[0] for each in found.warnings] == ["One question alone measures Our value"]


def test_the_report_tells_figures_and_method(workspace: Workspace, scores: np.ndarray) -> None:
    found = seen(workspace, rows(scores))
    whole, paths = satisfaction_index.sections(found)
    assert f"{index(found).value.value:.1f}" in whole.sentence.en and len(whole.rows) == len(BLOCKS)
    assert len(paths.rows) == len(STRUCTURE.paths) and "Wold, 1982" in paths.method.en


def test_a_structure_is_of_the_models_order_whatever_the_files_is() -> None:
    structure = Structure({"b": ("y", "x"), "a": ("z",)}, (("b", "a"),))
    assert structure.questions == ("y", "x", "z") and structure.of.tolist() == [0, 0, 1] and structure.most_arrows == 1
