-- What complaints cost, on the day on which they were closed, and the orders that count as sales, in one list.
select
    k.complaint_id as id,
    k.closed_at as happened_at,
    true as is_cost,
    k.cost as amount,
    k.product,
    c.segment,
    c.region,
    k._load,
    k._line
from complaints as k
left join customers as c on c.customer_id = k.customer_id
where k.cost >= 0 and k.cost < 1e15
union all
select
    o.order_id as id,
    o.ordered_at as happened_at,
    false as is_cost,
    o.amount,
    o.product,
    c.segment,
    c.region,
    o._load,
    o._line
from orders as o
left join customers as c on c.customer_id = o.customer_id
where o.amount > 0 and o.amount < 1e15 and coalesce(o.status, '') <> 'cancelled'
