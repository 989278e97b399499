"""The files of the demonstration: the same each time, whole, and in the right order of events."""

from __future__ import annotations

import filecmp
from pathlib import Path

import pandas as pd
import pytest
from story_tables import Tables

from audit.errors import SourceError
from audit.rule import Computed, Documentary
from data.demo.scene import AS_OF, BEGINS, SEGMENTS
from data.demo.story import Story, make
from pipelines import definitions
from pipelines.measuring.lineage import read_by
from pipelines.stage import stage

STORIES = ("decline", "healthy")
END = pd.Timestamp(AS_OF) + pd.Timedelta(days=1)
DECLINE_BEGINS = pd.Timestamp(2026, 3, 1)
RULES = [rule for _, _, rule in definitions.checklist("iso-9001-2015").rules()]
KINDS = {rule.document for rule in RULES if isinstance(rule, Documentary)} | {
    rule.accept.acted_on_by for rule in RULES if isinstance(rule, Computed) and rule.accept.acted_on_by
}
"""What the checklist asks for, and what may answer a decline."""
READ_BY_METHODS = {"expectations", "kano_answers"}
"""Sources of which methods alone make something."""


@pytest.mark.parametrize("story", STORIES)
def test_the_same_story_has_the_same_bytes_twice(
    story: str, folders: dict[str, Path], made: object, tmp_path: Path
) -> None:
    make(story, tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == sorted(path.name for path in folders[story].iterdir())
    assert filecmp.cmpfiles(tmp_path, folders[story], names, shallow=False)[1:] == ([], [])


def test_the_twin_differs_only_where_something_is_planted(folders: dict[str, Path], made: object) -> None:
    names = {path.name for folder in folders.values() for path in folder.iterdir()}
    _, different, missing = filecmp.cmpfiles(folders["decline"], folders["healthy"], names, shallow=False)
    assert set(different) == {
        "complaint-actions.csv",
        "complaints.csv",
        "mailing-2025-26.csv",
        "orders-2025-26.csv",
        "survey-answers.csv",
        "survey-2026-winter.csv",
        "survey-2026-summer.csv",
        "survey-method.md",
        "performance-analysis.md",
        "management-review-input.md",
        "management-review-minutes.md",
        "monitoring-results.md",
        "quality-objectives.md",
    }
    assert set(missing) == {"improvement-plan-2024.md", "improvement-plan-2026.md"}


def test_complaints_differ_in_the_cause_alone(decline: Tables, healthy: Tables) -> None:
    same = [column for column in healthy.complaints if column != "Cause"]
    pd.testing.assert_frame_equal(decline.complaints[same], healthy.complaints[same])
    kept = decline.complaints.Cause.notna()
    assert (decline.complaints.Cause[kept] == healthy.complaints.Cause[kept]).all()


def test_orders_differ_in_three_mistyped_deliveries(decline: Tables, healthy: Tables) -> None:
    differ = decline.orders.delivered_at.ne(healthy.orders.delivered_at) & healthy.orders.delivered_at.notna()
    assert differ.sum() == 3
    assert (decline.orders.delivered_at < decline.orders.ordered_at).sum() == 3
    same = [column for column in healthy.orders if column != "delivered_at"]
    pd.testing.assert_frame_equal(decline.orders[same], healthy.orders[same])


def test_the_decline_invites_and_hears_nobody_whom_the_twin_does_not(decline: Tables, healthy: Tables) -> None:
    assert set(decline.invitations["Mailing ID"]) < set(healthy.invitations["Mailing ID"])
    both = decline.answers.merge(healthy.answers, on="id", suffixes=("", "_good"))
    assert len(both) == len(decline.answers)
    early = both[both.day < DECLINE_BEGINS]
    for question in ("satisfaction", "recommend", "ease"):
        assert early[question].equals(early[f"{question}_good"].rename(question))
        assert not (both[question] > both[f"{question}_good"]).any()


@pytest.mark.parametrize("story", STORIES)
def test_a_story_has_files_of_all_that_figures_and_methods_read(story: str, made: dict[str, Story]) -> None:
    read = {source for kpi in definitions.kpis() for source in read_by(kpi)}
    assert {file.source for file in made[story].files} == read | READ_BY_METHODS


@pytest.mark.parametrize("story", STORIES)
def test_a_story_has_a_document_of_every_kind(story: str, made: dict[str, Story]) -> None:
    assert {document.kind for document in made[story].documents} == KINDS
    assert len(made[story].documents) == len(KINDS)


@pytest.mark.parametrize("story", STORIES)
def test_every_file_passes_the_stage(story: str, made: dict[str, Story]) -> None:
    rejected = {}
    for file in made[story].files:
        mapping = definitions.mapping(file.mapping, file.source)
        batch = stage(file.path.read_bytes(), file.path.name, definitions.source(file.source), mapping)
        rejected[file.path.name] = len(batch.rejects)
        missing = set(definitions.source(file.source).columns) - set(batch.delivered)
        assert missing <= {"name", "email", "phone", "contact"}, "nobody's contacts are made up"
        assert batch.ignored == ()
    spoilt = {"survey-2026-summer.csv": 4} if story == "decline" else {}
    assert {name: count for name, count in rejected.items() if count} == spoilt


@pytest.mark.parametrize("story", STORIES)
def test_documents_are_filled_in_and_of_a_believable_length(story: str, made: dict[str, Story]) -> None:
    for document in made[story].documents:
        text = document.file.read_text(encoding="utf-8")
        assert len(text) > 400, document.kind
        assert "{" not in text
        assert document.reviewed_on.isoformat() in text and document.owner in text


def test_an_unknown_story_is_refused_with_the_known_names(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no story 'storm'; known are: decline, healthy"):
        make("storm", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_sizes_are_those_of_a_middling_firm(either: Tables) -> None:
    assert len(either.customers) == 900
    assert 8500 <= len(either.orders) <= 9700
    assert 255 <= len(either.complaints) <= 265
    assert set(either.customers.Segment) == set(SEGMENTS)


def test_keys_stand_once_and_references_lead_somewhere(either: Tables) -> None:
    for table, key in (
        (either.customers, "Account No"),
        (either.orders, "order_id"),
        (either.invitations, "Mailing ID"),
        (either.answers, "id"),
        (either.complaints, "Ticket"),
    ):
        assert table[key].is_unique and table[key].notna().all()
    accounts = set(either.customers["Account No"])
    assert set(either.orders.customer_id) <= accounts
    assert set(either.invitations["Account No"]) <= accounts
    assert set(either.answers.customer) <= accounts
    assert set(either.complaints["Account No"]) <= accounts
    assert set(either.customers["Head Account"].dropna()) <= accounts
    assert set(either.answers.invitation) <= set(either.invitations["Mailing ID"])
    sent_to = either.invitations.set_index("Mailing ID")["Account No"]
    assert (either.answers.invitation.map(sent_to) == either.answers.customer).all()
    ordered_by = either.orders.set_index("order_id").customer_id
    about = either.complaints.dropna(subset="Order No")
    assert (about["Order No"].map(ordered_by) == about["Account No"]).all()


def test_nothing_happens_outside_the_two_years_or_out_of_order(healthy: Tables) -> None:
    for column in (
        healthy.orders.ordered_at,
        healthy.invitations["Sent On"],
        healthy.answers.day,
        healthy.complaints.Opened,
    ):
        assert column.notna().all() and column.min() >= pd.Timestamp(BEGINS) and column.max() < END
    orders, complaints = healthy.orders, healthy.complaints
    assert not (orders.delivered_at <= orders.ordered_at).any() and orders.delivered_at.max() < END
    assert (orders.promised_at > orders.ordered_at).all()
    assert not (complaints["First Reply"] < complaints.Opened).any()
    assert not (complaints.Closed < complaints["First Reply"]).any() and complaints.Closed.max() < END
    assert ((complaints["Promised By"] - complaints.Opened.dt.normalize()) == pd.Timedelta(days=30)).all()
    assert not (healthy.customers["Left On"] < healthy.customers["Customer Since"]).any()
    sent = healthy.answers.invitation.map(healthy.invitations.set_index("Mailing ID")["Sent On"])
    assert (healthy.answers.day >= sent).all()
    delivered = complaints["Order No"].map(orders.set_index("order_id").delivered_at)
    assert not (complaints.Opened <= delivered).any()


def test_nobody_orders_or_is_asked_before_coming_or_after_leaving(healthy: Tables) -> None:
    base = healthy.customers.set_index("Account No")
    for ids, days_ in (
        (healthy.orders.customer_id, healthy.orders.ordered_at.dt.normalize()),
        (healthy.invitations["Account No"], healthy.invitations["Sent On"]),
    ):
        assert (days_ >= ids.map(base["Customer Since"])).all()
        assert not (days_ >= ids.map(base["Left On"])).any()


def test_status_and_delivery_agree(either: Tables) -> None:
    assert (either.orders.delivered_at.notna() == (either.orders.status == "delivered")).all()
    assert set(either.orders.status) == {"open", "delivered", "cancelled"}
