/*---
title: {en: "Amendments reviewed before acceptance", zh: "接受前经重新评审的订单修订比例"}
unit: "%"
better: higher
source: order_reviews
dated_by: accepted_on
by: [segment, region]
interval: wilson
least: 10
why:
  en: >-
    Share of the amendments of orders accepted in the period that were reviewed anew on the day of acceptance or before; those
    without a review count against it.
  zh: >-
    期内接受的订单修订中，在接受当日或之前完成重新评审的比例；未经评审的计为未评审。
clauses: ["8.2.3", "8.2.4"]
---*/
select
    100.0 * count(*) filter (where reviewed_on <= accepted_on)
          / nullif(count(*), 0) as value,
    count(*) as n
from order_reviews
where amended
