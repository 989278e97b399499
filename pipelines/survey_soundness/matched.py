"""Every answer with its invitation, joined once for all periods and all that asks about them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from pipelines.measuring.trust import Trust
from pipelines.methods.non_response import FINISHED
from pipelines.sql import literal

MATCHED = "clauselight_matched"
"""One row for each answer: invited_on (empty where no invitation is known), answered_on, satisfaction, finished, and
the hash of its invitation."""
QUESTIONS = ("satisfaction", "recommend", "ease", "effort")
"""Those of the survey responses."""


@contextmanager
def matched(connection: duckdb.DuckDBPyConnection, trust: Trust) -> Iterator[None]:
    scores, applied = given(trust)
    connection.execute(
        f"create or replace temp table {MATCHED} as select i.invited_on, r.answered_on, r.satisfaction, r.finished, "
        f"hash(i.invitation_id) as invitation from (select *, {scores} > {FINISHED} * ({applied}) as finished "
        "from survey_responses) as r left join survey_invitations as i on i.invitation_id = r.invitation_id"
    )
    yield
    connection.execute(f"drop table {MATCHED}")


def delivered(trust: Trust, question: str) -> str:
    """Whether the file of a response had the question at all."""
    own = [load for load in trust.loads.values() if load.source == "survey_responses"]
    having = sorted(load.id for load in own if question in load.delivered)
    return f"_load in ({', '.join(map(literal, having))})" if having else "false"


def given(trust: Trust) -> tuple[str, str]:
    """How many questions of a response were answered, and how many it had."""
    asked = {name: delivered(trust, name) for name in QUESTIONS}
    scores = " + ".join(f"cast({name} is not null as integer)" for name in asked)
    applied = " + ".join(f"cast({condition} or {name} is not null as integer)" for name, condition in asked.items())
    return scores, applied
