"""Orders and promises: the page says what went wrong first, and holds its tongue where the data cannot be trusted."""

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
from pages.components.words import plain
from pipelines.analyses.commitments import FILE
from pipelines.runs import results
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
YEAR = (pd.Timestamp("2025-11-01"), pd.Timestamp("2026-10-31"))


def facts(folder: Path, source: str) -> pd.DataFrame:
    """From the table's own files, by pandas."""
    files = sorted((folder / "facts" / source).rglob("*.parquet"))
    return pd.concat(map(pd.read_parquet, files), ignore_index=True)


def accepted(folder: Path) -> pd.DataFrame:
    found = facts(folder, "contract_reviews")
    for column in ("accepted_on", "reviewed_on"):
        found[column] = pd.to_datetime(found[column])
    return found[found["accepted_on"].between(*YEAR)]


def due(folder: Path) -> pd.DataFrame:
    found = facts(folder, "promises")
    day = pd.to_datetime(found["due_at"]).dt.tz_localize(None).dt.normalize()
    found = found[day.between(*YEAR)]
    return found.assign(good=(found["kept_at"] <= found["due_at"]) | found["kept"].eq(True))


def newest(folder: Path) -> Path:
    run = results.latest(open_workspace(folder))
    assert run is not None
    return folder / "runs" / run.id / FILE


def rewritten(folder: Path, **parts: Any) -> None:
    file = newest(folder)
    told = json.loads(file.read_text("utf-8"))
    file.chmod(0o644)
    file.write_text(json.dumps(told | parts), "utf-8")


def unsaid(words: str) -> dict[str, Any]:
    return {"result": None, "because": {"en": words, "zh": "门"}, "warning": None}


def test_the_title_says_what_went_wrong_as_the_tables_do(opened: Open, demo: Path) -> None:
    orders, promises = accepted(demo), due(demo)
    broken = (~(orders["reviewed_on"] <= orders["accepted_on"])).sum()
    share = 100 * promises["good"].mean()
    app = opened(demo, "commitments")
    assert broken > 0
    assert app.title[0].value == plain(
        f"{broken} orders were accepted without prior review; {share:.0f} % of the promises were kept"
    )
    assert not app.error


def test_each_chart_has_a_sentence_a_table_and_a_file(opened: Open, demo: Path) -> None:
    app = opened(demo, "commitments")
    charts = app.get("plotly_chart")
    assert len(charts) == 4 and all(len(chart.proto.alt) > 30 for chart in charts)
    assert len([each for each in app.expander if "behind the chart" in each.label]) == 4
    assert sum("CSV" in each.proto.label for each in app.get("download_button")) == 6, "and the two lists"


def test_what_broke_stands_before_the_chain_with_where_it_came_from(opened: Open, demo: Path) -> None:
    orders = accepted(demo)
    broken = orders[~(orders["reviewed_on"] <= orders["accepted_on"])].sort_values("accepted_on", ascending=False)
    app = opened(demo, "commitments")
    listed = next(each.value for each in app.table if "Entry" in each.value)
    assert len(listed) == 10 and listed["Reviewed"].str.contains("never reviewed").all()
    lines = listed["Where it came from"].str.extract(r"contract-reviews\\?\.csv, line (\d+)")[0].astype(int)
    assert set(lines) <= set(broken["_line"])
    named = set(listed["Entry"].str.strip("`"))
    assert named <= set(broken["review_id"]) and broken["review_id"].iloc[0] in named
    assert [each.value for each in app.subheader][:2] == ["Accepted without prior review", "Step by step"]


@pytest.mark.parametrize("by", ["code", "touchpoint"])
def test_promises_by_group_are_those_of_the_table(opened: Open, demo: Path, by: str) -> None:
    counted = due(demo).groupby(by)["good"].agg(["sum", "size"])
    app = opened(demo, "commitments", promises_by=by)
    table = next(each.value for each in app.table if "Fell due" in each.value)
    found = {row.iloc[0]: (int(row["In order"]), int(row["Fell due"])) for _, row in table.iterrows()}
    assert found == {str(name): (int(row["sum"]), int(row["size"])) for name, row in counted.iterrows()}


@pytest.mark.parametrize(
    ("query", "by"), [({}, "kind"), ({"orders_by": "form"}, "form"), ({"orders_by": "<script>"}, "kind")]
)
def test_the_address_says_by_what_orders_are_grouped(opened: Open, demo: Path, query: dict[str, str], by: str) -> None:
    assert opened(demo, "commitments", **query).segmented_control(key="orders_by").value == by


def test_links_lead_to_the_registers_and_the_clauses(opened: Open, demo: Path) -> None:
    links = [each.proto.label for each in opened(demo, "commitments").get("page_link")]
    assert [label for label in links if label.startswith("Clause 8.2.")] == [
        "Clause 8.2.2 →", "Clause 8.2.3 →", "Clause 8.2.4 →",
    ]  # fmt: skip
    assert links.count("Open the register →") == 2


def test_in_chinese_the_headings_are_chinese(opened: Open, demo: Path) -> None:
    app = opened(demo, "commitments", lang="zh")
    headings = [each.value for each in [*app.title, *app.header, *app.subheader]]
    assert len(headings) == 7 and not any(re.search("[a-z]{3}", each) for each in headings)


def test_what_cannot_be_trusted_is_not_shown_and_the_rest_is(opened: Open, own_demo: Path, words: Words) -> None:
    rewritten(own_demo, promises=unsaid("the gate stopped it"), levels=unsaid("the gate stopped it"))
    app = opened(own_demo, "commitments")
    assert "The gate stopped it" in words(app) and "promises were kept" not in app.title[0].value
    assert len(app.get("plotly_chart")) == 2


def test_with_nothing_loaded_the_page_says_what_to_load(opened: Open, own_demo: Path, words: Words) -> None:
    parts = ("orders", "confirmed", "resolved", "told", "promises", "levels")
    rewritten(own_demo, **{name: unsaid("nothing is loaded of it; load a file") for name in parts})
    app = opened(own_demo, "commitments")
    assert app.title[0].value == "Orders and promises are not evaluated"
    assert "Nothing is loaded of it; load a file" in words(app)
    assert not app.get("plotly_chart") and not app.table
    links = [each.proto.label for each in app.get("page_link")]
    assert links.count("Load a file →") == links.count("Keep the register here →") == 2


def test_a_step_that_cannot_be_told_is_left_out_with_its_reason(opened: Open, own_demo: Path, words: Words) -> None:
    rewritten(own_demo, resolved=unsaid("no file had the column differs"))
    app = opened(own_demo, "commitments")
    assert "No file had the column differs" in words(app)
    steps = next(each.value for each in app.table if "Taken" in each.value)
    assert len(steps) == 6 and not steps["Step"].str.contains("Difference").any()


def test_a_run_of_before_asks_for_a_new_one(opened: Open, own_demo: Path, words: Words) -> None:
    newest(own_demo).unlink()
    app = opened(own_demo, "commitments")
    assert "Run the assessment again" in words(app) + "".join(button.label for button in app.button)
    assert not app.get("plotly_chart")


@pytest.mark.parametrize(("role", "hidden"), [(Role.VIEWER, True), (Role.AUDITOR, False)])
def test_viewers_see_no_single_rows_and_no_groups_of_a_few(
    opened: Open, own_demo: Path, monkeypatch: pytest.MonkeyPatch, role: Role, hidden: bool
) -> None:
    told = json.loads(newest(own_demo).read_text("utf-8"))
    few = {"good": 2, "of": 2, "share": 100.0, "low": 34.2, "high": 100.0}
    told["promises"]["result"]["groups"].append({"by": "code", "name": "Secret code", "held": few})
    rewritten(own_demo, promises=told["promises"])
    others = {action: allowed - {Role.LOCAL_USER} for action, allowed in roles.PERMISSIONS.items()}
    as_local = {
        action: allowed | {Role.LOCAL_USER} if role in allowed else allowed for action, allowed in others.items()
    }
    monkeypatch.setattr(roles, "PERMISSIONS", as_local)  # whoever sits here may do what the role may
    app = opened(own_demo, "commitments")
    assert any("Where it came from" in each.value for each in app.table) is not hidden
    assert any("Made good" in each.value for each in app.table) is not hidden
    drawn = "".join(chart.proto.spec + chart.proto.alt for chart in app.get("plotly_chart"))
    assert ("Secret code" in drawn) is not hidden and "Service code" in drawn
    table = next(each.value for each in app.table if "Fell due" in each.value)
    assert any("suppressed" in str(cell) for cell in table.to_numpy().ravel()) is hidden
