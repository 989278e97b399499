-- Customers' needs, each with the segment and the region of its customer.
select
    n.need_id,
    n.raised_on,
    n.due_on,
    n.met_on,
    n.fed_back_on,
    n.status,
    n.said_by,
    n.owner,
    n.change_impact,
    n.approved_on,
    n.evaluated_on,
    n.evaluation,
    n.channel,
    n.product,
    c.segment,
    c.region,
    n._load,
    n._line
from customer_needs as n
left join customers as c on c.customer_id = n.customer_id
