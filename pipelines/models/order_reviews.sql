-- Reviews of orders and amendments, each with the segment and the region of its customer. That an order was oral or an
-- amendment may be said in either of two columns.
select
    w.review_id,
    w.order_id,
    w.received_on,
    w.accepted_on,
    w.reviewed_on,
    case when w.kind = 'oral order' then 'oral' else w.form end as form,
    w.confirmed_on,
    coalesce(w.amended, false) or coalesce(w.kind = 'amendment', false) as amended,
    w.told_on,
    w.result,
    w.kind,
    coalesce(w.covers_stated, false) and coalesce(w.covers_implied, false)
        and coalesce(w.covers_legal, false) and coalesce(w.covers_own, false) as covers_all,
    w.feasibility,
    w.risk,
    w.differs,
    w.difference_resolved_on,
    c.segment,
    c.region,
    w._load,
    w._line
from contract_reviews as w
left join customers as c on c.customer_id = w.customer_id
