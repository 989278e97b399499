"""`check`: the definitions of the house are usable, and each kind of mistake is named with file, line and column."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from audit.checklist import Computed
from audit.errors import DefinitionError
from pipelines import definitions
from pipelines.check import Checked, check

CLAUSE = "checklists/iso-9001-2015/9.1.2-customer-satisfaction.yaml"
STANDARD = "checklists/iso-9001-2015/_standard.yaml"
OTHER = "checklists/iso-9001-2015/10.2-nonconformity-and-corrective-action.yaml"
KPI = "kpis/csat_top_2_box.sql"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Two clauses and the figures that they use, so that a test is quick."""
    for name in ("sources", "models"):
        shutil.copytree(definitions.HOUSE / "pipelines" / name, tmp_path / name)
    (tmp_path / CLAUSE).parent.mkdir(parents=True)
    for clause in (CLAUSE, OTHER, STANDARD):
        shutil.copy(definitions.HOUSE / clause, tmp_path / clause)
    used = {
        rule.computed
        for clause in definitions.checklist("iso-9001-2015").clauses
        for requirement in clause.requirements
        for rule in requirement.evidence
        if clause.clause in ("9.1.2", "10.2") and isinstance(rule, Computed)
    }
    (tmp_path / "kpis").mkdir()
    for name in used | {"csat_top_2_box", "nps", "retention_rate"}:
        shutil.copy(definitions.KPIS / f"{name}.sql", tmp_path / "kpis")
    return tmp_path


def checked(house: Path) -> Checked:
    return check(*(house / name for name in ("sources", "models", "kpis", "checklists")))


def change(house: Path, file: str, written: str, instead: str) -> str:
    text = (house / file).read_text(encoding="utf-8")
    assert written in text, f"{file} says no longer '{written}'"
    changed = text.replace(written, instead, 1)
    (house / file).write_text(changed, encoding="utf-8")
    return changed


def test_the_definitions_of_the_house_have_no_mistake() -> None:
    found = check()
    assert found.mistakes == []
    assert found.counts["kpis"] == len(list(definitions.KPIS.glob("*.sql"))) >= 12
    assert found.counts["sources"] == len(list(definitions.SOURCES.glob("*.yaml")))
    assert found.counts["clauses"] == 6
    assert found.counts["requirements"] >= found.counts["clauses"] and found.counts["evidence"] > 0


def test_a_copy_of_two_clauses_is_as_usable(house: Path) -> None:
    found = checked(house)
    assert found.mistakes == []
    assert (found.counts["clauses"], found.counts["sources"]) == (2, check().counts["sources"])


ONE_MISTAKE = [
    # file, written, instead, the text at which the mistake is shown, what is said
    (CLAUSE, "computed: survey_coverage", "computed: survey_covrage", "computed: survey_covrage",
     "there is no usable KPI 'survey_covrage' (did you mean 'survey_coverage'?)"),
    (CLAUSE, "document: survey method", "document: survey metod", "document: survey metod",
     "'survey metod' is no kind of document in _standard.yaml (did you mean 'survey method'?)"),
    (CLAUSE, "at_least: 20 %", "at_least: 20 days", "at_least: 20 days",
     "at_least is in days, but survey_response_rate is in %; write a limit in %"),
    (CLAUSE, "at_least: 20 %", "at_least: 0.2", "at_least: 0.2",
     "at_least is in count, but survey_response_rate is in %"),
    (CLAUSE, "at_least: 20 %", "at_lest: 20 %", "at_lest", "'at_lest' is not known here (did you mean 'at_least'?)"),
    (CLAUSE, "for_each: segment", "for_each: sector", "for_each: sector",
     "survey_coverage is not measured by 'sector', only by segment, region"),
    (CLAUSE, "id: 9.1.2-b\n", "id: 9.1.3-b\n", "id: 9.1.3-b", "'9.1.3-b' must begin with '9.1.2-'"),
      # and its evidence with it
    (CLAUSE, "id: 9.1.2-b-1", "id: 9.1.2-z-1", "id: 9.1.2-z-1", "'9.1.2-z-1' must begin with '9.1.2-b-'"),
    (CLAUSE, "id: 9.1.2-b-2", "id: 9.1.2-b-1", None, "'9.1.2-b-1' is taken already, in "),
    (CLAUSE, "refs: {iso-9001-2015:", "refs: {iso9001:", "iso9001",
     "'iso9001' is no standard; write it as iso-9001-2015"),
    (CLAUSE, "accept: {at_most: 365 days", "accept: {no_worse_than_before: yes, at_most: 365 days",
     "no_worse_than_before: yes, at_most: 365",
     "days_since_last_survey has no interval that a change could be told by"),
    (CLAUSE, "\nrequirements:", "\nrequirments:", "requirments",
     "'requirments' is not known here (did you mean 'requirements'?)"),
    (STANDARD, "edition:", "editon:", "editon", "'editon' is not known here (did you mean 'edition'?)"),
    ("sources/orders.yaml", "tolerance: 5 %", "tolerance: five", "tolerance: five", "'five' is not a quantity"),
    (KPI, 'unit: "%"', "unit: percent", "unit: percent", "'percent': input should be '%', 'points'"),
    (KPI, "least: 30", "lest: 30", "lest: 30", "'lest' is not known here (did you mean 'least'?)"),
    (KPI, "interval: wilson", "interval: wald", "interval: wald", "'wald': input should be 'wilson'"),
    (KPI, "by: [segment", "by: [sector", "sector", 'Referenced column "sector" not found'),
    (KPI, "dated_by: answered_on", "dated_by: answered_at", "answered_at", "answered_at"),
    (KPI, "satisfaction >= 4", "satisfacton >= 4", "satisfacton", 'Referenced column "satisfacton" not found'),
    (KPI, "count(satisfaction) as n", "cuont(satisfaction) as n", "cuont", "Function with name cuont does not exist"),
    (KPI, "\nfrom answers", "\nfrom survey_responses", "select\n",
     "the query must read from 'answers', as the header says"),
    (KPI, "count(satisfaction) as n", "count(satisfaction) as m", "select\n",
     "the query gives no 'n'; name a column so"),
    (KPI, "\nfrom answers", "\nfrom answers group by channel", "select\n", "only select, from and where, no 'group'"),
    (KPI, "\nfrom answers", "\nfrom answers order by 1", "select\n", "no 'order'"),
    (KPI, "\nfrom answers", "\nfrom answers limit 1", "select\n", "no 'limit'"),
    (KPI, "\nfrom answers", "\nfrom answers having count(*) > 9", "select\n", "no 'having'"),
    (KPI, "\nfrom answers", "\nfrom answers, cases", "select\n", "no 'joins'"),
    (KPI, "\nfrom answers", "\nfrom answers using sample 10%", "select\n", "no 'sample'"),
    (KPI, "\nfrom answers", "\nfrom answers; drop table orders", "select\n", "a KPI is one select"),
    (KPI, "count(satisfaction) as n", "(select count(*) from answers) as n", "select\n", "a KPI is one select"),
    (KPI, "count(satisfaction) as n", "count(satisfaction) + 0 * epoch(now()) as n", "select\n",
     "must not depend on the clock"),
    (KPI, "count(satisfaction) as n", "count(satisfaction) + random() as n", "select\n",
     "must not depend on the clock"),
    (KPI, "count(satisfaction) as n", "max(channel) as n", "select\n", "'n' is no number but varchar"),
    (KPI, "\nfrom answers", "\nfrom answers where (satisfaction", None, "not readable as SQL"),
    ("kpis/nps.sql", "as detractors", "as detracting", "select\n", "the query gives no 'detractors'; name a column so"),
    ("kpis/retention_rate.sql", "until: left_on\n", "", "select\n", "'until' names the column"),
    ("kpis/retention_rate.sql", "until: left_on", "until: gone_on", "gone_on", "gone_on"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "written", "instead", "at", "words"),
    ONE_MISTAKE,
    ids=[f"{c[0].split('/')[-1]}: {c[4][:40]}" for c in ONE_MISTAKE],
)
def test_a_mistake_is_named_where_it_stands(
    house: Path, file: str, written: str, instead: str, at: str | None, words: str
) -> None:
    changed = change(house, file, written, instead)
    found = [mistake for mistake in checked(house).mistakes if mistake.file.endswith(file)]
    assert len(found) == 1 or "id: 9.1.3-b" in instead, [str(mistake) for mistake in found]
    assert words in found[0].message
    assert found[0].line >= 1 and found[0].column >= 1 and "\n" not in str(found[0])
    if at:
        begin = changed.index(at, changed.find("---*/") + 5 if at == "select\n" else 0)
        above = changed[:begin].split("\n")
        assert (found[0].line, found[0].column) == (len(above), len(above[-1]) + 1)


def test_a_mistake_in_a_model_is_named_in_the_model(house: Path) -> None:
    change(house, "models/answers.sql", "r.recommend", "r.recomend")
    first = checked(house).mistakes[0]
    assert first.file.endswith("models/answers.sql") and first.line == 7 and "recomend" in first.message


def test_a_line_of_the_query_is_counted_in_the_file_also_behind_blank_lines(house: Path) -> None:
    changed = change(house, KPI, "---*/\n", "---*/\n\n\n")
    (house / KPI).write_text(changed.replace("from answers", "from answers where )"), encoding="utf-8")
    mistake = checked(house).mistakes[0]
    assert mistake.line == changed.split("\n").index("from answers") + 1


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        (KPI, b"", "no header; begin with /*--- and end it with ---*/"),
        (KPI, b"select 1 as value, 1 as n from answers", "no header"),
        (KPI, "/*---\ntitle: 顾客\n---*/\nselect 1".encode("gbk"), "not UTF-8 at byte"),
        ("models/answers.sql", "-- 顾客\nselect 1".encode("gbk"), "not UTF-8 at byte"),
        ("models/answers.sql", b"selekt 1", "syntax error"),
        ("sources/orders.yaml", b"", "the file is empty"),
        ("sources/orders.yaml", b"\tkey: x", "a tab stands where spaces are needed"),
        (CLAUSE, b"a: &x 1", "anchors (&name) are not allowed"),
        (CLAUSE, b"\xff\xfe", "not UTF-8 at byte 0"),
        (STANDARD, b"id: x\nid: y", "'id' is written twice, first in line 1"),
    ],
)
def test_a_file_that_is_something_else_is_a_mistake_and_no_crash(
    house: Path, file: str, content: bytes, words: str
) -> None:
    (house / file).write_bytes(content)
    found = [mistake for mistake in checked(house).mistakes if mistake.file.endswith(file)]
    assert [words in mistake.message for mistake in found] == [True]


def test_one_mistake_does_not_hide_those_in_other_files(house: Path) -> None:
    change(house, KPI, 'unit: "%"', "unit: percent")
    change(house, "kpis/nps.sql", "least: 30", "least: none")
    change(house, CLAUSE, "document: survey method", "document: surveys")
    change(house, OTHER, "clause:", "klause:")
    named = {Path(mistake.file).name for mistake in checked(house).mistakes}
    assert {"csat_top_2_box.sql", "nps.sql", Path(CLAUSE).name, Path(OTHER).name} <= named


def test_an_id_that_another_clause_has_taken_is_named_with_that_file(house: Path) -> None:
    folder = house / "checklists" / "iso-9001-2015"
    shutil.copy(house / CLAUSE, folder / "9.1.2-twice.yaml")
    messages = [mistake.message for mistake in checked(house).mistakes]
    assert messages and all("is taken already, in" in message and "9.1.2-customer" in message for message in messages)


@pytest.mark.parametrize(
    ("file", "written", "instead"),
    [
        (KPI, "\nfrom answers", "\nfrom answers where channel = 'web' or channel is null"),
        (KPI, "\nfrom answers", "\nfrom answers;"),
        (KPI, "interval: wilson\n", "interval: wilson\nmeasures_age: no\n"),
        (KPI, "by: [segment, region, channel, product]", "by: []"),
        (KPI, "least: 30\n", ""),
        (CLAUSE, "at_least: 20 %", "at_least: 20%"),
        (CLAUSE, "sample_of: 30, ", ""),
        ("sources/orders.yaml", "stale_after: 62 days\n", ""),
        ("sources/orders.yaml", "tolerance: 5 %", "tolerance: 0 %"),
    ],
)
def test_what_may_be_written_so_is_no_mistake(house: Path, file: str, written: str, instead: str) -> None:
    change(house, file, written, instead)
    assert checked(house).mistakes == []


def test_a_mistake_is_an_error_with_its_place_in_front() -> None:
    assert str(DefinitionError("wrong", "a.yaml", 2, 5)) == "a.yaml:2:5: wrong"
    assert str(DefinitionError("wrong", "a.yaml")) == "a.yaml: wrong"
    assert str(DefinitionError("wrong")) == "wrong"
