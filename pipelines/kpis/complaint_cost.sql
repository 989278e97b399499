/*---
title: {en: "Cost of complaints in per cent of the value ordered", zh: "投诉成本占订单金额的比例"}
unit: "%"
better: lower
source: costs_and_orders
dated_by: happened_at
by: [segment, region, product]
least: 30
why:
  en: >-
    What the complaints closed in the period cost, for every 100 of value ordered in the same period; n counts these orders.
    Credit notes and cancelled orders do not count. Complaints without a cost on record add nothing, so it is rather too low. It
    has no interval: it is the books, and estimates nothing.
  zh: >-
    期内结案投诉的成本与同期每 100 元订单金额之比；n 为订单数。贷项凭单和已取消订单不计。未记录成本的投诉不计入，
    因此该值宁低勿高。该值无置信区间：它来自账面，不作推断。
clauses: ["9.1.3", "10.2"]
---*/
-- exact decimals: a sum of floating numbers depends on the order in which threads add them up
select
    100.0 * coalesce(cast(sum(cast(amount as decimal(28, 4))) filter (where is_cost) as double), 0)
          / nullif(cast(sum(cast(amount as decimal(28, 4))) filter (where not is_cost) as double), 0) as value,
    count(*) filter (where not is_cost) as n
from costs_and_orders
