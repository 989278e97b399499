/*---
title: {en: "Amendments told to those concerned", zh: "已告知相关人员的订单修订比例"}
unit: "%"
better: higher
source: order_reviews
dated_by: accepted_on
by: [segment, region]
interval: wilson
least: 10
why:
  en: >-
    Share of the amendments of orders accepted in the period of which those concerned had been told by its end.
  zh: >-
    期内接受的订单修订中，至期末已告知相关人员的比例。
clauses: ["8.2.4"]
---*/
select
    100.0 * count(*) filter (where told_on <= period_end)
          / nullif(count(*), 0) as value,
    count(*) as n
from order_reviews
where amended
