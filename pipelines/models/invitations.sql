-- Survey invitations, each with whether it was answered.
select
    i.invitation_id,
    i.invited_on,
    i.customer_id,
    a.invitation_id is not null as answered,
    i.bounced,
    i.channel,
    c.segment,
    c.region,
    i._load,
    i._line
from survey_invitations as i
left join (select distinct invitation_id from survey_responses) as a on a.invitation_id = i.invitation_id
left join customers as c on c.customer_id = i.customer_id
