/*---
title: {en: "Orders due that were delivered on time", zh: "到期订单准时交付率"}
unit: "%"
better: higher
source: purchases
dated_by: promised_at
by: [segment, region, channel, product]
interval: wilson
least: 30
why:
  en: >-
    Share of the orders promised for the period that arrived on the promised day or before; those not delivered count as late.
  zh: >-
    承诺在期内交付的订单中在承诺日当天或之前到达的比例；未交付的计为迟交。
clauses: ["5.1.2", "8.2.2", "9.1.3"]
---*/
select
    100.0 * count(*) filter (where cast(delivered_at as date) <= cast(promised_at as date))
          / nullif(count(*), 0) as value,
    count(*) as n
from purchases
where coalesce(status, '') <> 'cancelled'
