"""What a run keeps of comments: counted by hand here, no word of anybody in it, and nothing said of distrusted data."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hand_made import Rows, broke, load_of, tables

from audit.load import Load
from audit.text import Text
from pipelines.analyses import themes
from pipelines.analyses.asked import Asked
from pipelines.analyses.themes import Comment, comments
from pipelines.analyses.themes.found import Comments, Line, Theme, Themes
from pipelines.analyses.themes.written import themes as declared
from pipelines.measuring.periods import Period
from pipelines.measuring.trust import Trust
from pipelines.workspace import SetUp, Workspace

MONTHS = Period("audit_period", "", dt.date(2025, 10, 1), dt.date(2026, 3, 31))
LATEST = Period("rolling_12_months", "2026-03", dt.date(2026, 1, 1), dt.date(2026, 3, 31))
KNOWN = (
    Theme("delivery", Text(en="Delivery", zh="交付"), ("deliver*", "late", "送货"), ("late payer*",)),
    Theme("price", Text(en="Price", zh="价格"), ("price*", "价格")),
)


def wrote(text: str | None, satisfaction: int | None = 4, day: str = "2026-03-05", **more: Any) -> dict[str, Any]:
    return {"comment": text, "satisfaction": satisfaction, "answered_on": day, **more}


def looked(rows: Rows, loads: list[Load], folder: Path) -> Themes:
    with tables(rows) as connection:
        trust = Trust(connection, [*rows], loads)
        workspace = Workspace(folder, SetUp(organisation="Ours"))
        return themes.look(Asked(connection, trust, workspace, MONTHS, LATEST, pd.DataFrame()))


def survey(rows: list[dict[str, Any]], folder: Path) -> Comments:
    found = looked({"survey_responses": rows}, [load_of("survey_responses")], folder).sources["survey_responses"]
    assert found.result, found.because
    return found.result


def test_comments_are_counted_as_by_hand(tmp_path: Path) -> None:
    rows = [
        *[wrote("Late delivery", 1) for _ in range(12)],
        *[wrote("送货很好", 5) for _ in range(3)],
        *[wrote("our late payers", 4) for _ in range(5)],
        *[wrote("价格 and delivery", None) for _ in range(4)],
        *[wrote("Nothing", 5) for _ in range(16)],
        wrote(None), wrote("   "),  # no comments
        *[wrote("Late", 2, "2025-12-31") for _ in range(7)],  # before the latest months
        wrote("Late", 2, "2025-09-30"), wrote("Late", 2, "2026-04-01"),  # outside of both
    ]  # fmt: skip
    found = survey(rows, tmp_path)
    each = {one.theme: one for one in found.themes}
    assert (found.n, found.scored) == (40, 36)
    delivery = each["delivery"].counted
    assert delivery.share.count == 19 and delivery.share.value == pytest.approx(47.5)
    assert each["price"].counted.share.count == 4 and each["price"].counted.apart is None
    assert found.without.count == 21
    assert delivery.apart and delivery.apart.own == pytest.approx((12 * 1 + 3 * 5) / 15)
    assert delivery.apart.rest == pytest.approx((5 * 4 + 16 * 5) / 21)
    assert {q.label: (q.share.count, q.share.n) for q in delivery.quarters} == {"2025-Q4": (7, 7), "2026-Q1": (19, 40)}
    assert dict(each["delivery"].by_word) == {"deliver*": 16, "late": 12, "送货": 3}
    assert [one.theme for one in found.themes][0] == "delivery"


def test_what_is_kept_holds_no_word_of_a_comment(tmp_path: Path) -> None:
    rows = [wrote(f"Delivery zygomorphic{at}", customer_id="c-zygo") for at in range(40)]
    found = looked({"survey_responses": rows}, [load_of("survey_responses")], tmp_path)
    written = themes.FOUND.dump_json(found)
    assert b"zygo" not in written and b"deliver*" in written
    assert themes.FOUND.validate_json(written) == found
    assert not any("zygo" in str(cell) for section in themes.sections(found) for row in section.rows for cell in row)


MADE = [
    ("Late again", 2), ("Fine price", 5), ("送货准时", 4), ("no word", 3), ("deliverance", 4), ("Price, delivery", 1),
]  # fmt: skip


def made(count: int = 60) -> list[Comment]:
    picks = random.Random(1).choices(MADE, k=count)
    return [Comment(f"R{at}", text, float(score), Line("L", at)) for at, (text, score) in enumerate(picks)]


def counts(found: Comments) -> dict[str, int]:
    return {one.theme: one.counted.share.count for one in found.themes}


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_comments_changes_nothing(seed: int) -> None:
    every = made()
    other = random.Random(seed).sample(every, len(every))
    one, two = comments(every, KNOWN), comments(other, KNOWN)
    assert counts(one) == counts(two)
    assert [each.examples for each in one.themes] == [each.examples for each in two.themes]
    for a, b in zip(one.themes, two.themes, strict=True):
        assert a.counted.share == b.counted.share and dict(a.by_word) == dict(b.by_word)


def test_a_comment_without_a_declared_word_changes_no_count() -> None:
    before = comments(made(), KNOWN)
    after = comments([*made(), Comment("new", "nothing at all", 3.0, Line("L", 99))], KNOWN)
    assert counts(before) == counts(after)
    assert (after.n, after.without.count) == (before.n + 1, before.without.count + 1)


def test_a_theme_more_changes_no_other() -> None:
    more = (*KNOWN, Theme("time", Text(en="Time", zh="时间"), ("late", "准时")))
    before, after = counts(comments(made(), KNOWN)), counts(comments(made(), more))
    assert after.pop("time") > 0 and before == after


def test_examples_are_at_most_three_and_of_different_texts() -> None:
    every = [Comment(f"R{at}", f"Late {at // 10}", 3.0, Line("L", at)) for at in range(60)]
    (delivery, price) = comments(every, KNOWN).themes
    texts = {every[line.line].text for line in delivery.examples}
    assert len(delivery.examples) == len(texts) == 3 and price.examples == ()
    more = comments([*every, Comment("new", "no word", 3.0, Line("L", 99))], KNOWN).themes[0]
    assert more.examples == delivery.examples


FEW = 5


def test_a_viewer_learns_nothing_of_a_few() -> None:
    every = [
        *[Comment(f"a{at}", "late", 1.0, Line("L", at), "2026-Q1") for at in range(40)],
        *[Comment(f"b{at}", "price", 5.0, Line("L", at), "2026-Q2") for at in range(FEW - 1)],
    ]
    whole = comments(every, KNOWN)
    hidden = whole.without_small(FEW)
    each = {one.theme: one for one in hidden.themes}
    assert each["price"].counted.share.hidden and each["price"].by_word == {} and not each["price"].examples
    assert each["delivery"].counted.share.hidden  # all but four: the four would be told with it
    assert all(one.counted.apart is None and one.counted.quarters == () for one in hidden.themes)
    assert whole.without_small(1) == whole


def test_a_theme_of_many_is_shown_to_a_viewer_but_for_examples() -> None:
    hidden = comments(made(), KNOWN).without_small(FEW)
    assert counts(hidden) == counts(comments(made(), KNOWN))
    assert all(one.examples == () for one in hidden.themes)


GOOD = [wrote("late", 3) for _ in range(40)]
NOT_EVALUATED = [
    # rows, loads, what is said
    ({}, [], "nothing is loaded of Survey responses; load a file on the Data page"),
    ({"survey_responses": GOOD}, [load_of("survey_responses", delivered=("response_id", "answered_on"))],
     "no file of Survey responses had the column comment; map it and load again"),
    ({"survey_responses": GOOD[:29]}, [load_of("survey_responses")], "only 29 comments were written; at least 30"),
    ({"survey_responses": [wrote(None)] * 40}, [load_of("survey_responses")], "only 0 comments were written"),
    ({"survey_responses": [wrote("late", day="2024-03-05")] * 40}, [load_of("survey_responses", months={"2024-03": 9})],
     "the newest row of Survey responses is of 5 Mar 2024"),
    ({"survey_responses": GOOD}, [load_of("survey_responses", gate=(broke("comment", {"2026-03": 50}),))], "comment"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "loads", "told"), NOT_EVALUATED)
def test_thin_or_distrusted_comments_are_not_evaluated(
    rows: Rows, loads: list[Load], told: str, tmp_path: Path
) -> None:
    part = looked(rows, loads, tmp_path).sources["survey_responses"]
    assert part.result is None and part.because and told in part.because.en


def test_without_scores_themes_are_counted_and_the_page_says_why_satisfaction_is_not_set_beside(tmp_path: Path) -> None:
    delivered = ("response_id", "answered_on", "comment")
    rows = {"survey_responses": [wrote("late", None) for _ in range(40)]}
    part = looked(rows, [load_of("survey_responses", delivered=delivered)], tmp_path).sources["survey_responses"]
    assert part.result and part.result.scored == 0 and part.result.themes[0].counted.apart is None
    assert part.result.unscored and "had the column satisfaction" in part.result.unscored.en
    (told, *_) = themes.sections(Themes(declared(tmp_path), {"survey_responses": part}))
    assert "Satisfaction is not set beside them: no file of Survey responses had the column" in told.sentence.en


def test_notes_of_interactions_stand_beside_and_each_source_is_judged_by_itself(tmp_path: Path) -> None:
    notes = [{"note": "Asked for the price", "occurred_at": "2026-03-05"} for _ in range(33)]
    found = looked({"interactions": notes}, [load_of("interactions")], tmp_path).sources
    assert found["survey_responses"].result is None
    of_notes = found["interactions"].result
    assert of_notes and of_notes.n == 33 and counts(of_notes)["price"] == 33 and of_notes.unscored is None


def test_a_mistake_in_the_organisation_s_themes_is_named_and_nothing_is_counted(tmp_path: Path) -> None:
    (tmp_path / "themes.yaml").write_text("themes: {x: {name: {en: X, zh: X}, words: {en: [a]}}}", "utf-8")
    found = looked({"survey_responses": GOOD}, [load_of("survey_responses")], tmp_path)
    assert all(part.result is None for part in found.sources.values())
    told = found.sources["survey_responses"].because
    assert told and "themes.yaml:1:" in told.en and "'a' is no word" in told.en
    assert all("'a' is no word" in section.sentence.en for section in themes.sections(found))
