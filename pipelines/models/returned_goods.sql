-- Returns, each with the segment and the region of its customer.
select
    b.return_id,
    b.returned_on,
    b.warranty,
    b.fault_found,
    b.product,
    c.segment,
    c.region,
    b._load,
    b._line
from returns as b
left join customers as c on c.customer_id = b.customer_id
