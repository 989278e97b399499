"""A document against a criterion: what meets, what does not, and what must stay without a verdict."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st
from written_and_found import AS_OF, document, documentary, text

from audit.document import judge_document
from audit.evidence import Document, Evidence, Grade, Outcome

MET, NOT_MET, NOT_EVALUATED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_EVALUATED
TITLE = text("Survey method")


def judged(*documents: Document, as_of: dt.date = AS_OF, **accept: Any) -> Evidence:
    return judge_document(documentary(**accept), TITLE, documents, as_of)


def reviewed(*ymd: int, **changes: Any) -> Document:
    return document(reviewed_on=dt.date(*ymd), **changes)


def covering(*ymd: int) -> Document:
    return document(covers_from=dt.date(2020, 1, 1), covers_to=dt.date(*ymd))


def own_interval(*ymd: int) -> Document:
    return reviewed(*ymd, review_every=3)


EXPIRED = dt.date(2026, 6, 29)
YEAR = {"reviewed_within": "12 months"}
COVER = {"covers": "12 months"}
FUTURE = reviewed(2026, 7, 1)

FIRES = [
    ("approved", judged(document()), MET),
    ("approved without a date, where none is asked", judged(document(reviewed_on=None)), MET),
    ("a draft", judged(document("draft")), NOT_MET),
    ("in review", judged(document("in review")), NOT_MET),
    ("obsolete", judged(document("obsolete")), NOT_MET),
    ("a draft that was asked for", judged(document("draft"), status="draft"), MET),
    ("approved, where a draft was asked", judged(document("approved"), status="draft"), NOT_MET),
    ("reviewed on the audit date", judged(reviewed(2026, 6, 30), **YEAR), MET),
    ("reviewed on the last day allowed", judged(reviewed(2025, 6, 30), **YEAR), MET),
    ("reviewed a day too long ago", judged(reviewed(2025, 6, 29), **YEAR), NOT_MET),
    ("reviewed years ago", judged(reviewed(2019, 1, 1), **YEAR), NOT_MET),
    ("no date of review", judged(document(reviewed_on=None), **YEAR), NOT_MET),
    ("recent, but obsolete", judged(document("obsolete"), **YEAR), NOT_MET),
    ("covers up to the last day allowed", judged(covering(2025, 6, 30), **COVER), MET),
    ("covers a day too little", judged(covering(2025, 6, 29), **COVER), NOT_MET),
    ("covers a period still running", judged(covering(2026, 12, 31), **COVER), MET),
    ("does not say what it covers", judged(document(), **COVER), NOT_MET),
    ("recent, but covers an old period", judged(covering(2020, 12, 31), **YEAR, **COVER), NOT_MET),
    ("a good one beside an old one", judged(reviewed(2019, 1, 1), document(), **YEAR), MET),
    ("a good one beside a draft", judged(document("draft"), document()), MET),
    ("two that do not meet", judged(document("draft"), document("obsolete")), NOT_MET),
    ("good of another kind, bad of this", judged(document(kind="improvement plan"), document("draft")), NOT_MET),
    ("a good one beside one dated ahead", judged(FUTURE, document(), **YEAR), MET),
    ("dated ahead, where no date is asked", judged(FUTURE), MET),
    ("the end of February counts as a month's end", judged(reviewed(2025, 8, 31), as_of=dt.date(2026, 2, 28),
     reviewed_within="6 months"), MET),
    ("the day after it does not", judged(reviewed(2025, 8, 31), as_of=dt.date(2026, 3, 1),
     reviewed_within="6 months"), NOT_MET),
    ("expires on the audit date", judged(document(expires_on=AS_OF)), MET),
    ("expired the day before", judged(document(expires_on=dt.date(2026, 6, 29))), NOT_MET),
    ("expired, where only a draft was asked", judged(document("draft", expires_on=EXPIRED), status="draft"), NOT_MET),
    ("a good one beside an expired one", judged(document(expires_on=EXPIRED), document()), MET),
    ("reviewed on the last day of its own interval", judged(own_interval(2026, 3, 30), **YEAR), MET),
    ("a day too long ago by its own interval", judged(own_interval(2026, 3, 29), **YEAR), NOT_MET),
    ("late by its own interval, where none is asked", judged(own_interval(2020, 3, 29)), MET),
    ("in time by its own, but not by the criterion",
     judged(reviewed(2025, 6, 29, review_every=24), **YEAR), NOT_MET),
    ("reviewed on 29 February", judged(reviewed(2024, 2, 29), as_of=dt.date(2025, 2, 28), **YEAR), MET),
    ("a day later", judged(reviewed(2024, 2, 29), as_of=dt.date(2025, 3, 1), **YEAR), NOT_MET),
]  # fmt: skip

OTHER_KINDS = ("improvement plan", "complaint procedure", "Survey method", "survey methods", "")
OTHERS = [document(kind=kind) for kind in OTHER_KINDS]
NOTHING = [
    {}, YEAR, COVER, {**YEAR, **COVER}, {"status": "draft"}, {"status": "in review"}, {"status": "obsolete"},
    {"reviewed_within": "1 month"}, {"reviewed_within": "240 months"}, {"covers": "1 month"}, {"covers": "240 months"},
]  # fmt: skip
SILENT = [
    *((f"nothing registered, {accept}", judged(**accept), "No document of the kind “Survey method” is registered")
      for accept in NOTHING),
    *((f"only a “{other.kind}”", judged(other), "No document of the kind") for other in OTHERS),
    ("many of other kinds", judged(*OTHERS, **YEAR), "No document of the kind"),
    ("drafts of other kinds", judged(*(replace(other, status="draft") for other in OTHERS)), "No document of the kind"),
    ("undated ones of other kinds", judged(*(replace(other, reviewed_on=None) for other in OTHERS)),
     "No document of the kind"),
    ("reviewed tomorrow", judged(FUTURE, **YEAR), "lies after the audit date 30 Jun 2026"),
    ("reviewed in another century", judged(reviewed(2126, 6, 30), **YEAR), "lies after the audit date"),
    ("reviewed after the audit date that is asked for", judged(document(), as_of=dt.date(2025, 12, 31), **YEAR),
     "30 Jun 2026, that lies after the audit date 31 Dec 2025"),
    ("ahead, while the period is covered", judged(replace(FUTURE, covers_to=AS_OF), **YEAR, **COVER),
     "lies after the audit date"),
    ("ahead by a typing slip", judged(reviewed(2062, 6, 30), reviewed_within="24 months"),
     "30 Jun 2062, that lies after"),
    ("ahead, beside an old one", judged(FUTURE, reviewed(2019, 1, 1), **YEAR), "lies after the audit date"),
    ("ahead, beside a draft", judged(document("draft"), FUTURE, **YEAR), "lies after the audit date"),
    ("two ahead", judged(FUTURE, FUTURE, **YEAR), "lies after the audit date"),
    *((f"expired, of another kind: “{other.kind}”", judged(replace(other, expires_on=EXPIRED)),
       "No document of the kind") for other in OTHERS),
    ("ahead, with an interval of its own", judged(replace(FUTURE, review_every=1), **YEAR), "lies after the audit"),
    ("ahead, and good for years", judged(replace(FUTURE, expires_on=dt.date(2030, 1, 1)), **YEAR),
     "lies after the audit date"),
    ("ahead, beside an expired one", judged(document(expires_on=EXPIRED), FUTURE, **YEAR), "lies after the audit date"),
    ("ahead of a leap day", judged(reviewed(2024, 3, 1), as_of=dt.date(2024, 2, 29), **YEAR), "lies after the audit"),
]  # fmt: skip


@pytest.mark.parametrize(("found", "outcome"), [pytest.param(f, o, id=name) for name, f, o in FIRES])
def test_a_registered_document_is_held_against_the_criterion(found: Evidence, outcome: Outcome) -> None:
    assert found.outcome == outcome
    assert found.grade == (Grade.MINOR if outcome == NOT_MET else None)
    assert found.document and found.because.en.endswith(".") and found.because.zh


@pytest.mark.parametrize(("found", "reason"), [pytest.param(f, reason, id=name) for name, f, reason in SILENT])
def test_no_document_and_no_believable_date_is_no_evidence_either_way(found: Evidence, reason: str) -> None:
    assert (found.outcome, found.grade) == (NOT_EVALUATED, None)
    assert reason in found.because.en and found.because.zh


def test_the_table_of_silence_is_as_long_as_the_table_of_what_fires() -> None:
    assert len(SILENT) >= len(FIRES)


WORDS = [
    (judged(document()), "“How we ask” (Survey method) is approved and was reviewed on 30 Jun 2026."),
    (judged(document(reviewed_on=None)), "“How we ask” (Survey method) is approved."),
    (judged(document("draft")), "“How we ask” (Survey method) is draft; it must be approved."),
    (judged(document("obsolete")), "“How we ask” (Survey method) is obsolete; it must be approved."),
    (judged(document(expires_on=EXPIRED)),
     "“How we ask” (Survey method) expired on 29 Jun 2026, before the audit date 30 Jun 2026."),
    (judged(own_interval(2026, 3, 29), **YEAR), "“How we ask” (Survey method) was last reviewed on 29 Mar 2026; by its "
     "own review interval the next review was due on 29 Jun 2026."),
    (judged(document(reviewed_on=None), **YEAR), "“How we ask” (Survey method) has no date of review."),
    (judged(reviewed(2024, 3, 1), **YEAR),
     "“How we ask” (Survey method) was last reviewed on 1 Mar 2024; "
     "your criterion is within 12 months before 30 Jun 2026."),
    (judged(document(), **COVER), "“How we ask” (Survey method) does not say which period it covers."),
    (judged(covering(2024, 12, 31), **COVER),
     "“How we ask” (Survey method) covers a period up to 31 Dec 2024; "
     "your criterion is one that ends within 12 months before 30 Jun 2026."),
    (judged(), "No document of the kind “Survey method” is registered; add it on the Documents page."),
]  # fmt: skip


@pytest.mark.parametrize(("found", "words"), WORDS)
def test_a_reader_learns_which_document_and_what_was_asked(found: Evidence, words: str) -> None:
    assert found.because.en == words


DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31))


@given(DAYS, DAYS, st.integers(1, 60))
def test_a_review_is_good_for_so_many_calendar_months(day: dt.date, as_of: dt.date, months: int) -> None:
    """dateutil adds calendar months; the last day of a shorter month stands for one that it lacks."""
    found = judged(reviewed(day.year, day.month, day.day), as_of=as_of, reviewed_within=f"{months} months")
    if day > as_of:
        assert found.outcome == NOT_EVALUATED
    else:
        assert found.outcome == (MET if as_of <= day + relativedelta(months=months) else NOT_MET)


REGISTER = st.lists(
    st.builds(
        document,
        status=st.sampled_from(["draft", "in review", "approved", "obsolete"]),
        reviewed_on=st.one_of(st.none(), DAYS),
        kind=st.sampled_from(["survey method", "improvement plan"]),
        covers_to=st.one_of(st.none(), DAYS),
    ),
    max_size=6,
)


@given(REGISTER, st.randoms())
def test_the_order_of_the_register_never_matters(register: list[Document], dice: Any) -> None:
    shuffled = register[:]
    dice.shuffle(shuffled)
    assert judged(*register, **YEAR, **COVER).outcome == judged(*shuffled, **YEAR, **COVER).outcome


@given(REGISTER)
def test_one_more_document_never_worsens_what_a_good_one_shows(register: list[Document]) -> None:
    good = replace(covering(2026, 5, 31), title="The good one")
    found = judged(*register, good, **YEAR, **COVER)
    assert found.outcome == MET


@given(REGISTER)
def test_documents_of_other_kinds_say_nothing(register: list[Document]) -> None:
    own = [d for d in register if d.kind == "survey method"]
    assert judged(*register, **YEAR) == judged(*own, **YEAR)
