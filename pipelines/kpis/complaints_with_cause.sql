/*---
title: {en: "Closed complaints with a cause on record", zh: "已结案投诉中记录了原因的比例"}
unit: "%"
better: higher
source: cases
dated_by: closed_at
by: [segment, region, channel, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the complaints closed in the period whose record says that the cause was found and written down.
  zh: >-
    期内结案的投诉中，记录表明已查明并记录原因的比例。
clauses: ["10.2"]
---*/
select
    100.0 * count(*) filter (where cause is not null)
          / nullif(count(*), 0) as value,
    count(*) as n
from cases
