/*---
title: {en: "Order lines sent by premium freight", zh: "采用加急运输的订单行比例"}
unit: "%"
better: lower
source: lines_due
dated_by: delivered_on
by: [segment, region, channel, product]
interval: wilson
least: 30
why:
  en: >-
    Share of the lines delivered in the period that went by premium freight, among those of which it is known. It is what
    punctuality costs where planning failed: read it beside the deliveries on time.
  zh: >-
    期内交付的订单行中采用加急运输的比例，仅计已知运输方式的订单行。它是计划失误时为准时付出的代价：
    请与准时交付率一并阅读。
clauses: ["8.5.1", "9.1.3"]
---*/
select
    100.0 * count(*) filter (where premium_freight)
          / nullif(count(premium_freight), 0) as value,
    count(premium_freight) as n
from lines_due
where coalesce(status, '') <> 'cancelled'
