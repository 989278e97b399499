"""When something was found before, by hand: what is a repetition, and what must stay none."""

from __future__ import annotations

import datetime as dt

import pytest

from audit.access.person import Person
from audit.evidence import Grade
from audit.finding.finding import Action, Extent, Finding, Followed, Reference, Repeat, Review
from audit.finding.grading import Answers
from audit.finding.repeats import effective, repeats

AT = dt.datetime(2026, 1, 10, tzinfo=dt.UTC)
ON = dt.date(2026, 3, 31)


def earlier(
    audit: str = "AUD-001",
    requirement: str = "9.1.2-b",
    evidence: str = "9.1.2-b-2",
    on: dt.date = dt.date(2025, 6, 1),
    grade: Grade | None = Grade.MINOR,
    kind: str = "evidence",
) -> Followed:
    finding = Finding(
        "F-001", 1, audit, "9.1.2", requirement, "", "", (Reference(kind, evidence),), "", Extent(), "", Answers(),  # type: ignore[arg-type]
        None, grade, "", "", None, (), "", None, "", (), "", "open", None, "Ann", on, "Ann", AT, "",
    )  # fmt: skip
    return Followed(finding)


def action(id: str, status: str) -> Action:
    return Action(id, 1, "F-001", "", "", "", None, "", "", "", None, status, None, (), "", AT, "")  # type: ignore[arg-type]


def review(subject: str, concluded: str) -> Review:
    return Review(1, subject, None, concluded, "", "", True, Person("Ann"), AT, "")  # type: ignore[arg-type]


def found(
    before: Followed, audit: str = "AUD-002", requirement: str = "9.1.2-b", evidence: str = "9.1.2-b-2"
) -> list[str]:
    return [each.same for each in repeats(requirement, [Reference("evidence", evidence)], audit, ON, [before])]


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        (earlier(), {}, "evidence"),
        (earlier(), {"requirement": "9.1.2-c"}, "evidence"),
        (earlier(), {"evidence": "9.1.2-b-3"}, "requirement"),
        (earlier(on=dt.date(2010, 1, 1)), {}, "evidence"),  # an earlier audit, however old
        (earlier(audit=""), {}, "evidence"),
        (earlier(audit="", on=dt.date(2024, 3, 31)), {}, "evidence"),  # 24 months to the day
        (earlier(), {"audit": ""}, "evidence"),
        (earlier(audit=""), {"audit": ""}, "evidence"),
        (earlier(audit="", on=ON), {"audit": ""}, "evidence"),
        (earlier(grade=None), {}, "evidence"),
        (earlier(grade=Grade.OBSERVATION), {}, "evidence"),
    ],
)
def test_the_same_was_found_before(before: Followed, now: dict[str, str], same: str) -> None:
    assert found(before, **now) == [same]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (earlier(), {"audit": "AUD-001"}),
        (earlier(), {"requirement": "9.1.2-c", "evidence": "9.1.2-c-1"}),
        (earlier(), {"requirement": "9.1.2", "evidence": "9.1.2-b"}),
        (earlier(audit="", on=dt.date(2024, 3, 30)), {}),
        (earlier(audit="", on=dt.date(2024, 3, 30)), {"audit": ""}),
        (earlier(on=dt.date(2024, 3, 30)), {"audit": ""}),
        (earlier(grade=Grade.GOOD_PRACTICE), {}),
        (earlier(requirement=""), {"requirement": "", "evidence": "9.1.3-a-1"}),
        (earlier(requirement="9.1.3-a", kind="complaint", evidence="9.1.2-b-2"), {}),
    ],
)
def test_what_is_no_repetition(before: Followed, now: dict[str, str]) -> None:
    assert found(before, **now) == []


@pytest.mark.parametrize(
    ("on", "back", "same"),
    [
        (dt.date(2026, 8, 31), dt.date(2026, 2, 28), False),
        (dt.date(2026, 8, 31), dt.date(2026, 3, 1), True),
        (dt.date(2026, 1, 15), dt.date(2025, 7, 15), True),
        (dt.date(2026, 1, 15), dt.date(2025, 7, 14), False),
        (dt.date(2026, 6, 30), dt.date(2025, 12, 30), True),
        (dt.date(2026, 7, 1), dt.date(2026, 1, 1), True),
    ],
)
def test_months_are_those_of_the_calendar(on: dt.date, back: dt.date, same: bool) -> None:
    assert bool(repeats("9.1.2-b", [], "", on, [earlier(audit="", on=back)], months=6)) is same


@pytest.mark.parametrize(
    ("actions", "reviews", "judged"),
    [
        (["done"], {"ACT-0": "effective"}, True),
        (["done", "cancelled"], {"ACT-0": "effective"}, True),
        ([], {"F-001": "effective"}, True),
        (["done"], {"F-001": "effective", "ACT-0": "worse"}, True),
        (["done"], {}, False),
        ([], {}, False),
        (["cancelled"], {}, False),
        (["done", "done"], {"ACT-0": "effective"}, False),
        (["done"], {"ACT-0": "not shown"}, False),
        (["done"], {"F-001": "not shown", "ACT-0": "effective"}, False),
    ],
)
def test_an_earlier_finding_was_effective_only_where_a_review_says_so(
    actions: list[str], reviews: dict[str, str], judged: bool
) -> None:
    each = Followed(
        earlier().finding,
        tuple(action(f"ACT-{place}", status) for place, status in enumerate(actions)),
        {subject: review(subject, concluded) for subject, concluded in reviews.items()},
    )
    assert effective(each) is judged
    assert repeats("9.1.2-b", [], "AUD-002", ON, [each]) == (Repeat("F-001", "requirement", judged),)
