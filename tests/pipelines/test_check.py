"""`check`: the definitions of the house are usable, and each kind of mistake is named with file, line and column."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from audit.errors import DefinitionError
from audit.rule import Computed
from pipelines import definitions
from pipelines.__main__ import main
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
    for clause in (CLAUSE, OTHER, STANDARD, "checklists/documents.yaml", "checklists/sources.yaml"):
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
    return check(*(house / name for name in ("sources", "models", "kpis")), layers=(house / "checklists",))


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
    assert found.counts["mappings"] == len(list(definitions.MAPPINGS.glob("*.yaml"))) >= 10
    files = [path for path in definitions.CHECKLISTS.glob("iso-9001-*/[0-9]*.yaml")]
    assert found.counts["clauses"] == len(files) >= 60
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
     "'survey metod' is no kind of document in documents.yaml (did you mean 'survey method'?)"),
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
    ("sources/complaints.yaml", "expect_column_values_to_not_be_null\n    kwargs: {column: customer_id",
     "expect_column_values_to_match_regex\n    kwargs: {regex: ^C, column: customer_id",
     "type: expect_column_values_to_match_regex\n    kwargs: {regex: ^C", "'customer_id' is kept as a pseudonym"),
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
    ("kpis/retention_rate.sql", "least: 30", "least: 30\nmay_lack: [ordres]", "select\n", "may_lack names 'ordres'"),
    ("kpis/retention_rate.sql", "least: 30", "least: 30\nmay_lack: [purchases]", "select\n", "which is no source"),
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
    copied = (house / CLAUSE).read_text(encoding="utf-8").replace('clause: "9.1.2"', 'clause: "9.1.4"', 1)
    (house / CLAUSE).with_name("9.1.4-copied.yaml").write_text(copied, encoding="utf-8")
    taken = [mistake.message for mistake in checked(house).mistakes if "is taken already, in" in mistake.message]
    assert taken and all("9.1.2-customer" in message for message in taken)


def test_a_clause_that_is_written_twice_is_named_with_both_files(house: Path) -> None:
    shutil.copy(house / CLAUSE, (house / CLAUSE).with_name("9.1.2-twice.yaml"))
    (mistake,) = checked(house).mistakes
    assert mistake.file.endswith("9.1.2-twice.yaml") and mistake.line == 1
    assert "clause 9.1.2 is written already, in " in mistake.message and "9.1.2-customer" in mistake.message


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


COMPLAINTS = """\
source: complaints
columns:
  complaint_id: Ticket
  received_at: {from: Opened, format: "%d.%m.%Y %H:%M"}
  severity: {from: Level, missing: "-", recode: {"1": low, "2": high}}
  category: {constant: delivery}
"""
PIVOT = """\
source: expectations
columns:
  response_id: Nr
  answered_on: Date
  scale_lowest: {constant: "1"}
  scale_highest: {constant: "7"}
pivot:
  question: question
  read_as:
    perceived: {recode: {good: "7"}}
  answers:
    prompt: {expected: E1, perceived: P1, dimension: {constant: responsiveness}}
    polite: {expected: E2, perceived: {from: P2, recode: {"7": "1"}}, dimension: {constant: empathy}}
"""
MISMAPPED = [
    # mapping, written, instead, the text at which the mistake is shown, what is said
    (COMPLAINTS, "source: complaints", "source: complains", "source",
     "there is no usable source 'complains' (did you mean 'complaints'?)"),
    (COMPLAINTS, "severity:", "severty:", "severty", "'severty' is not a column of complaints (did you mean"),
    (COMPLAINTS, "from: Level", "form: Level", "form", "'form' is not known here"),
    (COMPLAINTS, '%d.%m.%Y %H:%M"', '%d.%m. %H:%M"', "format", "is not a whole date"),
    (COMPLAINTS, '%d.%m.%Y %H:%M"', '%d.%m.%Y %I:%M"', "format", "confuses morning and evening"),
    (COMPLAINTS, '"2": high', '"2": hihg', '"2": hihg',
     "recode to 'hihg' for 'severity' cannot be used: “hihg” is not one of: low"),
    (COMPLAINTS, 'missing: "-"', 'missing: "1"', "severity: {", "'1' stands under 'missing' and under 'recode'"),
    (COMPLAINTS, "category: {constant: delivery}", "severity: {constant: severe}", "severity: {constant",
     "'severity' is written twice"),
    (COMPLAINTS, "category: {constant: delivery}", "received_on: {constant: delivery}", "received_on",
     "'received_on' is not a column of complaints"),
    (COMPLAINTS, "category: {constant: delivery}", "closed_at: {constant: today}", "constant: today",
     "constant 'today' for 'closed_at' cannot be used: “today” does not fit the format"),
    (COMPLAINTS, "category: {constant: delivery}", "category: {from: A, decimal: ','}", "decimal",
     "'category' is of type text; delete the decimal"),
    (COMPLAINTS, "category: {constant: delivery}",
     "category: {from: A, rescale: {from: {lowest: 0, highest: 1}, to: {lowest: 0, highest: 2}}}", "rescale",
     "'category' is of type text; delete the rescale"),
    (COMPLAINTS, "columns:", "colums:", "colums", "'colums' is not known here (did you mean 'columns'?)"),
    (PIVOT, "question: question", "question: feature", "question: feature", "'feature' is not a column of"),
    (PIVOT, "question: question", "question: channel", "question: channel",
     "'channel' is not in the key of expectations (response_id, question)"),
    (PIVOT, "expected: E1", "expect: E1", "expect: E1", "'expect' is not a column of expectations (did you mean 'exp"),
    (PIVOT, "{constant: empathy}", "{constant: emphaty}", "constant: emphaty", "constant 'emphaty' for 'dimension'"),
    (PIVOT, ", dimension: {constant: empathy}", "", "polite", "'polite' gives no 'dimension', which every row must"),
    (PIVOT, '{good: "7"}', "{good: seven}", "good: seven", "recode to 'seven' for 'perceived' cannot be used"),
    (PIVOT, '"7": "1"', '"7": one', '"7": one', "recode to 'one' for 'perceived' cannot be used: “one” is"),
    (PIVOT, 'perceived: {recode: {good: "7"}}', 'perceived: {format: "%d.%m.%Y"}', "format",
     "'perceived' is of type number; delete the format"),
    (PIVOT, "perceived: {recode", "percieved: {recode", "pivot:", "no question fills 'percieved'"),
    (PIVOT, "expected: E2", "expected: E1", "pivot:", "'prompt' and 'polite' have one column of the file"),
    (PIVOT, "response_id: Nr", "question: Nr", None, "'question' stands under 'columns' and under 'pivot'"),
]  # fmt: skip
WELL_MAPPED = [
    (COMPLAINTS, "category:", "category:"),
    (COMPLAINTS, '"2": high', '"2": high, "3": ""'),
    (COMPLAINTS, '"2": high', '" 2": high'),
    (COMPLAINTS, "category: {constant: delivery}", "closed_at: {constant: 2026-10-31}"),
    (COMPLAINTS, "category: {constant: delivery}", "closed_at: {constant: n/a, missing: n/a}"),
    (COMPLAINTS, "category: {constant: delivery}", "customer_id: Contact"),
    (COMPLAINTS, "category: {constant: delivery}\n", ""),
    (COMPLAINTS, "columns:", "delimiter: ';'\nencoding: cp1252\ncolumns:"),
    (COMPLAINTS, "columns:", "header_line: 3\nskip_lines_after_header: 1\ncolumns:"),
    (COMPLAINTS, '%d.%m.%Y %H:%M"', '%m/%d/%Y %I:%M %p"'),
    (PIVOT, "question: question", "question: question"),
    (PIVOT, '{good: "7"}', '{good: "7", none: ""}'),
    (PIVOT, '"7": "1"', '"7": good'),
    (PIVOT, '"7": "1"', '"7": "1.5"'),
    (PIVOT, "expected: E2, ", ""),
    (PIVOT, "expected: E2", "expected: P2"),
    (PIVOT, "  read_as:", "  keep_unanswered: yes\n  read_as:"),
    (PIVOT, 'perceived: {recode: {good: "7"}}', "perceived: {decimal: ','}"),
    (PIVOT, "polite:", "Q2. Was the staff polite?:"),
]


def mapped(tmp_path: Path, text: str) -> Checked:
    folder = tmp_path / "mappings"
    folder.mkdir(exist_ok=True)
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    nothing = tmp_path / "nothing"
    return check(models=nothing, kpis=nothing, layers=(nothing,), mappings=(folder,))


@pytest.mark.parametrize(
    ("mapping", "written", "instead", "at", "words"), MISMAPPED, ids=[f"{c[2][:25]}: {c[4][:30]}" for c in MISMAPPED]
)
def test_a_mistake_in_a_mapping_is_named_where_it_stands(
    tmp_path: Path, mapping: str, written: str, instead: str, at: str | None, words: str
) -> None:
    assert written in mapping
    text = mapping.replace(written, instead, 1)
    (found,) = mapped(tmp_path, text).mistakes
    assert words in found.message and found.message.isprintable()
    assert found.file.endswith("mappings/mine.yaml") and found.line >= 1 and found.column >= 1
    if at:
        above = text[: text.rindex(at)].split("\n")
        assert (found.line, found.column) == (len(above), len(above[-1]) + 1)


@pytest.mark.parametrize(("mapping", "written", "instead"), WELL_MAPPED, ids=[c[2][:40] for c in WELL_MAPPED])
def test_what_a_mapping_may_say_is_no_mistake(tmp_path: Path, mapping: str, written: str, instead: str) -> None:
    assert written in mapping
    found = mapped(tmp_path, mapping.replace(written, instead, 1))
    assert (found.mistakes, found.counts["mappings"]) == ([], 1)


def test_every_mistake_of_a_mapping_is_told_at_once(tmp_path: Path) -> None:
    text = COMPLAINTS.replace("severity:", "severty:").replace("category:", "categry:").replace("%Y", "%y %I")
    assert [mistake.line for mistake in mapped(tmp_path, text).mistakes] == [4, 5, 6]


def test_a_mapping_of_a_contract_that_cannot_be_used_is_not_judged_by_it(tmp_path: Path) -> None:
    shutil.copytree(definitions.SOURCES, tmp_path / "sources")
    change(tmp_path, "sources/complaints.yaml", "tolerance: 5 %", "tolerance: five")
    nothing, folder = tmp_path / "nothing", tmp_path / "mappings"
    folder.mkdir()
    (folder / "mine.yaml").write_text(COMPLAINTS, encoding="utf-8")
    found = check(tmp_path / "sources", nothing, nothing, (nothing,), (folder,)).mistakes
    assert [Path(mistake.file).name for mistake in found] == ["complaints.yaml", "mine.yaml"]
    assert "there is no usable source 'complaints'" in found[1].message


def test_the_command_line_checks_the_mappings_of_the_workspace_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "mine.yaml").write_text(COMPLAINTS, encoding="utf-8")
    asked = ["check", "--workspace", str(tmp_path), "--json"]
    assert main(asked) == 0
    assert json.loads(capsys.readouterr().out)["mappings"] == len(list(definitions.MAPPINGS.glob("*.yaml"))) + 1
    (tmp_path / "mappings" / "mine.yaml").write_text(COMPLAINTS.replace("severity", "severty"), encoding="utf-8")
    assert main(asked) == 1
    (mistake,) = json.loads(capsys.readouterr().out)["mistakes"]
    assert (Path(mistake["file"]).name, mistake["line"], mistake["column"]) == ("mine.yaml", 5, 3)
