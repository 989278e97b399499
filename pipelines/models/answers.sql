-- Survey answers, each with the segment and the region of its customer.
select
    r.response_id,
    r.answered_on,
    r.customer_id,
    r.satisfaction,
    r.recommend,
    r.ease,
    r.effort,
    r.channel,
    r.product,
    c.segment,
    c.region,
    r._load,
    r._line
from survey_responses as r
left join customers as c on c.customer_id = r.customer_id
