"""The files that Lindvale's tools export, and which mapping reads each."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from data.demo import columns, plain_columns
from data.demo.business import Business
from data.demo.columns import Row
from data.demo.further_questions import rated
from data.demo.index_questions import rated_for_index
from data.demo.scene import LAST_YEAR

MAPPINGS = Path(__file__).parent / "mappings"
HALF_YEAR = dt.date(2026, 5, 1)


@dataclass(frozen=True)
class Export:
    file: str
    source: str
    rows: tuple[Row, ...]
    mapping: str | None = None
    delimiter: str = ","

    @property
    def mapping_path(self) -> Path | None:
        return MAPPINGS / self.mapping if self.mapping else None

    def with_cell(self, at: int, column: str, value: str) -> Export:
        return replace(self, rows=(*self.rows[:at], {**self.rows[at], column: value}, *self.rows[at + 1 :]))

    def write(self, folder: Path) -> Path:
        path = folder / self.file
        with path.open("w", newline="", encoding="utf-8") as opened:
            writer = csv.DictWriter(opened, list(self.rows[0]), delimiter=self.delimiter, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.rows)
        return path


def exports(business: Business) -> list[Export]:
    return [
        Export("customers.csv", "customers", tuple(map(columns.customer, business.customers)), "customers.yaml"),
        *_orders(business),
        *_mailings(business),
        *_surveys(business),
        Export("complaints.csv", "complaints", tuple(map(columns.complaint, business.complaints)), "helpdesk.yaml"),
        *_plain(business),
    ]


def _plain(business: Business) -> list[Export]:
    return [
        Export(f"{source.replace('_', '-')}.csv", source, tuple(rows))
        for source, rows in {
            "deliveries": map(plain_columns.delivery, business.lines),
            "returns": map(plain_columns.returned, business.returns),
            "contract_reviews": map(plain_columns.review, business.reviews),
            "promises": map(plain_columns.promise, business.promises),
            "customer_needs": map(plain_columns.need, business.needs),
            "kano_answers": map(plain_columns.felt, business.felt),
            "complaint_actions": map(plain_columns.step, business.steps),
            "interactions": map(plain_columns.interaction, business.interactions),
            "waiting_times": map(plain_columns.call, business.calls),
            "survey_answers": map(plain_columns.rated, [*rated(business.answers), *rated_for_index(business.answers)]),
            "employee_survey": map(plain_columns.opinion, business.opinions),
            "staff_training": map(plain_columns.training, business.trainings),
            "competitor_scores": map(plain_columns.score, business.scores),
            "market_sizes": map(plain_columns.size, business.sizes),
            "expectations": map(plain_columns.pair, business.pairs),
        }.items()
    ]


def _orders(business: Business) -> list[Export]:
    """The order system already uses the contract's names, so no mapping is needed."""
    first = tuple(columns.order(one) for one in business.orders if one.ordered_at.date() < LAST_YEAR)
    second = tuple(columns.order(one) for one in business.orders if one.ordered_at.date() >= LAST_YEAR)
    return [Export("orders-2024-25.csv", "orders", first), Export("orders-2025-26.csv", "orders", second)]


def _mailings(business: Business) -> list[Export]:
    first = tuple(columns.mailing(one) for one in business.invitations if one.day < LAST_YEAR)
    second = tuple(columns.mailing(one) for one in business.invitations if one.day >= LAST_YEAR)
    return [
        Export("mailing-2024-25.csv", "survey_invitations", first, "mailing.yaml"),
        Export("mailing-2025-26.csv", "survey_invitations", second, "mailing.yaml"),
    ]


def _surveys(business: Business) -> list[Export]:
    """After the first year Lindvale changed its survey tool."""
    old = tuple(columns.first_survey(one) for one in business.answers if one.day < LAST_YEAR)
    winter = tuple(columns.second_survey(one) for one in business.answers if LAST_YEAR <= one.day < HALF_YEAR)
    summer = tuple(columns.second_survey(one) for one in business.answers if one.day >= HALF_YEAR)
    return [
        Export("survey-2024-25.csv", "survey_responses", old, "survey-2024-25.yaml", ";"),
        Export("survey-2026-winter.csv", "survey_responses", winter, "survey-2026.yaml"),
        Export("survey-2026-summer.csv", "survey_responses", summer, "survey-2026.yaml"),
    ]
