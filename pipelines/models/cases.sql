-- Complaints, each with when an earlier one of the same customer and category was last closed before it came. Closings are
-- put in line with receipts, so that an earlier complaint that is still open hides none that was closed.
select
    e.complaint_id,
    e.received_at,
    e.acknowledged_at,
    -- two working days after the day of receipt; days are counted from a Monday
    cast(e.received_at as date) + case date_diff('day', date '1900-01-01', cast(e.received_at as date)) % 7
        when 3 then 4
        when 4 then 4
        when 5 then 3
        else 2
    end as acknowledge_by,
    e.due_on,
    e.closed_at,
    e.customer_id,
    e.order_id,
    e.category,
    e.severity,
    e.correction,
    e.cause,
    e.upheld,
    e.solved_at_first_contact,
    e.channel,
    e.product,
    c.segment,
    c.region,
    e.previous_closed_at,
    e._load,
    e._line
from (
    select
        m.complaint_id,
        m.received_at,
        m.acknowledged_at,
        m.due_on,
        m.closed_at,
        m.customer_id,
        m.order_id,
        m.category,
        m.severity,
        m.correction,
        m.cause,
        m.upheld,
        m.solved_at_first_contact,
        m.channel,
        m.product,
        m._load,
        m._line,
        m.step,
        -- of one moment, the complaint that came first leads, and its receipt leads its closing
        max(case when m.step = 1 then m.closed_at end) over (
            partition by m.customer_id, m.category
            order by m.at, m.received_at, m.complaint_id, m.step
        ) as previous_closed_at
    from (
        select
            k.complaint_id,
            k.received_at,
            k.acknowledged_at,
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
            k._load,
            k._line,
            k.received_at as at,
            0 as step
        from complaints as k
        union all
        select
            k.complaint_id,
            k.received_at,
            k.acknowledged_at,
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
            k._load,
            k._line,
            greatest(k.closed_at, k.received_at) as at,
            1 as step
        from complaints as k
    ) as m
) as e
left join customers as c on c.customer_id = e.customer_id
where e.step = 0
