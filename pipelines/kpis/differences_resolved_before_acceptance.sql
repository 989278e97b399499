/*---
title: {en: "Differences resolved before acceptance", zh: "接受前已解决的不一致比例"}
unit: "%"
better: higher
source: order_reviews
dated_by: accepted_on
by: [segment, region]
interval: wilson
least: 5
why:
  en: >-
    Share of the orders accepted in the period that differed from what was offered or agreed before, whose difference had been
    resolved with the customer on the day of acceptance or before. A difference that nobody noticed is not in it.
  zh: >-
    期内接受的、与报价或以前约定不一致的订单中，在接受当日或之前已与顾客解决不一致的比例。无人发现的不一致不在其中。
clauses: ["8.2.3"]
---*/
select
    100.0 * count(*) filter (where difference_resolved_on <= accepted_on)
          / nullif(count(*), 0) as value,
    count(*) as n
from order_reviews
where differs
