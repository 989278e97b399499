-- Order lines, each with the day on which it was due by the first promise and by the newest.
select
    d.order_id,
    d.order_line,
    cast(coalesce(d.first_promised_at, d.promised_at) as date) as first_due_on,
    cast(d.promised_at as date) as due_on,
    cast(d.delivered_at as date) as delivered_on,
    d.quantity_ordered,
    d.quantity_delivered,
    d.status,
    d.premium_freight,
    d.channel,
    d.product,
    c.segment,
    c.region,
    d._load,
    d._line
from deliveries as d
left join customers as c on c.customer_id = d.customer_id
