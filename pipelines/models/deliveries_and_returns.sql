-- Delivered lines and returned lines in one list, each on its own date, so that the one can be divided by the other.
select
    d.delivered_at as happened_at,
    false as is_return,
    coalesce(d.quantity_delivered, d.quantity_ordered) as quantity,
    false as warranty,
    d.product,
    c.segment,
    c.region,
    d._load,
    d._line
from deliveries as d
left join customers as c on c.customer_id = d.customer_id
union all
select
    b.returned_on as happened_at,
    true as is_return,
    b.quantity_returned as quantity,
    b.warranty,
    b.product,
    c.segment,
    c.region,
    b._load,
    b._line
from returns as b
left join customers as c on c.customer_id = b.customer_id
