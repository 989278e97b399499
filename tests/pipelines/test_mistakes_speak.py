"""What a person wrote wrongly is told in both languages, in whatever form, file or criterion it was written."""

from __future__ import annotations

import datetime as dt
import pickle
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import ValidationError

import pipelines.check  # noqa: F401  with it all that people write is known
from audit.assumption import Assumption
from audit.checklist import EditionClause
from audit.errors import AuditError, DefinitionError
from audit.limits import ComputedLimits
from audit.mapping import Mapping
from audit.records.assumptions import assumption_of
from audit.records.targets.objectives import objective_of
from audit.records.targets.scorecards import scorecard_of
from audit.rule import Computed, with_limits
from audit.text import Text, Written
from audit.unfit import SENTENCES, Unfit, reason_of
from audit.wording import say
from pipelines import workspace
from pipelines.assess import with_criterion
from pipelines.loading.preview import reading_of
from pipelines.readiness import gap_analysis
from pipelines.targets import objective_file, scorecard_file
from pipelines.yaml_file import Page

HAN = re.compile("[\u4e00-\u9fff]")
NAME = re.compile(r"[A-Za-z]\w*", re.ASCII)
IN_GENERAL = "此处不能使用所填写的内容"
PEOPLE = {"title": "Answers", "grain": "quarter", "owner": "Ada", "why": "They leave."}
STEP = {"since": "2026-01-01", "at_least": "80 %"}
LEVELS = [
    {"word": "failing", "points": 0},
    {"word": "satisfying", "points": 70, "reaches": "80 %"},
    {"word": "basic", "points": 90, "reaches": "90 %"},
]
RULE = Computed(
    id="9.1.2-a-1", shows=Text(en="a", zh="甲"), otherwise="observation",  # type: ignore[arg-type]
    computed="csat_top_2_box", accept=ComputedLimits.model_validate({"at_least": "80 %"}),
)  # fmt: skip
CLAUSE = """\
clause: 9.1.2
title: {en: a, zh: 甲}
requirements:
  - id: 9.1.2-a
    asks: {en: a, zh: 甲}
    askes: no
"""


def objective(**values: Any) -> Callable[[], object]:
    return lambda: objective_of({**PEOPLE, "kpi": "csat_top_2_box", "targets": [STEP], **values})


def scorecard(**values: Any) -> Callable[[], object]:
    row = {"kpi": "csat_top_2_box", "weight": 1, "levels": LEVELS, **values}
    return lambda: scorecard_of({**PEOPLE, "department": "Service", "indicators": [row]})


def assumption(**values: Any) -> Callable[[], object]:
    return lambda: assumption_of({"name": "horizon", "value": 12, "owner": "Ada", "source": "Our orders", **values})


def criterion(**own: str) -> Callable[[], object]:
    return lambda: with_criterion(RULE, {RULE.id: own})


def file(text: str, model: type[Written]) -> Callable[[], object]:
    return lambda: Page(text, "f.yaml").as_model(model)


CASES: list[tuple[Callable[[], object], str, set[str]]] = [
    (
        objective(targets=[STEP, {"since": "2025-01-01", "at_least": "70 %"}]),
        "targets: the step of 2025-01-01 stands after that of 2026-01-01; put them in order",
        {"targets"},
    ),
    (
        objective(targets=[{"since": "2026-01-01", "at_least": "80 %", "warn_at": "75 %"}]),
        "targets 1: warn_at '75 %' must lie above at_least '80 %': it is the better figure",
        {"targets", "warn_at", "at_least"},
    ),
    (
        objective(targets=[{"since": "2026-01-01", "at_least": "80 %", "stretch": "9 days"}]),
        "targets 1: '80 %' and '9 days' differ in unit; write all of them in the KPI's",
        {"targets"},
    ),
    (objective(owner=" "), "owner: nothing stands here; write who answers for it", {"owner"}),
    (
        objective(grain="week"),
        "grain: Input should be 'month', 'quarter', 'year', 'fiscal_year' or 'rolling_12_months'",
        {"grain", "month", "quarter", "year", "fiscal_year", "rolling_12_months"},
    ),
    (
        scorecard(),
        "indicators 1 levels: 'basic' stands after 'satisfying'; order them: failing, basic, satisfying, exceeding, "
        "memorable",
        {"indicators", "levels", "failing", "basic", "satisfying", "exceeding", "memorable"},
    ),
    (scorecard(weight=0), "indicators 1 weight: Input should be greater than 0", {"indicators", "weight"}),
    (assumption(value=61), "61 makes no sense for horizon; write a number from 1 to 60 (months)", set()),
    (assumption(value=1.5), "1.5 is no whole number; write horizon in whole months", set()),
    (
        assumption(value="many"),
        "value: Input should be a valid number, unable to parse string as a number",
        {"value"},
    ),
    (
        criterion(at_most="5 days"),
        "criterion of 9.1.2-a-1: '80 %' and '5 days' differ in unit; write both in the KPI's",
        {"a"},
    ),
    (
        criterion(at_least="5 days"),
        "criterion of 9.1.2-a-1: at_least is in days; write it in %",
        {"a", "at_least", "days"},
    ),
    (
        criterion(at_least="5 grams"),
        "criterion of 9.1.2-a-1: at_least: '5 grams' is not a quantity; write a number and one of: %, points, score, "
        "count, days, hours, minutes, months, per 1,000, per 1,000,000, as in '20 %'",
        {"a", "at_least", "grams", "points", "score", "count", "days", "hours", "minutes", "months", "per"},
    ),
    (
        lambda: with_limits(RULE, {"within": "5 months"}),
        "criterion of 9.1.2-a-1: within: is no limit of this kind of evidence; write one of: at_least, at_most, "
        "sample_of, over, for_each, no_worse_than_before, acted_on_by",
        {"a", "within", *ComputedLimits.model_fields},
    ),
    (
        lambda: reading_of("complaints", {"delimeter": ";"}),
        "delimeter: Extra inputs are not permitted; choose another",
        {"delimeter"},
    ),
    (
        lambda: reading_of("complaints", {"delimiter": ";;"}),
        "delimiter: String should have at most 1 character; choose another",
        {"delimiter"},
    ),
    (
        file("source: complaints\ndelimeter: ';'", Mapping),
        "f.yaml:2:1: 'delimeter' is not known here (did you mean 'delimiter'?)",
        {"f", "yaml", "delimeter", "delimiter"},
    ),
    (
        file("source: complaints\nkeep_in: Europe/Bonn", Mapping),
        "f.yaml:2:1: keep_in: 'Europe/Bonn' is not a time zone; write its IANA name, as in Europe/Berlin or UTC",
        {"f", "yaml", "keep_in", "Europe", "Bonn", "IANA", "Berlin", "UTC"},
    ),
    (
        file("source: complaints\nheader_line: two", Mapping),
        "f.yaml:2:1: header_line: 'two': input should be a valid integer, unable to parse string as an integer",
        {"f", "yaml", "header_line", "two"},
    ),
    (
        file(CLAUSE, EditionClause),
        "f.yaml:6:5: 'askes' is not known here (did you mean 'asks'?)",
        {"f", "yaml", "askes", "asks"},
    ),
    (file("title: {en: a, zh: 甲}", EditionClause), "f.yaml:1:1: 'clause' is missing; add it", {"f", "yaml", "clause"}),
    (file("a: 1\na: 2", Mapping), "f.yaml:2:1: 'a' is written twice, first in line 1; keep one", {"f", "yaml", "a"}),
    (file("", Mapping), "f.yaml:1:1: the file is empty", {"f", "yaml"}),
]  # fmt: skip


@pytest.mark.parametrize(("write", "english", "names"), CASES, ids=[english for _, english, _ in CASES])
def test_a_mistake_is_told_in_both_languages(write: Callable[[], object], english: str, names: set[str]) -> None:
    with pytest.raises(AuditError) as refused:
        write()
    assert str(refused.value) == refused.value.said("en") == english
    chinese = refused.value.said("zh")
    assert HAN.search(chinese) and set(NAME.findall(chinese)) == names, chinese
    assert IN_GENERAL not in chinese, "the sentence of the mistake itself"


@pytest.mark.parametrize(
    ("place", "english", "chinese"),
    [
        (("a.yaml", 2, 5), "a.yaml:2:5: the file is empty", "a.yaml:2:5：文件是空的"),
        (("a.yaml",), "a.yaml: the file is empty", "a.yaml：文件是空的"),
        ((), "the file is empty", "文件是空的"),
    ],
)
def test_a_mistake_in_a_file_has_its_place_in_both_languages(place: Any, english: str, chinese: str) -> None:
    error = pickle.loads(pickle.dumps(DefinitionError(say("the file is empty"), *place)))
    assert (str(error), error.said("zh"), error.message) == (english, chinese, "the file is empty")


def kinds(kind: type[Written]) -> Iterator[type[Written]]:
    for each in kind.__subclasses__():
        yield each
        yield from kinds(each)


READ = (Assumption, gap_analysis.Maturity, objective_file.Listed, scorecard_file.Listed, workspace.SetUp)
ODD = (
    None, "", "x", "1.5", "\ud800", "9" * 5000, "2026-02-30", "2026-01-01T05:00", 1.5, -1, 10**30, float("inf"), True,
    [], [1], [[1, 2, 3]], ["a", "b", "c"], {}, {"a": 1}, {"a": {}}, dt.date(2026, 1, 1), dt.datetime(2026, 1, 1, 5),
)  # fmt: skip


def mistakes(kind: type[Written]) -> Iterator[Any]:
    for name, field in kind.model_fields.items():
        for odd in ODD:
            try:
                kind.model_validate({field.alias or name: odd})
            except ValidationError as error:
                yield from error.errors()


def test_whatever_a_model_refuses_has_a_sentence_in_chinese() -> None:
    """And no sentence is kept that none of them gives."""
    assert set(READ) <= set(every := list(kinds(Written)))
    found = [mistake for kind in every for mistake in mistakes(kind)]
    ours = [one for one in found if isinstance(one.get("ctx", {}).get("error"), Unfit)]
    assert ours and {one["type"] for one in found} - {"value_error"} == SENTENCES.keys()
    assert len(ours) == sum(one["type"] == "value_error" for one in found)
    assert all(HAN.search(reason_of(one).zh) for one in found)


def test_what_is_not_known_is_told_in_general() -> None:
    told = reason_of({"type": "url_parsing", "msg": "Input should be a valid URL", "ctx": {"error": "empty host"}})
    assert (told.en, told.zh) == ("Input should be a valid URL", IN_GENERAL)
