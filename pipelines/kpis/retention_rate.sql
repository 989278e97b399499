/*---
title: {en: "Customer retention", zh: "顾客保留率"}
unit: "%"
better: higher
source: customers
dated_by: customer_since
until: left_on
rows: standing at its start
by: [segment, region]
interval: wilson
least: 30
why:
  en: >-
    Share of those who were customers when the period began who still were when it ended.
    An indirect indicator: it does not by itself show perception.
  zh: >-
    期初的顾客中到期末仍是顾客的比例。
    间接指标：其本身不能表明顾客感受。
clauses: ["5.1.2", "9.1.3"]
---*/
select
    100.0 * count(*) filter (where left_on is null or left_on > period_end)
          / nullif(count(*), 0) as value,
    count(*) as n
from customers
