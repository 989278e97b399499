-- Customers and their survey answers in one list, so that the customers who answered can be set against all.
select
    c.customer_id,
    c.customer_since as dated_on,
    c.customer_since,
    c.left_on,
    c.key_customer,
    false as is_answer,
    cast(null as bigint) as satisfaction,
    c.segment,
    c.region,
    c._load,
    c._line
from customers as c
union all
select
    r.customer_id,
    r.answered_on as dated_on,
    c.customer_since,
    c.left_on,
    c.key_customer,
    true as is_answer,
    r.satisfaction,
    c.segment,
    c.region,
    r._load,
    r._line
from survey_responses as r
left join customers as c on c.customer_id = r.customer_id
