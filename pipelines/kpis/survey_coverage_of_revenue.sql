/*---
title: {en: "Revenue of customers who answered a survey", zh: "回复过调查的顾客占销售额的比例"}
unit: "%"
better: higher
source: revenue_reach
dated_by: ordered_at
by: [segment, region]
least: 30
why:
  en: >-
    Share of the value ordered in the period that comes from customers of whom at least one answer came in during the same period.
    Credit notes and cancelled orders do not count. It has no interval: it says whose opinion is known, and estimates nothing.
  zh: >-
    期内订单金额中，来自同期至少回复过一次调查的顾客的比例。贷项凭单和已取消订单不计。
    该值无置信区间：它说明了解了谁的意见，不作推断。
clauses: ["9.1.2"]
---*/
-- exact decimals: a sum of floating numbers depends on the order in which threads add them up
select
    100.0 * coalesce(cast(sum(cast(amount as decimal(28, 4)))
                filter (where answered_before >= period_start or answered_after <= period_end) as double), 0)
          / nullif(cast(sum(cast(amount as decimal(28, 4))) as double), 0) as value,
    count(amount) as n
from revenue_reach
where amount > 0 and amount < 1e15 and coalesce(status, '') <> 'cancelled'
