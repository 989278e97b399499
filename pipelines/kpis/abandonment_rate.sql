/*---
title: {en: "Customers who left before being served", zh: "未得到服务即离开的顾客比例"}
unit: "%"
better: lower
source: visits
dated_by: arrived_at
by: [segment, region, channel, product]
interval: wilson
least: 30
why:
  en: >-
    Share of those who came or called in the period and left before their turn. Where nothing says so, who was not served has left.
  zh: >-
    期内到访或来电的顾客中未等到服务就离开的比例；无记录时，未得到服务的视为离开。
clauses: ["8.2.1", "8.5.1"]
---*/
select
    100.0 * count(*) filter (where coalesce(left_unserved, served_at is null))
          / nullif(count(*), 0) as value,
    count(*) as n
from visits
