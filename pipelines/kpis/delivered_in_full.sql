/*---
title: {en: "Order lines delivered in full", zh: "足量交付的订单行比例"}
unit: "%"
better: higher
source: lines_due
dated_by: due_on
by: [segment, region, channel, product]
interval: wilson
least: 30
why:
  en: >-
    Share of the lines due in the period (by the newest promise) of which everything ordered had arrived by its end, late or not;
    lines that are short or not delivered count against it.
  zh: >-
    期内到期（按最新承诺）的订单行中，至期末所订数量全部到达（不论是否迟到）的比例；
    短缺或未交付的计为不足量。
clauses: ["8.5.1", "8.6", "9.1.3"]
---*/
select
    100.0 * count(*) filter (where delivered_on <= period_end and coalesce(quantity_delivered >= quantity_ordered, true))
          / nullif(count(*), 0) as value,
    count(*) as n
from lines_due
where coalesce(status, '') <> 'cancelled'
