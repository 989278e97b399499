/*---
title: {en: "Customers who bought again", zh: "复购率"}
unit: "%"
better: higher
source: purchases
dated_by: ordered_at
by: [segment, region, channel, product]
interval: wilson
least: 30
why:
  en: >-
    Share of the customers with an order in the period who ordered at least twice in it, whatever the segment of the earlier order.
    An indirect indicator: it does not by itself show perception.
  zh: >-
    期内下单的顾客中，期内至少下单两次的比例（不论前一订单属于哪一细分）。
    间接指标：其本身不能表明顾客感受。
clauses: ["9.1.2", "9.1.3"]
---*/
select
    100.0 * count(distinct buyer) filter (where previous_ordered_at >= period_start)
          / nullif(count(distinct buyer), 0) as value,
    count(distinct buyer) as n
from purchases
