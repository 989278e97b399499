/*---
title: {en: "Complaints per 1,000 orders", zh: "每千订单投诉数"}
unit: "per 1,000"
better: lower
source: complaints_and_orders
dated_by: happened_at
by: [segment, region, product]
interval: poisson
least: 30
why:
  en: >-
    Complaints received for every 1,000 orders placed in the same period. Few complaints do not prove satisfaction.
  zh: >-
    同期每 1,000 张订单收到的投诉数。投诉少并不证明顾客满意。
clauses: ["5.1.2", "8.2.1", "9.1.3"]
---*/
select
    1000.0 * count(*) filter (where is_complaint)
           / nullif(count(*) filter (where not is_complaint), 0) as value,
    count(*) filter (where not is_complaint) as n,
    count(*) filter (where is_complaint) as events
from complaints_and_orders
