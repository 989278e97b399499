-- Complaints and orders in one list, each on its own date, so that the one can be divided by the other.
select
    k.complaint_id as id,
    k.received_at as happened_at,
    true as is_complaint,
    k.product,
    c.segment,
    c.region,
    k._load,
    k._line
from complaints as k
left join customers as c on c.customer_id = k.customer_id
union all
select
    o.order_id as id,
    o.ordered_at as happened_at,
    false as is_complaint,
    o.product,
    c.segment,
    c.region,
    o._load,
    o._line
from orders as o
left join customers as c on c.customer_id = o.customer_id
