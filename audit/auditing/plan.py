"""An audit's plan: who audits what, on which day, and whom they ask."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

BETWEEN = re.compile(r"[,;、，；\n]")
CLAUSE = re.compile(r"\d+(\.\d+)*")


@dataclass(frozen=True)
class Auditor:
    name: str
    competence: str = ""
    """What shows it: training, experience, a certificate."""
    works_in: tuple[str, ...] = ()
    """The processes and clauses that the auditor owns or works in."""


@dataclass(frozen=True)
class PlanItem:
    day: dt.date | None
    what: str
    """Clauses or processes, as in "9.1.2, complaint handling"."""
    auditor: str
    interviewed: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        return named(self.what)


def named(text: str) -> tuple[str, ...]:
    """Each clause or process that a text lists."""
    return tuple(part.strip() for part in BETWEEN.split(text) if part.strip())


def touches(own: str, audited: str) -> bool:
    """Whether two name the same work: "8.2" holds 8.2.1 and is part of 8; processes go by their name."""
    one, other = _folded(own), _folded(audited)
    if CLAUSE.fullmatch(one) and CLAUSE.fullmatch(other):
        return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")
    return one == other


def _folded(text: str) -> str:
    """Case and outer blanks do not matter, nor which requirement of a clause is meant: 9.1.2-a is of 9.1.2."""
    folded = " ".join(text.casefold().split())
    clause, dash, _letter = folded.partition("-")
    return clause if dash and CLAUSE.fullmatch(clause) else folded
