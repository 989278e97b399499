/*---
title: {en: "Customers who left", zh: "顾客流失率"}
unit: "%"
better: lower
source: customers
dated_by: customer_since
until: left_on
rows: standing at its start
by: [segment, region]
interval: wilson
least: 30
why:
  en: >-
    Share of those who were customers when the period began who had left when it ended: 100 % less the retention of the same
    customers. A rate of a month is none of a year. An indirect indicator: it does not by itself show perception.
  zh: >-
    期初的顾客中到期末已离开的比例，即 100 % 减去同一批顾客的保留率。月流失率不同于年流失率。
    间接指标：其本身不能表明顾客感受。
clauses: ["5.1.2", "9.1.3"]
---*/
select
    100.0 * count(*) filter (where left_on <= period_end)
          / nullif(count(*), 0) as value,
    count(*) as n
from customers
