"""Who may approve a document, and what the record says of how independent that was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from team import ANN, BEN, CEM, DANA, EVE, VIC, gather, ticking

from audit.access.person import Person, Who
from audit.errors import Denied, RecordError
from audit.records import Records, open_records
from audit.records.document import documents
from audit.records.document.documents import NewDocument, Revision
from audit.records.trail import trail

DRAFT = NewDocument("survey method", "How we ask", sha256="a" * 64, file="method.pdf", size=10)
TODAY = dt.date(2026, 11, 2)


@pytest.fixture
def signed_in(url: str, anchor: Path) -> Iterator[Records]:
    """Ann and Ben are auditors, Cem and Dana quality managers, Eve administers, Vic looks on."""
    with open_records(url, ticking(8), anchor) as opened:
        gather(opened)
    with open_records(url, ticking(), anchor, signing_in=True) as opened:
        yield opened


def revise(records: Records, who: Who, **changes: Any) -> Revision:
    documents.revise(records, "DOC-001", who, "Because", **changes)
    return last(records)


def last(records: Records) -> Revision:
    return documents.revisions(records, "DOC-001")[0]


def approval(revision: Revision) -> tuple[str, dt.date | None, str]:
    return revision.approved_by, revision.approved_on, revision.approval


def test_somebody_else_who_signed_in_approves_and_the_record_says_it_was_independent(signed_in: Records) -> None:
    documents.register(signed_in, DRAFT, ANN)
    assert approval(revise(signed_in, ANN, status="in review")) == ("", None, "")
    assert approval(revise(signed_in, CEM, status="approved")) == ("Cem", TODAY, "independent")
    assert [entry.action for entry in trail.entries(signed_in, "document")] == ["register", "revise", "approve"]
    assert trail.verify(signed_in) == []


@pytest.mark.parametrize("who", [ANN, BEN, VIC, EVE, Person("Nobody", "https://id|n"), "Cem"], ids=str)
def test_nobody_approves_without_the_permission(signed_in: Records, who: Who) -> None:
    documents.register(signed_in, DRAFT, DANA)
    with pytest.raises(Denied):
        revise(signed_in, who, status="approved")
    assert last(signed_in).document.status == "draft"


@pytest.mark.parametrize("changes", [
    {}, {"approved_by": "Dana"}, {"approved_by": "Cem", "approved_on": dt.date(2026, 1, 1)}, {"title": "Mine"},
])  # fmt: skip
def test_an_author_who_signed_in_does_not_approve_the_own_work(signed_in: Records, changes: dict[str, Any]) -> None:
    documents.register(signed_in, DRAFT, CEM)
    with pytest.raises(RecordError, match="'DOC-001' was written by Cem, who cannot approve it too; keep it as 'in re"):
        revise(signed_in, CEM, status="approved", **changes)
    assert last(signed_in).revision == 1


def test_nor_does_who_registers_it_as_approved_at_once(signed_in: Records) -> None:
    with pytest.raises(RecordError, match="written by Cem, who cannot approve it too"):
        documents.register(signed_in, NewDocument("policy", "Policy", "approved"), CEM)
    with pytest.raises(Denied):
        documents.register(signed_in, NewDocument("policy", "Policy", "approved"), ANN)
    assert documents.current(signed_in) == []


def test_whoever_wrote_into_a_draft_is_an_author_also_when_others_followed(signed_in: Records) -> None:
    documents.register(signed_in, DRAFT, CEM)
    revise(signed_in, ANN, title="How we ask everybody")
    with pytest.raises(RecordError, match="written by Cem"):
        revise(signed_in, CEM, status="approved")
    assert approval(revise(signed_in, DANA, status="approved"))[2] == "independent"


def test_who_wrote_what_was_approved_before_may_approve_what_another_wrote_since(signed_in: Records) -> None:
    documents.register(signed_in, DRAFT, CEM)
    revise(signed_in, DANA, status="approved")
    revise(signed_in, ANN, sha256="b" * 64, status="in review")
    assert approval(revise(signed_in, CEM, status="approved")) == ("Cem", TODAY, "independent")


def test_the_author_does_not_bring_back_what_was_made_obsolete(signed_in: Records) -> None:
    documents.register(signed_in, DRAFT, CEM)
    revise(signed_in, DANA, status="approved")
    revise(signed_in, CEM, status="obsolete")
    with pytest.raises(RecordError, match="written by Cem"):
        revise(signed_in, CEM, status="approved")


def test_a_name_does_not_make_another_person_of_the_same_identity(signed_in: Records) -> None:
    documents.register(signed_in, DRAFT, CEM)
    renamed = Person("C. Kaya", CEM.identity, CEM.email)
    with pytest.raises(RecordError, match="cannot approve it too"):
        revise(signed_in, renamed, status="approved")


CONTENT = [
    {"title": "Other"}, {"sha256": "b" * 64}, {"link": "https://example.org/x"}, {"kind": "policy"},
    {"covers_to": dt.date(2026, 12, 31)}, {"covers_from": dt.date(2025, 1, 1)}, {"expires_on": dt.date(2030, 1, 1)},
    {"approved_by": "Ben"}, {"approved_on": dt.date(2020, 1, 1)},
]  # fmt: skip
BESIDE = [
    {"owner": "Sales"}, {"note": "See the index"}, {"reviewed_on": dt.date(2026, 11, 1)}, {"review_every": 24},
    {"retain_until": dt.date(2036, 12, 31)}, {"requirements": ["9.1.2-a"]}, {"file": "renamed.pdf"}, {},
    {"title": "How we ask"}, {"link": ""},
]  # fmt: skip


@pytest.mark.parametrize("changes", CONTENT, ids=str)
def test_what_is_approved_does_not_change_without_a_new_approval(signed_in: Records, changes: dict[str, Any]) -> None:
    documents.register(signed_in, DRAFT, ANN)
    revise(signed_in, CEM, status="approved")
    with pytest.raises(Denied, match="may not approve as auditor"):
        revise(signed_in, ANN, **changes)
    assert last(signed_in).revision == 2


@pytest.mark.parametrize("changes", BESIDE, ids=str)
def test_what_stands_beside_it_may_change_and_the_approval_stays(signed_in: Records, changes: dict[str, Any]) -> None:
    documents.register(signed_in, DRAFT, ANN)
    approved = approval(revise(signed_in, CEM, status="approved"))
    assert approval(revise(signed_in, ANN, **changes)) == approved
    assert trail.entries(signed_in, "document")[-1].action == "revise"


ALONE = [
    # approved_by, approved_on as written; what the record says
    ({}, ("Ann", TODAY, "own")),
    ({"approved_by": "Ann"}, ("Ann", TODAY, "own")),
    ({"approved_by": " Ann "}, ("Ann", TODAY, "own")),
    ({"approved_by": "Ben"}, ("Ben", TODAY, "stated")),
    ({"approved_by": "Ben", "approved_on": dt.date(2026, 1, 9)}, ("Ben", dt.date(2026, 1, 9), "stated")),
]


@pytest.mark.parametrize(("written", "told"), ALONE)
def test_one_person_alone_approves_and_the_record_says_so(
    records: Records, written: dict[str, Any], told: tuple[str, dt.date, str]
) -> None:
    documents.register(records, DRAFT, "Ann")
    assert approval(revise(records, "Ann", status="approved", **written)) == told
    documents.register(records, NewDocument("policy", "Policy", "approved", **written), "Ann")
    assert approval(documents.revisions(records, "DOC-002")[0]) == told
    assert trail.verify(records) == []


@pytest.mark.parametrize("status", ["draft", "in review"])
def test_what_is_not_approved_names_no_approver(records: Records, status: str) -> None:
    documents.register(records, NewDocument("policy", "Policy", status, approved_by="Ben", approved_on=TODAY), "Ann")
    assert approval(last(records)) == ("", None, "")
    revise(records, "Ann", status="approved", approved_by="Ben")
    assert approval(revise(records, "Ann", status=status)) == ("", None, "")


def test_an_obsolete_document_still_says_who_approved_it(records: Records) -> None:
    documents.register(records, NewDocument("policy", "Policy", "approved", approved_by="Ben"), "Ann")
    assert approval(revise(records, "Ann", status="obsolete")) == ("Ben", TODAY, "stated")


def test_a_former_approver_is_not_named_for_a_new_content(records: Records) -> None:
    documents.register(records, NewDocument("policy", "Policy", "approved", approved_by="Ben"), "Ann")
    assert approval(revise(records, "Ann", title="Another policy")) == ("Ann", TODAY, "own")
