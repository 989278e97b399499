-- Survey answers that followed an invitation, each with the days that it took.
select
    r.response_id,
    r.answered_on,
    r.satisfaction,
    date_diff('day', i.invited_on, r.answered_on) as days_waited,
    r.channel,
    r.product,
    c.segment,
    c.region,
    r._load,
    r._line
from survey_responses as r
inner join survey_invitations as i on i.invitation_id = r.invitation_id
left join customers as c on c.customer_id = r.customer_id
