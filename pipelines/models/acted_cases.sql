-- Complaints, each with whether anything was done or reasoned to be needless: in its record or in the register of actions.
select
    k.complaint_id,
    k.closed_at,
    k.correction is not null or a.complaint_id is not null as acted_on,
    k.channel,
    k.product,
    c.segment,
    c.region,
    k._load,
    k._line
from complaints as k
left join (
    select distinct s.complaint_id
    from complaint_actions as s
    where s.kind in ('correction', 'corrective action') and s.what is not null
) as a on a.complaint_id = k.complaint_id
left join customers as c on c.customer_id = k.customer_id
