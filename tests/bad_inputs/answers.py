"""The good file that every fixture is a change of: three answers to a survey."""

from __future__ import annotations

NAMES = ["response_id", "answered_on", "satisfaction", "recommend", "comment"]
HEAD = ",".join(NAMES) + "\n"
R1 = "r1,2026-03-01,5,9,fine\n"
R2 = "r2,2026-03-02,4,8,slow\n"
R3 = "r3,2026-03-03,3,7,\n"
ROWS = R1 + R2 + R3
TABLE = HEAD + ROWS


def row(id: str = "r9", day: str = "2026-03-09", satisfaction: str = "5", recommend: str = "9", note: str = "x") -> str:
    return f"{id},{day},{satisfaction},{recommend},{note}\n"


def commented(text: str) -> str:
    """The good file with one more answer that says so."""
    return TABLE + row(note=text)
