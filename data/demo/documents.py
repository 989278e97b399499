"""The documents that Lindvale keeps: what the register says of each, and its text."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from data.demo.business import Business
from data.demo.paper import COVERED_FROM, COVERED_TO, Paper, of_the_year
from data.demo.system_papers import SYSTEM_PAPERS

PAPERS = (
    Paper("survey method", "Customer survey: method", "Head of Customer Research", dt.date(2026, 2, 10)),
    Paper("complaint procedure", "Handling of complaints", "Head of Customer Service", dt.date(2026, 1, 20)),
    Paper("customer communication plan", "Who tells customers what", "Head of Sales", dt.date(2026, 3, 5)),
    Paper("customer risk register", "Risks and opportunities with customers", "Quality Manager", dt.date(2026, 6, 17)),
    Paper("customer requirements list", "What customers and the law require", "Head of Sales", dt.date(2026, 4, 22)),
    of_the_year(
        "performance analysis", "Analysis of the year to September 2026", "Quality Manager", dt.date(2026, 10, 14)
    ),
    Paper("supplier evaluation", "Evaluation of suppliers 2026", "Head of Purchasing", dt.date(2026, 5, 28)),
    of_the_year(
        "management review input",
        "Input to the management review of October 2026",
        "Quality Manager",
        dt.date(2026, 10, 20),
    ),
    Paper(
        "improvement plan",
        "Improvement plan 2026",
        "Managing Director",
        dt.date(2026, 3, 18),
        text="improvement-plan-2026",
    ),
    Paper("corrective action register", "Corrective actions", "Quality Manager", dt.date(2026, 9, 24)),
    Paper("contingency arrangement", "When supply or service fails", "Head of Operations", dt.date(2025, 12, 9)),
    Paper(
        "customer property register",
        "Pumps and drawings that belong to customers",
        "Workshop Manager",
        dt.date(2026, 7, 8),
    ),
)
OLD_PLAN = Paper(
    "improvement plan", "Improvement plan 2024", "Managing Director", dt.date(2024, 9, 12), text="improvement-plan-2024"
)
METHOD_LAST_REVIEWED = dt.date(2023, 5, 16)
STEADY = "That is about as many as the year before."
LESS = "That is fewer than the year before. No measure has been decided yet."


def papers(neglected: bool) -> list[Paper]:
    """Where they are neglected, nobody reviewed the survey method or made a new improvement plan."""
    if not neglected:
        return [*PAPERS, *SYSTEM_PAPERS]
    neglectful = {"survey method": replace(PAPERS[0], reviewed_on=METHOD_LAST_REVIEWED), "improvement plan": OLD_PLAN}
    return [neglectful.get(paper.kind, paper) for paper in (*PAPERS, *SYSTEM_PAPERS)]


def figures(business: Business, neglected: bool) -> dict[str, str]:
    """What the year's analysis says in numbers, over the days that it covers."""
    scores = [answer.score("satisfaction") for answer in business.answers if _covered(answer.day)]
    satisfied = [score >= 4 for score in scores if score]
    late = [order.late for order in business.orders if order.delivered_at and _covered(order.delivered_at.date())]
    complaints = [complaint for complaint in business.complaints if _covered(complaint.received_at.date())]
    return {
        "answers": f"{len(satisfied):,}",
        "satisfied": f"{100 * sum(satisfied) / len(satisfied):.0f}",
        "delivered": f"{len(late):,}",
        "on_time": f"{100 - 100 * sum(late) / len(late):.0f}",
        "complaints": f"{len(complaints):,}",
        "remark": LESS if neglected else STEADY,
    }


def _covered(day: dt.date) -> bool:
    return COVERED_FROM <= day <= COVERED_TO
