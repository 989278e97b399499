-- Orders, each with the customer's answers next to it in time: the last one before or on its day, and the first after it.
select
    o.order_id,
    o.ordered_at,
    o.amount,
    o.status,
    a.answered_on as answered_before,
    coalesce(a.next_answered_on, case when a.answered_on is null then f.answered_on end) as answered_after,
    c.segment,
    c.region,
    o._load,
    o._line
from orders as o
left join (
    select
        r.customer_id,
        r.answered_on,
        lead(r.answered_on) over (partition by r.customer_id order by r.answered_on) as next_answered_on
    from survey_responses as r
) as a
    on a.customer_id = o.customer_id
    and a.answered_on <= cast(o.ordered_at as date)
    and (a.next_answered_on is null or a.next_answered_on > cast(o.ordered_at as date))
left join (
    select r.customer_id, min(r.answered_on) as answered_on
    from survey_responses as r
    group by r.customer_id
) as f on f.customer_id = o.customer_id
left join customers as c on c.customer_id = o.customer_id
