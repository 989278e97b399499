/*---
title: {en: "Needs planned with somebody who answers and a day", zh: "已策划（有责任职能和期限）的需求比例"}
unit: "%"
better: higher
source: needs
dated_by: raised_on
by: [segment, region, channel, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the needs raised in the period and not turned down for which the register names both a function that answers for them
    and the day by which they are to be met.
  zh: >-
    期内提出的需求（不含不采纳的）中，登记表同时写明责任职能和完成期限的比例。
clauses: ["6.2", "8.2.2"]
---*/
select
    100.0 * count(*) filter (where owner is not null and due_on is not null)
          / nullif(count(*), 0) as value,
    count(*) as n
from needs
where coalesce(status, '') <> 'rejected'
