-- Complaints, each with when the same customer's previous complaint of the same category was closed.
select
    k.complaint_id,
    k.received_at,
    k.acknowledged_at,
    k.due_on,
    k.closed_at,
    k.customer_id,
    k.category,
    k.severity,
    k.correction,
    k.cause,
    k.channel,
    k.product,
    c.segment,
    c.region,
    lag(k.closed_at) over (
        partition by k.customer_id, k.category
        order by k.received_at, k.complaint_id
    ) as previous_closed_at,
    k._load,
    k._line
from complaints as k
left join customers as c on c.customer_id = k.customer_id
