/*---
title: {en: "Closed complaints with a correction on record", zh: "已结案投诉中记录了纠正的比例"}
unit: "%"
better: higher
source: cases
dated_by: closed_at
by: [segment, region, channel, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the complaints closed in the period whose record says that something was done for the customer.
  zh: >-
    期内结案的投诉中，记录表明已为顾客采取纠正的比例。
clauses: ["10.2"]
---*/
select
    100.0 * count(*) filter (where correction is not null)
          / nullif(count(*), 0) as value,
    count(*) as n
from cases
