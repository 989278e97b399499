-- Steps taken on complaints, each with what the complaint was about and who complained.
select
    s.action_id,
    s.complaint_id,
    s.kind,
    s.decided_on,
    s.due_on,
    s.done_on,
    k.channel,
    k.product,
    c.segment,
    c.region,
    s._load,
    s._line
from complaint_actions as s
left join complaints as k on k.complaint_id = s.complaint_id
left join customers as c on c.customer_id = k.customer_id
