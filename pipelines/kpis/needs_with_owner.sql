/*---
title: {en: "Needs with somebody who answers for them", zh: "有责任职能的需求比例"}
unit: "%"
better: higher
source: needs
dated_by: raised_on
by: [segment, region, channel, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the needs raised in the period for which the register names a function that answers for them.
  zh: >-
    期内提出的需求中，登记表写明责任职能的比例。
clauses: ["5.3", "8.2.2"]
---*/
select
    100.0 * count(*) filter (where owner is not null)
          / nullif(count(*), 0) as value,
    count(*) as n
from needs
