/*---
title: {en: "Customers' needs met on time", zh: "按期满足的顾客需求比例"}
unit: "%"
better: higher
source: needs
dated_by: due_on
by: [segment, region, channel, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the needs due in the period that were met on their day or before; those not met yet count against it. Needs that were
    turned down are left out.
  zh: >-
    期内到期的需求中按期满足的比例；尚未满足的计为未按期。不采纳的需求不计。
clauses: ["4.2", "8.2.2", "10.1"]
---*/
select
    100.0 * count(*) filter (where met_on <= due_on)
          / nullif(count(*), 0) as value,
    count(*) as n
from needs
where coalesce(status, '') <> 'rejected'
