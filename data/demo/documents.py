"""The documents that Lindvale keeps: what the register says of each, and its text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from data.demo.business import Business

TEXTS = Path(__file__).parent / "documents"
COVERED_FROM, COVERED_TO = dt.date(2025, 10, 1), dt.date(2026, 9, 30)


@dataclass(frozen=True)
class Paper:
    kind: str
    title: str
    owner: str
    reviewed_on: dt.date
    covers_from: dt.date | None = None
    covers_to: dt.date | None = None
    text: str = ""
    """File among the texts, where it is not named for the kind."""
    status: str = "approved"

    @property
    def file(self) -> str:
        return f"{self.text or self.kind.replace(' ', '-')}.md"

    def write(self, folder: Path, figures: dict[str, str]) -> Path:
        written = (TEXTS / self.file).read_text(encoding="utf-8")
        path = folder / self.file
        head = {"title": self.title, "owner": self.owner, "reviewed_on": self.reviewed_on.isoformat()}
        path.write_text(written.format(**head, **figures), encoding="utf-8", newline="\n")
        return path


PAPERS = (
    Paper("survey method", "Customer survey: method", "Head of Customer Research", dt.date(2026, 2, 10)),
    Paper("complaint procedure", "Handling of complaints", "Head of Customer Service", dt.date(2026, 1, 20)),
    Paper("customer communication plan", "Who tells customers what", "Head of Sales", dt.date(2026, 3, 5)),
    Paper("customer risk register", "Risks and opportunities with customers", "Quality Manager", dt.date(2026, 6, 17)),
    Paper("customer requirements list", "What customers and the law require", "Head of Sales", dt.date(2026, 4, 22)),
    Paper(
        "performance analysis",
        "Analysis of the year to September 2026",
        "Quality Manager",
        dt.date(2026, 10, 14),
        COVERED_FROM,
        COVERED_TO,
    ),
    Paper("supplier evaluation", "Evaluation of suppliers 2026", "Head of Purchasing", dt.date(2026, 5, 28)),
    Paper(
        "management review input",
        "Input to the management review of October 2026",
        "Quality Manager",
        dt.date(2026, 10, 20),
        COVERED_FROM,
        COVERED_TO,
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
        return list(PAPERS)
    neglectful = {"survey method": replace(PAPERS[0], reviewed_on=METHOD_LAST_REVIEWED), "improvement plan": OLD_PLAN}
    return [neglectful.get(paper.kind, paper) for paper in PAPERS]


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
