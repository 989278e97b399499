"""A scorecard: what can be written, which level a figure reaches, and what the whole comes to."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from audit.errors import RecordError
from audit.evidence import ClauseAssessment, Evidence, Grade, Outcome, RequirementAssessment, Verdict
from audit.measurement import Better, Measurement
from audit.quantity import Quantity
from audit.records.targets.scorecards import scorecard_of
from audit.targets import level_lines
from audit.targets.scorecard import Indicator, Level, LevelWord, Scorecard, level_word
from audit.targets.scored import Figure, Major, Score, majors, scored, sentence
from audit.text import Text

UP = [
    {"word": "failing", "points": "0"},
    {"word": "basic", "points": "40", "reaches": "60 %"},
    {"word": "satisfying", "points": "70", "reaches": "75 %"},
    {"word": "exceeding", "points": "100", "reaches": "90 %"},
]
DOWN = [
    {"word": "failing", "points": "10"},
    {"word": "satisfying", "points": "70", "reaches": "5 days"},
    {"word": "memorable", "points": "100", "reaches": "0.3 days"},
]
DAY = dt.date(2026, 9, 30)
A_MAJOR = Major("9.1.2", "9.1.2-b", Text(en="requirement 9.1.2-b", zh="要求"))


def row(kpi: str = "a", weight: Any = 1, levels: Any = None, **more: Any) -> dict[str, Any]:
    return {"kpi": kpi, "weight": weight, "levels": levels or UP, **more}


def card(*rows: dict[str, Any], **more: Any) -> Scorecard:
    given = {"title": "T", "department": "D", "owner": "O", "grain": "quarter", "why": "w"}
    return scorecard_of(given | {"indicators": list(rows or [row()])} | more)


def of(value: float | None, better: Better = "higher", low: Any = None, high: Any = None, silent: Any = None) -> Figure:
    figure = Measurement("a", "%", "quarter", "2026-Q3", DAY, DAY, "", "", value, 50, low, high, silent)
    return figure, better, None


NOTHING: Figure = (None, "higher", None)


@pytest.mark.parametrize(
    ("levels", "better", "value", "word"),
    [
        (UP, "higher", -5.0, "failing"),
        (UP, "higher", 59.99, "failing"),
        (UP, "higher", 60.0, "basic"),
        (UP, "higher", 74.9999999999999, "satisfying"),  # 75 as a computer reaches it
        (UP, "higher", 75.0, "satisfying"),
        (UP, "higher", 89.9, "satisfying"),  # nothing is added between two levels
        (UP, "higher", 90.0, "exceeding"),
        (UP, "higher", 1e9, "exceeding"),
        (DOWN, "lower", 5.01, "failing"),
        (DOWN, "lower", 5.0, "satisfying"),
        (DOWN, "lower", 0.31, "satisfying"),
        (DOWN, "lower", 0.1 + 0.2, "memorable"),  # 0.30000000000000004
        (DOWN, "lower", -1.0, "memorable"),
    ],
)
def test_a_figure_has_the_best_level_that_it_reaches(levels: Any, better: Better, value: float, word: str) -> None:
    assert card(row(levels=levels)).indicators[0].level_of(value, better).word == word


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"title": " "}, "title: nothing stands here"),
        ({"department": ""}, "department: nothing stands here"),
        ({"indicators": []}, "there is no indicator"),
        ({"indicators": [row(), row()]}, "a stands in it twice; keep one"),
        ({"indicators": [row(weight=0)]}, "indicators 1 weight: "),
        ({"indicators": [row(weight="nan")]}, "indicators 1 weight: "),
        ({"indicators": [row(by="segment")]}, "indicators 1: for whom it is meant is half named"),
        ({"indicators": [row(), row("b", levels=UP[:1])]}, "indicators 2 levels: write at least two levels"),
        ({"indicators": [row(levels=UP[1:])]}, "the first level is the worst one"),
        ({"indicators": [row(levels=[UP[0], UP[0] | {"word": "basic", "points": 5}])]}, "'basic' does not say from"),
        ({"indicators": [row(levels=[UP[0], UP[2], UP[1]])]}, "'basic' stands after 'satisfying'; order them: failing"),
        ({"indicators": [row(levels=[UP[0], UP[1] | {"points": 0}])]}, "'basic' brings no more points than 'failing'"),
        ({"indicators": [row(levels=[UP[0], UP[1] | {"points": 101}])]}, "indicators 1 levels 2 points: "),
        ({"indicators": [row(levels=[UP[0], UP[1] | {"reaches": "60"}, UP[2]])]}, "one level is in count, another"),
        ({"indicators": [row(levels=[*UP[:3], UP[3] | {"reaches": "10 %"}])]}, "goes up and down"),
        ({"indicators": [row(levels=[*UP[:3], UP[3] | {"reaches": "75 %"}])]}, "goes up and down"),
        ({"indicators": [row(levels=[UP[0], UP[1] | {"word": "superb"}])]}, "indicators 1 levels 2 word: "),
        ({"bands": []}, "bands: the first word must count from 0 points"),
        ({"bands": [{"word": "basic", "points": 1}]}, "the first word must count from 0 points"),
        (
            {"bands": [{"word": "basic", "points": 0}, {"word": "failing", "points": 50}]},
            "'failing' must stand for more",
        ),
        ({"bands": [{"word": "failing", "points": 0}, {"word": "basic", "points": 0}]}, "'basic' must stand for more"),
        ({"most_missing": 100}, "most missing: "),
        ({"reviewed_every": 0}, "reviewed every: "),
        ({"grain": "week"}, "grain: "),
        ({"id": "OBJ-001"}, "id: "),
        ({"colour": "red"}, "colour: "),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(more: dict[str, Any], words: str) -> None:
    with pytest.raises(RecordError) as refused:
        card(**more)
    assert words in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("levels", "better", "against"),
    [(UP, "higher", False), (UP, "lower", True), (DOWN, "lower", False), (DOWN, "higher", True),
     (UP[:2], "higher", False), (UP[:2], "lower", False)],
)  # fmt: skip
def test_levels_that_run_against_the_better_direction_are_known(levels: Any, better: Better, against: bool) -> None:
    """A single limit runs nowhere."""
    assert card(row(levels=levels)).indicators[0].runs_against(better) is against


@pytest.mark.parametrize(
    ("weights", "figures", "most", "low", "high"),
    [
        ((1,), [of(80)], 0, 70, 70),
        ((3, 1), [of(80), of(50)], 0, 52.5, 52.5),
        ((40, 30, 30), [of(95), of(61), of(10)], 25, 52, 52),
        ((3, 1), [of(80), NOTHING], 25, 52.5, 77.5),  # 25 % missing: exactly as much as may be
        ((3, 1), [of(80), NOTHING], 24, None, None),
        ((1, 3), [of(80), NOTHING], 25, None, None),
        ((3, 1), [of(80), of(None, silent=Text(en="thin", zh="少"))], 25, 52.5, 77.5),
        ((3, 1), [of(80), of(99.0, silent=Text(en="distrusted", zh="不可信"))], 25, 52.5, 77.5),
        ((3, 1), [of(80), of(None)], 25, 52.5, 77.5),
        ((1, 1), [NOTHING, NOTHING], 99, None, None),
        ((1, 1, 1, 1, 1, 1, 1, 1, 1, 1), [of(80)] * 7 + [NOTHING] * 3, 30, 49, 79),  # 0.1 three times is 30 %
    ],
)
def test_what_the_whole_comes_to(
    weights: tuple[float, ...], figures: list[Figure], most: int, low: float | None, high: float | None
) -> None:
    one = card(*(row(str(at), weight) for at, weight in enumerate(weights)), most_missing=most)
    found = scored(one, figures, ())
    assert found.low == (low if low is None else pytest.approx(low))
    assert found.high == (high if high is None else pytest.approx(high))
    assert [part.level is None for part in found.parts] == [
        each[0] is None or each[0].not_evaluated is not None or each[0].value is None for each in figures
    ]


@pytest.mark.parametrize(
    ("low", "high", "across"),
    [(76, 84, ()), (74, 84, ("basic", "satisfying")), (50, 95, ("failing", "basic", "satisfying", "exceeding")),
     (None, None, ())],
)  # fmt: skip
def test_an_interval_that_reaches_across_levels_is_named(low: Any, high: Any, across: tuple[str, ...]) -> None:
    assert scored(card(), [of(80, low=low, high=high)], ()).parts[0].wavers == across


def test_of_a_range_both_words_are_told_and_none_where_there_is_no_score() -> None:
    one = card(row("a", 3), row("b"))
    assert sentence(scored(one, [of(80), of(80)], ())).en == "70.0 of 100 points: satisfying"
    assert sentence(scored(one, [of(80), NOTHING], ())).en.startswith("52.5 to 77.5 of 100 points: basic to satisfying")
    told = sentence(scored(one, [NOTHING, of(80)], ()))
    assert told.en == "not evaluated: 75 % of the weight has no figure, and at most 25 % may have none"


# What must hold whatever is written.
points = st.lists(st.integers(0, 100), min_size=2, max_size=4, unique=True).map(sorted)
limits = st.lists(st.integers(-100, 100), min_size=4, max_size=4, unique=True).map(sorted)
WORDS: tuple[LevelWord, ...] = ("failing", "basic", "satisfying", "exceeding")


@st.composite
def rows(draw: st.DrawFn) -> tuple[Indicator, Figure]:
    marks, reached = draw(points), draw(limits)
    better: Better = draw(st.sampled_from(["higher", "lower"]))
    ordered = reached if better == "higher" else reached[::-1]
    levels = tuple(
        Level(word=WORDS[at], points=mark, reaches=Quantity(float(ordered[at]), "%") if at else None)
        for at, mark in enumerate(marks)
    )
    value = draw(st.none() | st.integers(-120, 120).map(float))
    figure: Figure = (None, better, None) if value is None else of(value, better)
    return Indicator(kpi="a", weight=draw(st.integers(1, 1000)), levels=levels), figure


many = st.lists(rows(), min_size=1, max_size=6)


def whole(every: list[tuple[Indicator, Figure]], standing: tuple[Major, ...] = (), most: int = 99) -> Score:
    named = tuple(one.model_copy(update={"kpi": str(at)}) for at, (one, _figure) in enumerate(every))
    one = card(most_missing=most).model_copy(update={"indicators": named})
    return scored(one, [figure for _one, figure in every], standing)


@settings(max_examples=150, deadline=None)
@given(many, st.randoms(use_true_random=False), st.integers(2, 50))
def test_neither_order_nor_the_scale_of_weights_changes_the_score(
    every: list[tuple[Indicator, Figure]], random: Any, factor: int
) -> None:
    found, mixed = whole(every), random.sample(every, len(every))
    again = whole(mixed)
    assert (again.low, again.high) == (found.low, found.high)
    larger = whole([(one.model_copy(update={"weight": one.weight * factor}), figure) for one, figure in every])
    assert larger.low == (found.low if found.low is None else pytest.approx(found.low, abs=1e-9))
    assert larger.missing == pytest.approx(found.missing, abs=1e-9)


@settings(max_examples=150, deadline=None)
@given(many, st.data())
def test_a_missing_figure_never_raises_the_lower_end_nor_lowers_the_upper(
    every: list[tuple[Indicator, Figure]], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(every) - 1))
    fewer = [(one, (None, figure[1], None) if at == place else figure) for place, (one, figure) in enumerate(every)]
    before, after = whole(every), whole(fewer)
    assume(after.low is not None and after.high is not None)
    assert after.low <= before.low + 1e-9 and after.high >= before.high - 1e-9  # type: ignore[operator]


@settings(max_examples=150, deadline=None)
@given(many, st.data())
def test_a_worse_figure_never_brings_more(every: list[tuple[Indicator, Figure]], data: st.DataObject) -> None:
    known = [place for place, (_one, figure) in enumerate(every) if figure[0]]
    assume(known)
    at, by = data.draw(st.sampled_from(known)), data.draw(st.integers(0, 200))
    one, (figure, better, _silent) = every[at]
    assert figure is not None and figure.value is not None
    worse = of(figure.value - by if better == "higher" else figure.value + by, better)
    before, after = whole(every), whole([*every[:at], (one, worse), *every[at + 1 :]])
    assume(before.low is not None)
    assert after.low <= before.low + 1e-9 and after.high <= before.high + 1e-9  # type: ignore[operator]


@settings(max_examples=100, deadline=None)
@given(many)
def test_the_score_is_what_fractions_make_of_it(every: list[tuple[Indicator, Figure]]) -> None:
    found, ends = whole(every), []
    weights = sum(Fraction(one.weight) for one, _figure in every)
    silent = sum(Fraction(one.weight) for one, figure in every if figure[0] is None) / weights
    for end in (0, -1):
        total = Fraction(0)
        for one, (figure, better, _silent) in every:
            sign = 1 if better == "higher" else -1
            reached = [level.points for level in one.levels if figure and figure.value is not None
                       and (level.reaches is None or sign * figure.value >= sign * level.reaches.value)]  # fmt: skip
            total += Fraction(one.weight) * Fraction(max(reached) if reached else one.levels[end].points)
        ends.append(float(total / weights))
    if silent > Fraction(99, 100):
        assert found.low is None and found.high is None
    else:
        assert [found.low, found.high] == pytest.approx(ends)


@settings(max_examples=50, deadline=None)
@given(many, st.integers(0, 99))
def test_no_score_is_told_without_what_is_major(every: list[tuple[Indicator, Figure]], most: int) -> None:
    told = sentence(whole(every, (A_MAJOR,), most))
    assert told.en.startswith("1 major nonconformity stands (9.1.2), whatever the score; ")
    assert not sentence(whole(every, (), most)).en.startswith("1 major")


def clause(*grades: tuple[str, Outcome, Grade | None]) -> ClauseAssessment:
    words = Text(en="x", zh="x")
    asked = tuple(
        RequirementAssessment(id, words, Verdict.DOES_NOT_CONFORM, (Evidence(id, words, outcome, words, words, grade),))
        for id, outcome, grade in grades
    )
    return ClauseAssessment("9.1.2", words, Verdict.DOES_NOT_CONFORM, None, words, asked)


NOT_MET, MAJOR = Outcome.NOT_MET, Grade.MAJOR


@pytest.mark.parametrize(
    ("found", "concluded", "subjects"),
    [
        (("r", NOT_MET, MAJOR), {}, ["r"]),
        (("r", NOT_MET, MAJOR), {"r": Verdict.DOES_NOT_CONFORM}, ["r"]),
        (("r", NOT_MET, MAJOR), {"r": Verdict.UNDETERMINED}, ["r"]),  # a doubt clears nothing
        (("r", NOT_MET, MAJOR), {"other": Verdict.CONFORMS}, ["r"]),
        (("r", NOT_MET, MAJOR), {"r": Verdict.CONFORMS}, []),  # with a reason, by an auditor
        (("r", NOT_MET, MAJOR), {"r": Verdict.NOT_APPLICABLE}, []),
        (("r", NOT_MET, Grade.MINOR), {}, []),
        (("r", NOT_MET, None), {}, []),
        (("r", Outcome.NOT_EVALUATED, MAJOR), {}, []),  # what was not looked at is no nonconformity
        (("r", Outcome.MET, MAJOR), {}, []),
    ],
)
def test_which_requirements_have_a_major_nonconformity(
    found: tuple[str, Outcome, Grade | None], concluded: dict[str, Verdict], subjects: list[str]
) -> None:
    assert [each.subject for each in majors([clause(found)], concluded, [])] == subjects


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("failing 0\nbasic 40 from 60 %", [("failing", "0", None), ("basic", "40", "60 %")]),
        (" failing 0 ; Basic 40.5 from 5 per 1,000 ", [("failing", "0", None), ("basic", "40.5", "5 per 1,000")]),
        ("", []),
    ],
)
def test_levels_are_typed_as_lines(text: str, levels: list[tuple[str, str, str | None]]) -> None:
    assert [(each["word"], each["points"], each.get("reaches")) for each in level_lines.read(text)] == levels


@pytest.mark.parametrize("text", ["great 5", "basic", "basic forty", "basic 40 60 %", "40 basic", "basic 40 from"])
def test_a_line_that_cannot_be_read_says_how_to_write_it(text: str) -> None:
    with pytest.raises(RecordError, match="as in 'satisfying 70 from 80 %'"):
        level_lines.read(text)


@settings(max_examples=50, deadline=None)
@given(rows(), st.sampled_from(["en", "zh"]))
def test_levels_written_as_lines_are_read_back(each: tuple[Indicator, Figure], spoken: Any) -> None:
    levels = each[0].levels
    back = level_lines.read(level_lines.written(levels, spoken))
    assert tuple(Level.model_validate(one) for one in back) == levels


def test_every_word_reads_in_both_languages() -> None:
    assert all(level_word(word).en == word and level_word(word).zh for word in (*WORDS, "memorable"))
