"""An action is judged from the months before and after it; thin or untrusted months are no evidence, either way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import DefinitionError
from audit.finding.effect import EVALUATED, Proposal, proposal_tag
from audit.measurement import Kpi
from pipelines import definitions
from pipelines.effects import effectiveness
from pipelines.effects.effectiveness import Aim, Effect, judged
from pipelines.effects.series import others
from pipelines.measure import COLUMNS
from pipelines.methods.interval import wilson

CSAT = definitions.kpis()["csat_top_2_box"]
"""Shares of answers: higher is better, 30 answers at least."""
LATE = definitions.kpis()["abandonment_rate"]
"""Shares of visits: lower is better."""
DAYS = definitions.kpis()["complaint_close_days_median"]
"""Medians, which cannot be taken together: lower is better."""
ACTION = Aim("csat_top_2_box", dt.date(2025, 1, 10), dt.date(2025, 4, 30))
"""Twelve months of 2024 lie before it; from February 2025 on after it."""
UNTIL = dt.date(2025, 12, 31)


def months(
    good: Sequence[int], n: Sequence[int], first: int = 2024 * 12, by: str = "", group: str = ""
) -> pd.DataFrame:
    """Shares month by month, from January 2024 on, as a run keeps them."""
    value = [100 * x / size if size else np.nan for x, size in zip(good, n, strict=True)]
    rows = pd.DataFrame({"value": value, "n": n, "by": by, "group": group})
    rows["low"], rows["high"] = wilson(rows["value"].to_numpy(), np.maximum(np.array(n, dtype=float), 1))
    starts = [dt.date((first + at) // 12, (first + at) % 12 + 1, 1) for at in range(len(rows))]
    rows["starts"] = starts
    rows["ends"] = [
        (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1) for day in starts
    ]
    rows["not_evaluated_en"] = [None if size >= CSAT.least else "only few records" for size in n]
    rows["period"], rows["kpi"], rows["unit"], rows["grain"] = [f"{day:%Y-%m}" for day in starts], "k", "%", "month"
    return rows.reindex(columns=COLUMNS)


def steady(before: int, after: int, n: int = 100, **more: str) -> pd.DataFrame:
    """A year before, the month of the action, and eleven months after."""
    return months([before] * 13 + [after] * 11, [n] * 24, **more)  # type: ignore[arg-type]


def propose(found: pd.DataFrame, action: Aim = ACTION, kpi: Kpi = CSAT, until: dt.date = UNTIL) -> Effect:
    return judged(kpi, found, action, until)


@pytest.mark.parametrize(
    ("before", "after", "kpi", "expected"),
    [
        (70, 85, CSAT, "effective"),
        (85, 70, CSAT, "worse"),
        (80, 80, CSAT, "not shown"),
        (80, 82, CSAT, "not shown"),
        (20, 8, LATE, "effective"),
        (8, 20, LATE, "worse"),
    ],
)
def test_the_better_direction_is_the_kpis(before: int, after: int, kpi: Kpi, expected: str) -> None:
    found = propose(steady(before, after), kpi=kpi)
    assert found.proposed == expected and found.change is not None
    assert found.change.value == pytest.approx(after - before)
    assert (found.before and found.before.n, found.after and found.after.n) == (1200, 1100)


def test_the_sentence_says_what_it_rests_on_in_both_languages() -> None:
    said = propose(steady(70, 85)).sentence
    for part in ("70.0 % (12 months, n = 1,200)", "85.0 % (11 months, n = 1,100)", "+15.0", "for the better"):
        assert part in said.en
    for part in ("70.0 %", "85.0 %", "1,200", "1,100", "+15.0"):
        assert part in said.zh


@pytest.mark.parametrize(
    ("action", "until", "part"),
    [
        (replace(ACTION, done_on=None), UNTIL, "not done yet"),
        (ACTION, dt.date(2025, 4, 29), "expected by 30 Apr 2025"),
        (replace(ACTION, expected_on=None, done_on=dt.date(2025, 10, 1)), UNTIL, ""),
        (replace(ACTION, expected_on=None, done_on=dt.date(2025, 10, 2)), UNTIL, "since the action: 2"),
        (replace(ACTION, expected_on=dt.date(2025, 2, 1), done_on=dt.date(2026, 2, 1)), UNTIL, "since the action: 0"),
    ],
)
def test_it_is_too_early_before_it_can_show(action: Aim, until: dt.date, part: str) -> None:
    found = propose(steady(70, 85), action, until=until)
    assert (found.proposed == "too early") == bool(part) and part in found.sentence.en


@pytest.mark.parametrize(
    ("good", "n", "part"),
    [
        # 2024 before, January 2025 the action, February 2025 on after; 0 is a month without a record
        ([9] * 24, [9] * 10 + [10, 10] + [10] * 12, ""),  # few in each month, enough together
        ([1] * 24, [2] * 12 + [100] * 12, "only 24 records before the action; at least 30 are needed"),
        ([1] * 24, [100] * 13 + [2] * 11, "only 22 records after the action; at least 30 are needed"),
        ([0] * 10 + [80] * 14, [0] * 10 + [100] * 14, "before the action 2 months can be used and 10 cannot"),
        ([80] * 15 + [0] * 9, [100] * 15 + [0] * 9, "after the action 2 months can be used and 9 cannot"),
        ([0] * 24, [0] * 24, "before the action 0 months can be used"),
    ],
)
def test_thin_data_is_never_evidence(good: list[int], n: list[int], part: str) -> None:
    found = propose(months(good, n))
    assert found.proposed in (("not shown",) if not part else ("too few records",))
    assert part.lower() in found.sentence.en.lower() and (found.change is None) == bool(part)


@pytest.mark.parametrize("distrusted", [range(0, 10), range(13, 22), range(0, 24)])
def test_months_that_failed_the_gate_are_no_evidence(distrusted: range) -> None:
    """The run blanks their values; even a value that stood there would not count."""
    for blanked in (True, False):
        found = steady(70, 85)
        found.loc[list(distrusted), "not_evaluated_en"] = "the gate found duplicates"
        if blanked:
            found.loc[list(distrusted), ["value", "low", "high"]] = np.nan
        assert propose(found).proposed == "too few records"


def test_a_few_untrusted_months_are_left_out_and_counted() -> None:
    found = steady(70, 85)
    found.loc[[3, 4, 15], "not_evaluated_en"] = "the gate found duplicates"
    found.loc[[3, 4, 15], "value"] = np.nan
    effect = propose(found)
    assert effect.proposed == "effective" and "not to be trusted: 3" in effect.sentence.en
    assert effect.before and (effect.before.months, effect.before.n) == (10, 1000)


def test_a_month_that_the_run_cut_is_not_compared() -> None:
    found = steady(70, 85)
    found.loc[0, "starts"], found.loc[23, "ends"] = dt.date(2024, 1, 9), dt.date(2025, 12, 20)
    effect = propose(found, until=dt.date(2025, 12, 20))
    assert effect.before and effect.after and (effect.before.months, effect.after.months) == (11, 10)


def test_a_median_of_few_records_cannot_be_taken_together_with_others() -> None:
    found = steady(5, 2, n=5).assign(not_evaluated_en="only 5 records")
    assert propose(found, kpi=DAYS).proposed == "too few records"


def test_a_median_of_sound_months_is_compared_month_by_month() -> None:
    found = steady(9, 3).assign(not_evaluated_en=None)
    found["value"] = found["value"] + [0, 0.5, -0.5] * 8
    assert propose(found, kpi=DAYS).proposed == "effective"


def test_months_that_are_all_alike_do_not_show_an_effect() -> None:
    found = propose(steady(40, 20), kpi=DAYS)
    assert found.proposed == "not shown" and found.change and found.change.value == -20
    assert "how far chance reaches cannot be told" in found.sentence.en and "nan" not in found.sentence.en


def test_a_kpi_without_a_better_direction_is_not_judged() -> None:
    found = propose(steady(70, 85), kpi=replace_kpi(better="neither"))
    assert found.proposed == "cannot be judged" and "no better direction" in found.sentence.en


def replace_kpi(**changes: object) -> Kpi:
    return CSAT.model_copy(update=changes)


PRIVATE = replace(ACTION, by="segment", group="Private")


def grouped(own: tuple[int, int], other: tuple[int, int], n: int = 100, other_n: int = 100) -> pd.DataFrame:
    return pd.concat(
        [
            steady(50, 50),
            steady(*own, n=n, by="segment", group="Private"),
            steady(*other, n=other_n, by="segment", group="Municipal"),
            steady(0, 100, by="segment", group=""),  # those of whom no segment is known compare with nobody
            steady(100, 0, by="region", group="North"),
        ],
        ignore_index=True,
    )


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        ((70, 85), (70, 70), "effective"),
        ((70, 85), (60, 50), "effective"),
        ((70, 85), (70, 85), "not shown"),  # everybody improved: it was something else
        ((70, 80), (50, 80), "not shown"),  # the others improved more
        ((85, 70), (85, 85), "worse"),
        ((85, 70), (85, 70), "not shown"),  # everybody got worse: it was not the action
        ((80, 80), (85, 70), "not shown"),  # it stayed while others fell: the figure itself did not move
    ],
)
def test_others_tell_the_action_from_the_weather(own: tuple[int, int], other: tuple[int, int], expected: str) -> None:
    found = propose(grouped(own, other), PRIVATE)
    assert found.proposed == expected
    assert found.elsewhere and found.elsewhere.value == pytest.approx(other[1] - other[0])
    assert found.beyond and found.beyond.value == pytest.approx(own[1] - own[0] - (other[1] - other[0]))


def test_others_with_too_few_records_are_no_comparison_and_that_is_said() -> None:
    found = propose(grouped((70, 85), (1, 1), other_n=2), PRIVATE)
    assert found.proposed == "effective" and found.beyond is None
    assert "no comparison: the other groups by segment have too few records" in found.sentence.en


def test_a_group_of_which_there_is_nothing_has_too_few_records() -> None:
    found = propose(grouped((70, 85), (70, 70)), replace(PRIVATE, group="Martian"))
    assert found.proposed == "too few records" and "0 months can be used and 12 cannot" in found.sentence.en


def test_others_are_one_figure_for_each_month() -> None:
    rows = pd.concat(
        [steady(10, 10, by="segment", group="A"), steady(90, 90, n=300, by="segment", group="B"),
         steady(55, 55, by="segment", group="Private")]
    )  # fmt: skip
    found = others(rows, CSAT, "segment", "Private")
    assert len(found) == 24 and {month.n for month in found} == {400}
    assert [month.value for month in found] == pytest.approx([100 * (10 + 90) / 400] * 24)


def test_a_signal_against_the_change_leaves_it_undecided() -> None:
    """Better on the whole, but the last month fell out of all that had been usual."""
    good = [70, 72, 68, 71, 69, 70, 72, 68, 71, 69, 70, 71, 70] + [88] * 10 + [40]
    found = propose(months(good, [100] * 24))
    assert found.change and found.change.low > 0
    assert found.proposed == "not shown" and "signals both ways" in found.sentence.en


def test_a_control_chart_is_drawn_from_six_sound_months_on() -> None:
    short = propose(months([70] * 6 + [70] + [85] * 11, [100] * 18, first=2024 * 12 + 6))
    shorter = propose(months([70] * 5 + [70] + [85] * 11, [100] * 17, first=2024 * 12 + 7))
    assert short.limits and short.signals and "signals a change for the better" in short.sentence.en
    assert shorter.limits is None and "fewer than 6 months" in shorter.sentence.en
    assert short.proposed == shorter.proposed == "effective"


def test_only_a_year_on_each_side_is_compared() -> None:
    long = months([20] * 24 + [70] * 13 + [85] * 12 + [20] * 12, [100] * 61, first=2022 * 12)
    found = propose(long, until=dt.date(2027, 1, 31))
    assert found.before and found.after and (found.before.value, found.after.value) == pytest.approx((70, 85))


series = st.lists(st.integers(0, 60), min_size=12, max_size=12)
sizes = st.lists(st.integers(0, 80), min_size=12, max_size=12)


def both_ways(one: list[int], other: list[int], n: list[int], m: list[int]) -> tuple[Effect, Effect]:
    action = replace(ACTION, done_on=dt.date(2025, 1, 1))
    there, back = ([min(pair) for pair in zip(x, size, strict=True)] for x, size in ((one, n), (other, m)))
    return propose(months(there + back, n + m), action), propose(months(back + there, m + n), action)


@given(series, series, sizes, sizes)
def test_the_other_way_round_effective_is_worse(one: list[int], other: list[int], n: list[int], m: list[int]) -> None:
    """Or not shown, where the control chart, whose baseline is another one then, contradicts."""
    there, back = both_ways(one, other, n, m)
    flipped = {"effective": "worse", "worse": "effective"}
    assert (there.change is None) == (back.change is None)
    if there.change and back.change:
        assert -back.change.value == pytest.approx(there.change.value)
        assert back.proposed in (flipped.get(there.proposed, back.proposed), "not shown")
        assert {there.proposed, back.proposed} not in ({"effective"}, {"worse"})


@given(st.randoms(use_true_random=False), series, sizes)
def test_the_order_of_rows_never_matters(dice: object, good: list[int], n: list[int]) -> None:
    values = [min(pair) for pair in zip(good, n, strict=True)]
    found = pd.concat([grouped((70, 85), (60, 60)), months(values, n, by="segment", group="Other")], ignore_index=True)
    order = list(range(len(found)))
    dice.shuffle(order)  # type: ignore[attr-defined]
    assert propose(found.iloc[order], PRIVATE) == propose(found, PRIVATE)


@given(series, st.lists(st.integers(0, 2), min_size=24, max_size=24))
def test_fewer_records_than_the_kpi_asks_for_never_prove_anything(good: list[int], n: list[int]) -> None:
    """At most two in a month: 24 on a side, and 30 are asked for."""
    values = [min(pair) for pair in zip(good * 2, n, strict=True)]
    assert propose(months(values, n)).proposed not in EVALUATED


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        (replace(ACTION, kpi="csat_top_2_bux"), "there is no KPI 'csat_top_2_bux' (did you mean 'csat_top_2_box'?)"),
        (replace(ACTION, kpi=""), "there is no KPI ''"),
        (
            replace(ACTION, by="colour", group="red"),
            "csat_top_2_box is not measured by 'colour'; write one of: segment",
        ),
    ],
)
def test_an_action_that_names_no_figure_is_refused(action: Aim, sentence: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        effectiveness.named(action)
    assert sentence in str(refused.value)


def test_every_proposal_has_a_word_and_a_mark() -> None:
    every = get_args(Proposal)
    tags = [proposal_tag(proposal) for proposal in every]
    assert len({tag.word.en for tag in tags}) == len({tag.word.zh for tag in tags}) == len(every)
