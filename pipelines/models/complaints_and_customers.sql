-- Complaints and customers in one list, so that the one can be divided by the other.
select
    k.complaint_id as id,
    cast(k.received_at as date) as happened_on,
    true as is_complaint,
    cast(null as date) as left_on,
    c.segment,
    c.region,
    k._load,
    k._line
from complaints as k
left join customers as c on c.customer_id = k.customer_id
union all
select
    c.customer_id as id,
    c.customer_since as happened_on,
    false as is_complaint,
    c.left_on,
    c.segment,
    c.region,
    c._load,
    c._line
from customers as c
