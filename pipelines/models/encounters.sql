-- Meetings, calls, compliments and the like, each with the segment and the region of its customer.
select
    i.interaction_id,
    i.occurred_at,
    i.kind,
    i.channel,
    i.product,
    c.segment,
    c.region,
    i._load,
    i._line
from interactions as i
left join customers as c on c.customer_id = i.customer_id
