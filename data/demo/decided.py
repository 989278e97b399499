"""What the people of Lindvale have decided so far: an audit under way, findings, actions, a management review."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from audit.assumption import Assumption
from audit.auditing.plan import Auditor, PlanItem
from audit.auditing.programme import PlannedAudit
from audit.event import NewEvent
from audit.evidence import Grade
from audit.finding.finding import Cause, Extent, Reference
from audit.finding.grading import Answers
from audit.quantity import Quantity, Unit
from audit.records.auditing.audits import NewAudit
from audit.records.auditing.programmes import NewProgramme
from audit.records.finding.actions import NewAction
from audit.records.reviewing.improvements import NewImprovement
from audit.records.reviewing.review_decisions import NewDecision
from audit.records.reviewing.reviews import NO_RUN, Input, NewReview
from audit.targets.objective import Objective, Target
from audit.targets.scorecard import Indicator, Level, Scorecard
from data.demo.answers import ASKED, AUDITOR, LOOKED
from data.demo.defects import UNINVITED
from data.demo.scene import AS_OF, BEGINS

EDITION = "iso-9001-2015"
PROGRAMME = NewProgramme(
    title="Internal audits 2026",
    objectives="Be ready for the surveillance audit of March 2027; see that complaints lead to lasting improvement.",
    period_from=dt.date(2026, 1, 1),
    period_to=dt.date(2026, 12, 31),
    risks="Two auditors only; the second one works in after-sales.",
    opportunities="The figures come from the systems, so that interviews can ask for reasons.",
    responsible="Quality Manager",
    planned=(
        PlannedAudit("Assembly and test", dt.date(2026, 5, 1), "8.5, 8.6, 8.7"),
        PlannedAudit("Customer focus and satisfaction", dt.date(2026, 10, 1), "5.1.2, 8.2, 9.1.2, 9.1.3, 9.3, 10.2"),
    ),
)
AUDIT = NewAudit(
    edition=EDITION,
    title="Customer focus and satisfaction, autumn 2026",
    objectives="Find out whether customers' perceptions are known, understood and acted on.",
    scope="Sales, after-sales and customer research, all regions",
    period_from=BEGINS,
    period_to=AS_OF,
    lead=AUDITOR,
    auditors=(
        Auditor(AUDITOR, "ISO 19011 course 2023; six internal audits since"),
        Auditor("J. Brandt", "ISO 19011 course 2025, second audit", ("after-sales", "8.2.1")),
    ),
    plan=(
        PlanItem(ASKED, "5.1.2, 9.3.2", AUDITOR, "Managing Director"),
        PlanItem(ASKED, "9.1.2, 9.1.3", AUDITOR, "Head of Customer Research"),
        PlanItem(LOOKED, "8.2.1, 10.2", AUDITOR, "Head of After-sales, two service engineers"),
        PlanItem(dt.date(2026, 12, 3), "8.2.1, 8.2.3", "J. Brandt", "Head of Sales"),
    ),
)


@dataclass(frozen=True)
class Found:
    """A finding, and how far the response to it has come."""

    requirement: str
    statement: str
    evidence: tuple[Reference, ...]
    grade: Grade
    answers: Answers
    owner: str
    due_on: dt.date
    consequence: str = ""
    extent: Extent = Extent()
    correction: str = ""
    corrected_on: dt.date | None = None
    cause: tuple[Cause, ...] = ()
    look_across: str = ""
    action: str = ""
    action_due: dt.date | None = None


MINOR = Answers(True, True, False, False, False, False, False)
FOUND = {
    "decline": (
        Found(
            "9.1.2-b",
            f"Nobody in the segment {UNINVITED} was invited to a survey in the last twelve months.",
            (Reference("evidence", "9.1.2-b-2", "no invitation in the segment"),),
            Grade.MINOR,
            MINOR,
            "Head of Customer Research",
            dt.date(2026, 12, 15),
            "How about one customer in three sees us is not known.",
        ),
        Found(
            "10.2-b",
            "Complaints were closed without a recorded cause.",
            (Reference("evidence", "10.2-b-1", "share of closed complaints with a cause"),),
            Grade.MINOR,
            MINOR,
            "Head of After-sales",
            dt.date(2026, 11, 30),
            "The same fault can come back unseen.",
            correction="The causes of the complaints closed in October were looked up and entered.",
            corrected_on=dt.date(2026, 11, 6),
            cause=(
                Cause("The ticket can be closed with the field empty."),
                Cause("The field was made optional when the help desk moved to its new release."),
                Cause("Nobody checks the settings after a new release."),
            ),
            look_across="The tickets of field service use the same form.",
            action="Make the cause a mandatory field again, and check the settings after each release.",
            action_due=dt.date(2026, 12, 18),
        ),
    ),
    "healthy": (
        Found(
            "9.1.2-c",
            "The yearly chart could show beside each figure what was done because of it.",
            (Reference("document", "performance analysis", "the chart"),),
            Grade.OPPORTUNITY,
            Answers(True, False),
            "Head of Customer Research",
            dt.date(2027, 1, 29),
        ),
    ),
}
REVIEW = NewReview(
    held_on=dt.date(2026, 3, 16),
    period_from=dt.date(2025, 3, 1),
    period_to=dt.date(2026, 2, 28),
    attendees="Managing Director, Heads of Sales, After-sales and Assembly, Quality Manager",
    run=NO_RUN,
    inputs=(
        Input("9.3.2-c1", note="Satisfaction as in the year before; customers praise the spare parts service."),
        Input("9.3.2-c4", note="Causes are sometimes missing where complaints are closed quickly."),
    ),
)
DECISIONS = (
    NewDecision(
        review="", input="9.3.2-c4", kind="improvement", owner="Head of After-sales", due_on=dt.date(2026, 4, 30),
        what="Complaints are closed with their cause only.",
    ),
    NewDecision(
        review="", input="9.3.2-d", kind="resources", owner="Managing Director", due_on=dt.date(2026, 12, 31),
        what="A second person for visits in the South.",
    ),
)  # fmt: skip
ACTION = NewAction(
    what="Train the counters and the service engineers to record causes.",
    owner="Head of After-sales",
    due_on=dt.date(2026, 4, 30),
    kpi="complaints_with_cause",
    expected_on=dt.date(2026, 7, 1),
)
"""Of the first decision; whether it had its effect can be seen in the figures."""
DONE_ON = dt.date(2026, 4, 20)
IMPROVEMENTS = (
    NewImprovement(
        said="Pumps were delivered when nobody was there to sign for them.", source="complaint",
        did="Drivers call half an hour before they arrive.", done_on=dt.date(2026, 5, 4),
        told_on=dt.date(2026, 6, 15), told_how="Newsletter of June, and on the delivery note",
    ),
    NewImprovement(
        said="The price list is hard to find in the web shop.", source="survey comment",
        did="Each product page leads to it.", by="channel", group="Web shop", done_on=dt.date(2026, 9, 1),
    ),
)  # fmt: skip
EVENTS = (
    NewEvent(
        dt.date(2025, 9, 1), "A second carrier took over the routes in the South.", kpi="on_time_delivery_by_day",
        baseline=True,
    ),
    NewEvent(dt.date(2026, 5, 4), "Drivers call half an hour before they arrive."),
)  # fmt: skip
THIS_YEAR = dt.date(2026, 1, 1)
OBJECTIVES = (
    Objective(
        title="Customers are satisfied", kpi="csat_top_2_box", grain="quarter", owner="Head of Customer Research",
        why="Customers who are satisfied come back; the target rose when the spare parts service was praised.",
        targets=(
            Target(since=BEGINS, at_least=Quantity(75, "%")),
            Target(since=THIS_YEAR, at_least=Quantity(80, "%"), warn_at=Quantity(83, "%")),
        ),
    ),
    Objective(
        title="Every complaint has a cause on record", kpi="complaints_with_cause", grain="quarter",
        owner="Head of After-sales", why="Without its cause the same fault comes back unseen.",
        targets=(Target(since=BEGINS, at_least=Quantity(90, "%"), stretch=Quantity(98, "%")),),
    ),
    Objective(
        title="Few complaints", kpi="complaint_rate", grain="year", owner="Head of Assembly",
        why="Each complaint costs a customer a day of work.",
        targets=(Target(since=BEGINS, at_most=Quantity(35, "per 1,000"), warn_at=Quantity(30, "per 1,000")),),
    ),
    Objective(
        title="Private customers answer", kpi="survey_response_rate", by="segment", group=UNINVITED, grain="quarter",
        owner="Head of Customer Research", why="One customer in three is private, and few of them write on their own.",
        targets=(Target(since=BEGINS, at_least=Quantity(25, "%")),),
    ),
)  # fmt: skip
"""One of a group that nobody asked any more in one of the stories, so that nothing is known of it."""


def _levels(unit: Unit, basic: float, satisfying: float, exceeding: float) -> tuple[Level, ...]:
    return (
        Level(word="failing", points=0),
        Level(word="basic", points=40, reaches=Quantity(basic, unit)),
        Level(word="satisfying", points=70, reaches=Quantity(satisfying, unit)),
        Level(word="exceeding", points=100, reaches=Quantity(exceeding, unit)),
    )


SCORECARDS = (
    Scorecard(
        title="After-sales service", department="After-sales", owner="Head of After-sales", grain="quarter",
        why="What customers notice of the service, for the yearly talks about targets.",
        indicators=(
            Indicator(kpi="csat_top_2_box", weight=40, levels=_levels("%", 60, 75, 85)),
            Indicator(kpi="complaints_with_cause", weight=30, levels=_levels("%", 70, 90, 98)),
            Indicator(
                kpi="complaint_rate", weight=30, levels=_levels("per 1,000", 45, 35, 25), owner="Head of Assembly"
            ),
        ),
    ),
    Scorecard(
        title="Listening to customers", department="Customer research", owner="Head of Customer Research",
        grain="quarter", most_missing=40,
        why="Who is not asked cannot be heard.",
        indicators=(
            Indicator(kpi="survey_response_rate", weight=3, levels=_levels("%", 15, 25, 40)),
            Indicator(
                kpi="survey_response_rate", by="segment", group=UNINVITED, weight=2, levels=_levels("%", 15, 25, 40)
            ),
            Indicator(kpi="nps", weight=3, levels=_levels("points", 0, 30, 50)),
        ),
    ),
)  # fmt: skip
ASSUMPTIONS = (
    (
        Assumption(name="contribution_margin", value=31, owner="Controller", source="Contribution accounts of 2025"),
        "Mean of pumps, spare parts and field service, weighted by revenue.",
    ),
    (
        Assumption(name="discount_rate", value=7, owner="Controller", source="Rate for investments, budget of 2026"),
        "The rate by which machines are judged, too.",
    ),
    (
        Assumption(name="horizon", value=36, owner="Managing Director", source="Length of the plan for sales"),
        "Nobody here plans further than three years.",
    ),
    (
        Assumption(name="share_that_complains", value=4, owner="Quality Manager", source="Training of 2019"),
        "Taken over from a training and never checked here; to be held against the survey.",
    ),
    (
        Assumption(name="told_by_each", value=10, owner="Quality Manager", source="Training of 2019"),
        "Taken over from a training and never checked here.",
    ),
)
"""Each with the reason; two of them are what trainers say, and what winning costs over keeping nobody owns yet."""
