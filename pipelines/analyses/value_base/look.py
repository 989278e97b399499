"""Looks at customers, their orders, complaints and answers: what keeping and hearing them is worth rests on these."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from math import isnan

import numpy as np

from audit.measurement import Measurement
from audit.wording import say
from pipelines.analyses.asked import Asked
from pipelines.analyses.value_base.found import Retention, ValueBase
from pipelines.analyses.value_base.mending import mending
from pipelines.measuring.lineage import Read
from pipelines.methods.interval import mean
from pipelines.methods.propagate import Known
from pipelines.methods.refused import Refused
from pipelines.methods.unheard import BySurvey, by_survey
from pipelines.survey_soundness.measured import of_kpi

LEAST = 30
CUSTOMERS: Read = {"customers": frozenset({"customer_id", "left_on"})}
ORDERS: Read = {"orders": frozenset({"customer_id", "ordered_at", "status", "amount"})}
COMPLAINTS: Read = {"complaints": frozenset({"customer_id", "received_at"})}
ANSWERS: Read = {"survey_responses": frozenset({"customer_id", "answered_on", "satisfaction"})}
STANDING = "(customer_since is null or customer_since <= $ends) and (left_on is null or left_on > $ends)"
SPENT = f"""
select cast(coalesce(s.spent, 0) as double) as spent
from customers as c
left join (
    select customer_id, sum(cast(amount as decimal(28, 4))) as spent
    from orders
    where cast(ordered_at as date) between $starts and $ends and coalesce(status, '') <> 'cancelled'
      and amount > 0 and amount < 1e15
    group by 1
) as s on s.customer_id = c.customer_id
where {STANDING}
order by c.customer_id
"""
DISSATISFIED = 2
"""Answers up to this one, of 1 to 5, are dissatisfied."""
HEARD = f"""
select count(*), count(*) filter (where satisfaction <= {DISSATISFIED}),
       count(*) filter (where satisfaction <= {DISSATISFIED} and k.customer_id is null)
from (
    select customer_id, satisfaction from survey_responses
    where answered_on between $starts and $ends and customer_id is not null and satisfaction is not null
    qualify row_number() over (partition by customer_id order by answered_on desc, response_id desc) = 1
) as r
left join (
    select distinct customer_id from complaints where cast(received_at as date) between $starts and $ends
) as k on k.customer_id = r.customer_id
"""


def look(asked: Asked) -> ValueBase:
    return ValueBase(
        asked.latest.starts,
        asked.latest.ends,
        customers=asked.part(CUSTOMERS, lambda: _customers(asked), replace(asked.latest, starts=dt.date.min)),
        revenue=asked.part(CUSTOMERS | ORDERS, lambda: _revenue(asked)),
        retention=of_kpi(asked.measured, "retention_rate", asked.latest, _retention),
        complaints=of_kpi(asked.measured, "complaints_received", asked.latest, lambda figure: int(figure.value or 0)),
        mending=mending(asked),
        survey=asked.part(CUSTOMERS | COMPLAINTS | ANSWERS, lambda: _survey(asked)),
    )


def _customers(asked: Asked) -> int:
    ((count,),) = asked.rows(f"select count(*) from customers where {STANDING}", ends=asked.latest.ends)
    return int(count)


def _revenue(asked: Asked) -> Known:
    given = {"starts": asked.latest.starts, "ends": asked.latest.ends}
    spent = np.asarray(asked.connection.execute(SPENT, given).fetchnumpy()["spent"])
    if len(spent) < LEAST:
        raise Refused(say("only {n} customers stand; at least {least} are needed", n=len(spent), least=LEAST))
    figures = (np.array([each]) for each in (spent.mean(), spent.std(ddof=1), float(len(spent))))
    low, high = (float(bound[0]) for bound in mean(*figures))
    if isnan(low):  # all spent the same
        return Known(float(spent.mean()), float(spent.mean()), float(spent.mean()))
    return Known(float(spent.mean()), max(0.0, low), high)


def _retention(figure: Measurement) -> Retention:
    if figure.value is None or figure.low is None or figure.high is None:
        raise Refused(say("nobody was a customer when these months began"))
    return Retention(figure.n, Known(figure.value, min(figure.low, figure.value), max(figure.high, figure.value)))


def _survey(asked: Asked) -> BySurvey:
    ((answered, dissatisfied, silent),) = asked.rows(HEARD, starts=asked.latest.starts, ends=asked.latest.ends)
    return by_survey(_customers(asked), answered, dissatisfied, silent)
