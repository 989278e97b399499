-- Promises, each with whether it was kept in time. A date alone means until the end of that day. What somebody noted as
-- not kept was not, whatever moment stands beside it; and a moment after the due one is too late, whatever was noted.
select
    p.promise_id,
    p.code,
    cast(p.due_at as date) as due_on,
    p.kept_at,
    coalesce(p.kept, p.kept_at is not null)
        and coalesce(
            p.kept_at <= p.due_at
                or cast(p.kept_at as date) = cast(p.due_at as date)
                    and p.due_at = cast(cast(p.due_at as date) as timestamp),
            true
        ) as kept_in_time,
    p.compensated_on,
    p.touchpoint,
    p.level,
    p.channel,
    p.product,
    c.segment,
    c.region,
    p._load,
    p._line
from promises as p
left join customers as c on c.customer_id = p.customer_id
