-- Visits and calls, each with the segment and the region of its customer.
select
    v.visit_id,
    v.arrived_at,
    v.served_at,
    v.left_unserved,
    v.channel,
    v.product,
    c.segment,
    c.region,
    v._load,
    v._line
from waiting_times as v
left join customers as c on c.customer_id = v.customer_id
