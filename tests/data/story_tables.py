"""The files of a story as pandas reads them, without any code of ours."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

WORDS = {"Very dissatisfied": 1, "Dissatisfied": 2, "Neither": 3, "Satisfied": 4, "Very satisfied": 5}


@dataclass
class Tables:
    customers: pd.DataFrame
    orders: pd.DataFrame
    invitations: pd.DataFrame
    answers: pd.DataFrame
    complaints: pd.DataFrame

    @classmethod
    def read(cls, folder: Path) -> Tables:
        customers = pd.read_csv(folder / "customers.csv", dtype=str)
        for column in ("Customer Since", "Left On"):
            customers[column] = pd.to_datetime(customers[column], format="%d/%m/%Y")
        orders = pd.concat(pd.read_csv(path) for path in sorted(folder.glob("orders-*.csv")))
        for column in ("ordered_at", "promised_at", "delivered_at"):
            orders[column] = pd.to_datetime(orders[column])
        invitations = pd.concat(pd.read_csv(path) for path in sorted(folder.glob("mailing-*.csv")))
        invitations["Sent On"] = pd.to_datetime(invitations["Sent On"], format="%d %m %Y")
        complaints = pd.read_csv(folder / "complaints.csv", dtype=str)
        for column in ("Opened", "First Reply", "Closed"):
            complaints[column] = pd.to_datetime(complaints[column], format="%d/%m/%Y %H:%M")
        complaints["Promised By"] = pd.to_datetime(complaints["Promised By"], format="%d/%m/%Y")
        segment = customers.set_index("Account No")["Segment"]
        orders["segment"] = orders.customer_id.map(segment)
        invitations["segment"] = invitations["Account No"].map(segment)
        complaints["segment"] = complaints["Account No"].map(segment)
        answers = _answers(folder)
        answers["segment"] = answers.customer.map(segment)
        return cls(customers, orders, invitations, answers, complaints)


def _answers(folder: Path) -> pd.DataFrame:
    old = pd.read_csv(folder / "survey-2024-25.csv", sep=";")
    new = pd.concat(pd.read_csv(path) for path in sorted(folder.glob("survey-2026-*.csv")))
    names = ["id", "day", "invitation", "customer", "satisfaction", "recommend", "ease", "effort", "comment", "product"]
    old.columns = new.columns = pd.Index(names)
    old["day"] = pd.to_datetime(old.day, format="%d.%m.%Y")
    new["day"] = pd.to_datetime(new.day, format="%d/%m/%Y", errors="coerce")
    old["satisfaction"] = old.satisfaction.map(WORDS)
    both = pd.concat([old, new], ignore_index=True)
    unreadable = both.day.isna() | (both.satisfaction > 5) | (both.recommend > 10)
    return both[~unreadable].reset_index(drop=True)
