-- Complaints, each with when the same customer's previous complaint of the same category was closed.
select
    k.complaint_id,
    k.received_at,
    k.acknowledged_at,
    -- two working days after the day of receipt; days are counted from a Monday
    cast(k.received_at as date) + case date_diff('day', date '1900-01-01', cast(k.received_at as date)) % 7
        when 3 then 4
        when 4 then 4
        when 5 then 3
        else 2
    end as acknowledge_by,
    k.due_on,
    k.closed_at,
    k.customer_id,
    k.order_id,
    k.category,
    k.severity,
    k.correction,
    k.cause,
    k.upheld,
    k.solved_at_first_contact,
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
