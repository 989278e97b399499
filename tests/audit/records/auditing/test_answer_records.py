"""What people heard, saw and judged is kept with who and when; a former answer stays in the history."""

import datetime as dt
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from behind import behind_its_back
from sqlalchemy import create_engine, inspect, text

from audit.errors import RecordError
from audit.evidence import Answer, Outcome
from audit.records import Records, open_records
from audit.records.auditing import answers, gap_plans, maturity
from audit.records.auditing.gap_plans import GapPlan
from audit.records.migrate import SCRIPTS
from audit.records.trail import trail

DAY = dt.date(2026, 10, 30)
MET, NOT_MET, OPEN, OUT = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_EVALUATED, Outcome.NOT_APPLICABLE
NEW_TABLES = ("answers", "gaps", "maturity")


@pytest.mark.parametrize("outcome", [MET, NOT_MET, OUT])
@pytest.mark.parametrize("who", ["", "李伟"])
def test_an_answer_is_kept_with_who_and_when(records: Records, outcome: Outcome, who: str) -> None:
    kept = answers.answer(records, "9.1.2-a-4", outcome, DAY, "Ann", "she knows 顾客", who)
    assert kept == Answer("9.1.2-a-4", outcome, "she knows 顾客", DAY, "", who, "Ann")
    assert answers.current(records) == {("9.1.2-a-4", ""): kept}
    assert answers.history(records, "9.1.2-a-4") == [kept]


def test_answering_again_takes_the_place_of_the_former_which_stays_in_the_history(records: Records) -> None:
    first = answers.answer(records, "9.1.2-a-4", MET, DAY, "Ann", "knows")
    other = answers.answer(records, "9.1.2-a-40", MET, DAY, "Ann", "knows too")
    second = answers.answer(records, "9.1.2-a-4", NOT_MET, DAY - dt.timedelta(days=9), "Ben", "does not")
    assert answers.current(records) == {("9.1.2-a-4", ""): second, ("9.1.2-a-40", ""): other}
    assert answers.history(records, "9.1.2-a-4") == [second, first]


def test_each_record_that_was_drawn_has_its_own_answer(records: Records) -> None:
    keys = ["K1", "K10", " K1", "K1/2", "合同 7"]
    for at, item in enumerate(keys):
        answers.answer(records, "8.2.3-a-3", NOT_MET if at else MET, DAY, "Ann", f"note {at}", item=item)
    kept = answers.current(records)
    assert {item: answer.note for (_, item), answer in kept.items()} == {k: f"note {at}" for at, k in enumerate(keys)}
    assert len(answers.history(records, "8.2.3-a-3")) == len(keys)


def test_an_answer_can_be_taken_back(records: Records) -> None:
    answers.answer(records, "9.1.2-a-4", MET, DAY, "Ann", "knows")
    answers.answer(records, "9.1.2-a-4", OPEN, DAY, "Ann")
    assert answers.current(records)[("9.1.2-a-4", "")].outcome == OPEN
    assert [one.outcome for one in answers.history(records, "9.1.2-a-4")] == [OPEN, MET]


def test_without_answers_there_is_nothing(records: Records) -> None:
    assert answers.current(records) == {} and answers.history(records, "9.1.2-a-4") == []


HEARD, FOUND = "“What was said or seen, with identifiers”", "“What was found”"
"""The fields of the two forms."""
NEEDED: list[tuple[dict[str, Any], str]] = [
    ({"outcome": NOT_MET}, f"9.1.2-a-4: 'not met' needs what was found; write it under {HEARD}"),
    ({"outcome": NOT_MET, "item": "K1"}, f"9.1.2-a-4 K1: 'not met' needs what was found; write it under {FOUND}"),
    ({"outcome": OUT}, f"'not applicable' needs a justification; write it under {HEARD}"),
    ({"outcome": OUT, "item": "K1"}, f"'not applicable' needs a justification; write it under {FOUND}"),
    ({"outcome": OUT, "note": " \n"}, "'not applicable' needs a justification"),
    ({"outcome": MET}, f"write what was heard or seen under {HEARD}, so that"),
    ({"outcome": MET, "note": "  "}, f"write what was heard or seen under {HEARD}, so that"),
    (
        {"outcome": "fine", "note": "x"},
        "'fine' is no outcome; write one of: met, not met, not evaluated, not applicable",
    ),
    ({"evidence_id": " ", "note": "x"}, "the evidence is missing; write its id, as in 9.1.2-a-1"),
    ({"actor": " ", "note": "x"}, "who makes the change is missing; write a name"),
    ({"on": dt.date(2026, 11, 4), "note": "x"}, "the day 2026-11-04 lies in the future; write the day on which it was"),
    ({"on": dt.date(9999, 12, 31), "note": "x"}, "lies in the future"),
    ({"note": "half \ud83d"}, "the note holds a character that is no text"),
    ({"note": "x", "who": "\x00"}, "who was asked holds a character that is no text"),
    ({"note": "x", "item": "K\x00"}, "the record drawn holds a character that is no text"),
]


@pytest.mark.parametrize(("changes", "sentence"), NEEDED)
def test_what_cannot_be_kept_is_refused_with_what_to_write(
    records: Records, changes: dict[str, Any], sentence: str
) -> None:
    usual = {"evidence_id": "9.1.2-a-4", "outcome": MET, "on": DAY, "actor": "Ann"}
    with pytest.raises(RecordError) as refused:
        answers.answer(records, **usual | changes)
    assert sentence in str(refused.value) and "\n" not in str(refused.value)
    assert trail.entries(records) == [] and answers.current(records) == {}


SILENT: list[dict[str, Any]] = [
    {"outcome": MET, "item": "K1"},  # a record that is in order needs no words
    {"outcome": OPEN},
    {"outcome": OPEN, "item": "K1"},
    {"outcome": NOT_MET, "note": "n", "item": "K1"},
    {"outcome": MET, "note": "n", "on": dt.date(2026, 11, 2)},  # the day of the records' clock
    {"outcome": MET, "note": "n", "on": dt.date(1999, 12, 31)},
]


@pytest.mark.parametrize("changes", SILENT)
def test_what_may_be_kept_is_kept(records: Records, changes: dict[str, Any]) -> None:
    kept = answers.answer(records, **{"evidence_id": "9.1.2-a-4", "on": DAY, "actor": "Ann"} | changes)
    assert answers.history(records, "9.1.2-a-4") == [kept]


# --- the three new tables in the trail and in the database ------------------------------------------------------------
def fill(records: Records) -> None:
    answers.answer(records, "9.1.2-a-4", MET, DAY, "Ann", "knows", "Li Wei")
    answers.answer(records, "8.2.3-a-3", NOT_MET, DAY, "Ann", "no date", item="K1")
    gap_plans.plan(records, GapPlan("9.1.2-a", "weeks", "Ben", dt.date(2027, 1, 31), "ask again"), "Ann")
    gap_plans.plan(records, GapPlan("9.1.2-b", "days", "", None, ""), "Ann")
    maturity.rate(records, "9.1.2", 3, "Ann", "figures are steered by")


def test_the_trail_says_what_was_answered_planned_and_rated(records: Records) -> None:
    fill(records)
    told = [(e.action, e.object, e.object_id, e.reason) for e in trail.entries(records)]
    assert told == [
        ("answer", "answer", "9.1.2-a-4", "knows"),
        ("answer", "answer", "8.2.3-a-3 K1", "no date"),
        ("plan", "gap", "9.1.2-a", "ask again"),
        ("plan", "gap", "9.1.2-b", ""),
        ("rate", "maturity", "9.1.2", "figures are steered by"),
    ]
    assert trail.entries(records)[0].payload == (
        '{"answered_on":"2026-10-30","evidence_id":"9.1.2-a-4","item":"","note":"knows","outcome":"met","who":"Li Wei"}'
    )
    assert trail.verify(records) == []


@pytest.mark.parametrize(("table", "column", "value"), [("answers", "outcome", "'met'"), ("gaps", "owner", "'Eve'"),
                                                       ("maturity", "level", "5")])  # fmt: skip
def test_a_row_that_somebody_changed_behind_the_trail_is_found(
    records: Records, table: str, column: str, value: str
) -> None:
    fill(records)
    behind_its_back(records, f"update {table} set {column} = {value}")
    assert any(column in damage.what.en for damage in trail.verify(records))


@pytest.mark.parametrize("table", NEW_TABLES)
@pytest.mark.parametrize("statement", ["update {} set seq = 9", "delete from {}"])
def test_the_database_itself_refuses_to_change_or_delete_a_row(records: Records, table: str, statement: str) -> None:
    fill(records)
    with pytest.raises(RecordError, match="records are only added to"), records.change("Ann", "set") as doing:
        doing.session.execute(text(statement.format(table)))
    assert trail.verify(records) == []


def test_records_made_before_there_were_answers_are_brought_up_to_date(bare: str) -> None:
    engine = create_engine(bare)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0003_erasures")
        assert not set(NEW_TABLES) & set(inspect(connection).get_table_names())
    engine.dispose()
    with open_records(bare) as records:
        assert answers.current(records) == {} and gap_plans.current(records) == {} and maturity.current(records) == {}
        fill(records)
        before = answers.current(records), gap_plans.current(records), maturity.current(records)
        assert trail.verify(records) == []
    with open_records(bare) as again:
        assert (answers.current(again), gap_plans.current(again), maturity.current(again)) == before
        assert trail.verify(again) == []
