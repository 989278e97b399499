/*---
title: {en: "Oral orders confirmed in writing", zh: "口头订单经书面确认的比例"}
unit: "%"
better: higher
source: order_reviews
dated_by: accepted_on
by: [segment, region]
interval: wilson
least: 10
why:
  en: >-
    Share of the oral orders accepted in the period that had been confirmed in writing on the day of acceptance or before.
  zh: >-
    期内接受的口头订单中，在接受当日或之前已书面确认的比例。
clauses: ["8.2.3"]
---*/
select
    100.0 * count(*) filter (where confirmed_on <= accepted_on)
          / nullif(count(*), 0) as value,
    count(*) as n
from order_reviews
where form = 'oral'
