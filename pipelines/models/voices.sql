-- Whatever customers let the organisation know of what they think, in one list, with the way in which it was learnt.
select
    r.answered_on as heard_on,
    'survey' as way,
    r.product,
    c.segment,
    c.region,
    r._load,
    r._line
from survey_responses as r
left join customers as c on c.customer_id = r.customer_id
union all
select
    cast(i.occurred_at as date) as heard_on,
    i.kind as way,
    i.product,
    c.segment,
    c.region,
    i._load,
    i._line
from interactions as i
left join customers as c on c.customer_id = i.customer_id
union all
select
    cast(k.received_at as date) as heard_on,
    'complaint' as way,
    k.product,
    c.segment,
    c.region,
    k._load,
    k._line
from complaints as k
left join customers as c on c.customer_id = k.customer_id
union all
select
    b.returned_on as heard_on,
    'warranty claim' as way,
    b.product,
    c.segment,
    c.region,
    b._load,
    b._line
from returns as b
left join customers as c on c.customer_id = b.customer_id
where b.warranty
