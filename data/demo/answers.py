"""What the internal auditor of Lindvale has asked, seen and drawn so far: the core clauses; the rest is still to do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

AUDITOR = "M. Okafor"
ASKED, LOOKED = dt.date(2026, 10, 27), dt.date(2026, 10, 28)


@dataclass(frozen=True)
class Told:
    evidence: str
    who: str
    note: str
    on: dt.date = ASKED


HEARD = (
    Told(
        "5.1.2-a-3",
        "Managing Director",
        "Named three promises of the year (delivery day, 48 h spares, call-out in a day) and the on-time "
        "share of each quarter without looking it up.",
    ),
    Told(
        "8.2.1-a-2",
        "Web shop, price list 2026-07, counter North",
        "Flow curves and delivery times in the shop agree with price list and data sheets for five pumps "
        "chosen at random.",
        LOOKED,
    ),
    Told(
        "8.2.1-b-3",
        "Head of Sales",
        "Followed an enquiry of 12 August and a change of pump size of 3 September from the first mail to the "
        "confirmed order.",
    ),
    Told(
        "8.2.1-c-7",
        "Two service engineers, counter North",
        "Both opened the complaint form on their phones and showed their last entry.",
        LOOKED,
    ),
    Told(
        "8.2.1-e-2",
        "Managing Director",
        "Hospitals and the two waterworks; stand-by pumps are agreed with each.",
    ),
    Told(
        "9.1.2-b-8",
        "Head of Customer Research",
        "Knows who was not heard by segment; the visits of the sales staff are to fill the gap, and three "
        "visit reports were shown.",
    ),
    Told(
        "9.1.3-b-7",
        "Quality Manager",
        "Explained from the chart of March which month was chance and which was not, and where that is written.",
    ),
    Told(
        "9.3.2-c1-3",
        "Managing Director",
        "Gave the satisfaction of both years and the two complaints most often heard.",
    ),
    Told(
        "10.2-f-2",
        "Assembly team 2",
        "Torque check at station 4, brought in after the leaking seals of spring.",
        LOOKED,
    ),
)
JUDGED = {
    "8.2.1-c-6": "Followed from receipt to close: entry, acknowledgement, answer, all dated.",
    "10.2-b-3": "Looked into before deciding: the entry shows by whom.",
    "10.2-d-4": "Judged by its effect at the next deliveries.",
}
"""Evidence -> what the auditor wrote to each record that was drawn."""
BEGUN = 4
"""Where the story declines the auditor has only begun with the records: there is something left to judge."""
