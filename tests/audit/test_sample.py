"""A sample: how many are drawn, what their judgements show, and how far that reaches."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom
from written_and_found import text

from audit.evidence import Answer, Drawn, Outcome
from audit.rule import Sample
from audit.sample import judge_sample, most_failing, size

SIZES = [
    # population, asked for, drawn
    (0, None, 0), (1, None, 1), (4, None, 4), (5, None, 5), (6, None, 5), (25, None, 5), (26, None, 6), (36, None, 6),
    (37, None, 7), (100, None, 10), (101, None, 11), (10_000, None, 100), (9_999_999, None, 3163),
    (0, 10, 0), (3, 10, 3), (10, 10, 10), (11, 10, 10), (10_000, 10, 10), (10_000, 1, 1),
]  # fmt: skip


@pytest.mark.parametrize(("population", "draw", "drawn"), SIZES)
def test_so_many_are_drawn(population: int, draw: int | None, drawn: int) -> None:
    assert size(population, draw) == drawn


def by_brute_force(population: int, drawn: int, failing: int) -> int:
    """The largest number that a one-sided test at 5 % would not reject, each tried in turn."""
    possible = range(failing, population - (drawn - failing) + 1)
    return max(all_ for all_ in possible if hypergeom.cdf(failing, population, all_, drawn) > 0.05 + 1e-12)


@given(st.integers(1, 60), st.data())
def test_the_upper_limit_is_that_of_the_hypergeometric_distribution(population: int, data: st.DataObject) -> None:
    drawn = data.draw(st.integers(1, population))
    failing = data.draw(st.integers(0, drawn))
    assert most_failing(population, drawn, failing) == by_brute_force(population, drawn, failing)


@pytest.mark.parametrize(("population", "drawn", "failing"), [(1000, 10, 0), (1000, 32, 1), (400, 20, 3), (90, 59, 0)])
def test_it_holds_for_larger_populations_too(population: int, drawn: int, failing: int) -> None:
    assert most_failing(population, drawn, failing) == by_brute_force(population, drawn, failing)


@pytest.mark.parametrize("population", [1, 2, 7, 50])
@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_whoever_judged_all_knows_all(population: int, share: float) -> None:
    failing = int(population * share)
    assert most_failing(population, population, failing) == failing


@given(st.integers(2, 60), st.data())
def test_one_more_that_fails_never_lowers_the_limit(population: int, data: st.DataObject) -> None:
    drawn = data.draw(st.integers(1, population))
    failing = data.draw(st.integers(0, drawn - 1))
    assert most_failing(population, drawn, failing) <= most_failing(population, drawn, failing + 1)


# --- what the judgements show -----------------------------------------------------------------------------------------
def rule(**accept: Any) -> Sample:
    return Sample.model_validate(
        {
            "id": "8.2.3-a-3", "sample": "contract_reviews", "look_for": [text("Signed before the order.")],
            "shows": text("Orders are reviewed first."), "accept": accept, "otherwise": "minor nonconformity",
        }
    )  # fmt: skip


def answers(signs: str) -> dict[str, Answer]:
    """One letter for each record K1, K2 …: + met, - not met, n not applicable, ? taken back, blank not judged."""
    said = {"+": Outcome.MET, "-": Outcome.NOT_MET, "n": Outcome.NOT_APPLICABLE, "?": Outcome.NOT_EVALUATED}
    day = dt.date(2026, 6, 1)
    items = [(f"K{at}", sign) for at, sign in enumerate(signs, start=1) if sign != " "]
    return {item: Answer("8.2.3-a-3", said[sign], f"note on {item}", day, item) for item, sign in items}


def drawn(count: int, population: int = 100) -> Drawn:
    return Drawn(population, tuple(f"K{at}" for at in range(1, count + 1)))


MET, NOT_MET, OPEN = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_EVALUATED
JUDGED = [
    # signs, allowed to fail, outcome, words of the sentence
    ("+++++", 0, MET, "0 of 5 records drawn from 100 fail; with 95 % confidence at most 44 % of all do."),
    ("++++-", 1, MET, "1 of 5 records drawn from 100 fail; with 95 % confidence at most "),
    ("-++++", 1, MET, "1 of 5 records drawn from 100 fail"),
    ("++++n", 0, MET, "0 of 4 records drawn from 100 fail"),
    ("nnnn+", 0, MET, "0 of 1 records drawn from 100 fail"),
    ("--+++", 2, MET, "2 of 5 records"),
    ("++++-", 0, NOT_MET, "1 of 5 records judged fail, first K5: “note on K5”"),
    ("-    ", 0, NOT_MET, "1 of 1 records judged fail, first K1: “note on K1”"),
    ("+- n?", 0, NOT_MET, "1 of 2 records judged fail, first K2"),
    ("--   ", 1, NOT_MET, "2 of 2 records judged fail"),
    ("-----", 4, NOT_MET, "5 of 5 records judged fail"),
    ("-----", 5, NOT_MET, "5 of 5 records judged fail"),  # nothing that was judged shows anything good
    ("-nnnn", 1, NOT_MET, "1 of 1 records judged fail"),
    ("     ", 0, OPEN, "0 of 5 records drawn are judged."),
    ("++++ ", 0, OPEN, "4 of 5 records drawn are judged."),
    ("++++?", 0, OPEN, "4 of 5 records drawn are judged."),
    ("-++  ", 1, OPEN, "3 of 5 records drawn are judged."),
    ("-    ", 1, OPEN, "1 of 5 records drawn are judged."),
    ("nnnn ", 0, OPEN, "4 of 5 records drawn are judged."),
    ("nnnnn", 0, OPEN, "None of the records drawn is one to which this applies."),
    ("?????", 0, OPEN, "0 of 5 records drawn are judged."),
]  # fmt: skip


@pytest.mark.parametrize(("signs", "allowed", "outcome", "words"), JUDGED)
def test_a_sample_shows(signs: str, allowed: int, outcome: Outcome, words: str) -> None:
    found = judge_sample(rule(failing_at_most=allowed), drawn(5), answers(signs))
    assert found.outcome == outcome and words in found.because.en
    assert found.grade == ("minor nonconformity" if outcome == NOT_MET else None)
    assert (found.kind, found.drawn) == ("sample", drawn(5))
    assert [answer.item for answer in found.answers] == [f"K{n}" for n, s in enumerate(signs, 1) if s != " "]


@pytest.mark.parametrize("nothing", [None, Drawn(0, ())])
@pytest.mark.parametrize("signs", ["", "+++++", "-----"])
def test_without_records_nothing_is_shown(nothing: Drawn | None, signs: str) -> None:
    found = judge_sample(rule(), nothing, answers(signs))
    assert (found.outcome, found.grade, found.answers) == (OPEN, None, ())
    assert found.because.en == "There are no records of the period to draw from."


def test_answers_on_records_that_were_not_drawn_say_nothing() -> None:
    found = judge_sample(rule(), Drawn(100, ("K1", "K2")), answers("++---"))
    assert found.outcome == MET and len(found.answers) == 2


REACH = [
    # population, signs, the end of the sentence
    (3, "+++", "0 of 3 records drawn from 3 fail; all were judged."),
    (3, "++n", "0 of 2 records drawn from 3 fail; all were judged."),
    (1_000_000, "+" * 1000, "at most 1 % of all do."),  # never "at most 0 %" while one may fail
    (10, "+++++", "at most 30 % of all do."),
]


@pytest.mark.parametrize(("population", "signs", "words"), REACH)
def test_it_says_how_far_it_reaches(population: int, signs: str, words: str) -> None:
    found = judge_sample(rule(), drawn(len(signs), population), answers(signs))
    assert found.because.en.endswith(words)


@given(st.integers(1, 30), st.integers(0, 60), st.data())
def test_the_share_it_names_is_never_below_the_limit(count: int, more: int, data: st.DataObject) -> None:
    signs = data.draw(st.text("+n", min_size=count, max_size=count).filter(lambda text: "+" in text))
    found = judge_sample(rule(), drawn(count, count + more), answers(signs))
    population, judged = count + more - signs.count("n"), signs.count("+")
    if judged < population:
        named = int(found.because.en.split("at most ")[1].split(" %")[0])
        assert named - 1 < 100 * by_brute_force(population, judged, 0) / population <= named


@given(st.text("+-n? ", min_size=5, max_size=5), st.integers(0, 4), st.integers(0, 5), st.randoms())
def test_a_worse_record_never_improves_the_outcome(signs: str, at: int, allowed: int, dice: Any) -> None:
    order = {NOT_MET: 0, OPEN: 1, MET: 2}
    worse = {"+": "-", "?": "-", " ": "-", "n": "-", "-": "-"}[signs[at]]
    now = judge_sample(rule(failing_at_most=allowed), drawn(5), answers(signs)).outcome
    then = judge_sample(rule(failing_at_most=allowed), drawn(5), answers(signs[:at] + worse + signs[at + 1 :])).outcome
    if signs[at] == "+":
        assert order[then] <= order[now]
    shuffled = Drawn(100, tuple(dice.sample(drawn(5).items, 5)))
    assert judge_sample(rule(failing_at_most=allowed), shuffled, answers(signs)).outcome == now
