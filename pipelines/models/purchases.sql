-- Orders, each with who stands behind the account and when that buyer ordered before.
select
    o.order_id,
    o.ordered_at,
    o.promised_at,
    o.delivered_at,
    o.status,
    o.amount,
    o.channel,
    o.product,
    c.segment,
    c.region,
    coalesce(c.parent_id, o.customer_id) as buyer,
    lag(o.ordered_at) over (
        partition by coalesce(c.parent_id, o.customer_id)
        order by o.ordered_at, o.order_id
    ) as previous_ordered_at,
    o._load,
    o._line
from orders as o
left join customers as c on c.customer_id = o.customer_id
