"""Customers: the page says what the run found, hides the few, and says what to load where it found nothing."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.access import roles
from audit.access.roles import Role
from pipelines import analyses, definitions
from pipelines.analyses.customer_base import FILE
from pipelines.analyses.customer_base.found import CustomerBase
from pipelines.load import load
from pipelines.run import run
from pipelines.runs import results
from pipelines.workspace import SetUp, make_workspace, open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
CHARTS = ("cohorts stayed", "survival", "pareto revenue", "pareto complaints", "ladder", "silent")
HEADERS = (
    "Who stays, by when they came", "How long customers stay", "On how few customers revenue hangs",
    "From how few customers complaints come", "Loyalty ladder", "Silent customers",
)  # fmt: skip


def folder_of_run(folder: Path) -> Path:
    workspace = open_workspace(folder)
    found = results.latest(workspace)
    assert found is not None
    return workspace.runs / found.id


@pytest.fixture(scope="module")
def found(demo: Path) -> CustomerBase:
    one = analyses.of_run("customer_base", folder_of_run(demo))
    assert isinstance(one, CustomerBase)
    return one


def alts(app: AppTest) -> dict[str, str]:
    """Of the charts, by the key that their element carries."""
    return {key: chart.proto.alt for chart in app.get("plotly_chart") for key in CHARTS if chart.proto.id.endswith(key)}


def tables(app: AppTest) -> str:
    return "\n".join(each.value.to_string() for each in app.table).replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_tells_what_the_run_found(opened: Open, demo: Path, found: CustomerBase, words: Words) -> None:
    app = opened(demo, "customers")
    one, ladder = found.silent.result, found.ladder.result
    assert not app.error and one and ladder
    assert app.title[0].value == f"Nothing was heard of {one.whole.count} of {one.whole.n} customers for 12 months"
    assert set(HEADERS) <= {each.value for each in app.header}
    told = alts(app)
    assert set(told) == set(CHARTS) and all(len(alt) > 60 for alt in told.values())
    for rung in ladder.ladder.rungs:
        assert f"{rung.share:.1f} %" in tables(app)
    assert one.customers[0].customer in tables(app)
    assert len([each for each in app.expander if "behind the chart" in each.label]) >= len(CHARTS)
    files = [each.proto.label for each in app.get("download_button")]
    assert "Download the silent customers (CSV)" in files and files.count("Download CSV") >= len(CHARTS)


def test_the_other_cohorts_are_those_who_ordered_again(opened: Open, demo: Path, found: CustomerBase) -> None:
    app = opened(demo, "customers", cohorts="ordered")
    assert found.purchases.result
    last = found.purchases.result.triangle.total[0]
    assert last and last.share is not None
    assert any(f"{last.share:.1f} %" in line for line in tables(app).splitlines() if "together" in line)


def test_no_pseudonym_and_no_name_stands_in_a_chart(opened: Open, demo: Path) -> None:
    app = opened(demo, "customers")
    for chart in app.get("plotly_chart"):
        assert not re.search(r"c-[0-9a-f]{12}", chart.proto.spec)


def test_in_chinese_the_steps_have_their_own_words(opened: Open, demo: Path) -> None:
    app = opened(demo, "customers", lang="zh")
    own = [each.value for each in app.header][: len(HEADERS)]
    assert not any(re.search("[a-z]{3}", each) for each in [app.title[0].value, *own])
    for step in ("怀疑者", "潜在", "一次性", "长期", "支持者", "合作者"):
        assert step in tables(app)


@pytest.mark.parametrize(("role", "hidden"), [(Role.VIEWER, True), (Role.GUEST_AUDITOR, True), (Role.AUDITOR, False)])
def test_few_customers_and_single_ones_are_hidden_from_those_who_may_not_see_rows(
    opened: Open, own_demo: Path, found: CustomerBase, monkeypatch: pytest.MonkeyPatch, role: Role, hidden: bool
) -> None:
    others = {action: allowed - {Role.LOCAL_USER} for action, allowed in roles.PERMISSIONS.items()}
    as_local = {
        action: allowed | {Role.LOCAL_USER} if role in allowed or action == "see results" else allowed
        for action, allowed in others.items()
    }
    monkeypatch.setattr(roles, "PERMISSIONS", as_local)  # whoever sits here may do what the role may
    app = opened(own_demo, "customers")
    told = tables(app) + " ".join(each.value for each in app.markdown)
    assert found.ladder.result and found.silent.result and found.revenue.result
    assert (re.search(r"c-[0-9a-f]{12}", told) is None) is hidden
    assert ("largest customer brought" not in told) is hidden
    moves = next(each.value for each in app.table if any("now →" in str(name) for name in each.value.columns))
    few = [n for _, _, n in found.ladder.result.ladder.moves if n < 5]
    cells = [re.sub(r"\D", "", str(cell)) for cell in moves.iloc[:, 1:].to_numpy().ravel()]
    shown = [int(cell) for cell in cells if cell]
    assert few and (not any(n < 5 for n in shown)) is hidden
    assert ("too few to show" in moves.to_string()) is hidden


def written(folder: Path, **settings: int) -> None:
    file = folder / "workspace.yaml"
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith(tuple(settings))]
    file.write_text(
        "\n".join([*lines, *(f"{name}: {value}" for name, value in settings.items()), ""]), encoding="utf-8"
    )


def test_where_every_group_is_small_a_viewer_sees_the_whole_alone(
    opened: Open, own_demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(own_demo, small_cells=100_000)
    others = {action: allowed - {Role.LOCAL_USER} for action, allowed in roles.PERMISSIONS.items()}
    seeing = {a: allowed | {Role.LOCAL_USER} if Role.VIEWER in allowed else allowed for a, allowed in others.items()}
    monkeypatch.setattr(roles, "PERMISSIONS", seeing)
    app = opened(own_demo, "customers")
    by_segment = [each.value for each in app.table if "Segment" in each.value.columns]
    assert by_segment and all((each.iloc[:, 1] == "too few to show").all() for each in by_segment)
    assert {"pareto revenue", "pareto complaints"} & set(alts(app)) == set()
    assert not app.error


def test_a_part_that_cannot_be_trusted_leaves_the_others(opened: Open, own_demo: Path, words: Words) -> None:
    file = folder_of_run(own_demo) / FILE
    told = json.loads(file.read_text("utf-8"))
    told["survival"] = {"result": None, "because": {"en": "the gate stopped it", "zh": "门"}, "warning": None}
    file.chmod(0o644)
    file.write_text(json.dumps(told), "utf-8")
    app = opened(own_demo, "customers")
    assert "the gate stopped it" in words(app) and "Not evaluated" in words(app)
    assert set(alts(app)) == set(CHARTS) - {"survival"}


def test_a_run_of_before_asks_for_a_new_one(opened: Open, own_demo: Path, words: Words) -> None:
    (folder_of_run(own_demo) / FILE).unlink()
    app = opened(own_demo, "customers")
    assert "before all of this was looked into" in words(app) and not alts(app) and not app.error


def test_without_customers_the_page_says_what_to_load(opened: Open, tmp_path: Path, words: Words) -> None:
    workspace = make_workspace(tmp_path / "house", SetUp(organisation="Ours", as_of=dt.date(2026, 6, 30)))
    rows = "".join(f"k{at},2026-05-{at + 1:02},2026-06-20\n" for at in range(20))
    with workspace.open_records() as records:
        content = f"complaint_id,received_at,due_on\n{rows}".encode()
        load(workspace, records, content, "c.csv", "complaints", definitions.mapping(None, "complaints"), "Ann")
        run(workspace, records)
    app = opened(workspace.folder, "customers")
    assert app.title[0].value == "Who stays, who brings the revenue, and who has fallen silent"
    assert "nothing is loaded of Customers; load a file on the Data page" in words(app)
    assert not app.error and not app.get("plotly_chart")
