-- Corrective actions that were carried out, each with the day by which its effect is to be reviewed and what reviews found.
select
    s.action_id,
    s.complaint_id,
    s.done_on,
    -- where no review is planned, one is expected 92 days later
    coalesce(v.due_on, cast(s.done_on + 92 as date)) as review_by,
    v.effective_on,
    v.ineffective_on,
    k.channel,
    k.product,
    c.segment,
    c.region,
    s._load,
    s._line
from complaint_actions as s
left join (
    select
        r.complaint_id,
        max(r.due_on) as due_on,
        max(r.done_on) filter (where r.effective) as effective_on,
        max(r.done_on) filter (where not r.effective) as ineffective_on
    from complaint_actions as r
    where r.kind = 'effectiveness review'
    group by r.complaint_id
) as v on v.complaint_id = s.complaint_id
left join complaints as k on k.complaint_id = s.complaint_id
left join customers as c on c.customer_id = k.customer_id
where s.kind = 'corrective action' and s.done_on is not null
