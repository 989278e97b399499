-- Reviews of orders and amendments, each with the segment and the region of its customer.
select
    w.review_id,
    w.accepted_on,
    w.reviewed_on,
    w.form,
    w.confirmed_on,
    w.amended,
    w.told_on,
    c.segment,
    c.region,
    w._load,
    w._line
from contract_reviews as w
left join customers as c on c.customer_id = w.customer_id
