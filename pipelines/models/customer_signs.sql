-- Customers, each with every sign of life (an order, an answer, a complaint, a contact) and the day of the next one.
select
    s.customer_id,
    s.seen_on,
    lead(s.seen_on) over (partition by s.customer_id order by s.seen_on) as seen_next_on,
    c.left_on,
    c.segment,
    c.region,
    s._load,
    s._line
from (
    select b.customer_id, b.customer_since as seen_on, b._load, b._line
    from customers as b
    where b.customer_since is not null
    union all
    select o.customer_id, cast(o.ordered_at as date) as seen_on, o._load, o._line from orders as o
    union all
    select r.customer_id, r.answered_on as seen_on, r._load, r._line from survey_responses as r
    union all
    select k.customer_id, cast(k.received_at as date) as seen_on, k._load, k._line from complaints as k
    union all
    select i.customer_id, cast(i.occurred_at as date) as seen_on, i._load, i._line from interactions as i
) as s
inner join customers as c on c.customer_id = s.customer_id
