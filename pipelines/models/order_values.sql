-- Orders, each with since when its customer is one, and whether a key one.
select
    o.order_id,
    o.ordered_at,
    o.amount,
    o.status,
    o.channel,
    o.product,
    c.customer_since,
    c.key_customer,
    c.segment,
    c.region,
    o._load,
    o._line
from orders as o
left join customers as c on c.customer_id = o.customer_id
