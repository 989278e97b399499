/*---
title: {en: "Orders reviewed before acceptance", zh: "接受前经评审的订单比例"}
unit: "%"
better: higher
source: order_reviews
dated_by: accepted_on
by: [segment, region]
interval: wilson
least: 10
why:
  en: >-
    Share of the orders and amendments accepted in the period whose review was finished on the day of acceptance or before; those
    without a review count against it.
  zh: >-
    期内接受的订单及修订中，在接受当日或之前完成评审的比例；未经评审的计为未评审。
clauses: ["8.2.3"]
---*/
select
    100.0 * count(*) filter (where reviewed_on <= accepted_on)
          / nullif(count(*), 0) as value,
    count(*) as n
from order_reviews
