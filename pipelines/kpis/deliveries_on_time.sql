/*---
title: {en: "Order lines delivered on time", zh: "订单行准时交付率"}
unit: "%"
better: higher
source: lines_due
dated_by: first_due_on
by: [segment, region, channel, product]
interval: wilson
least: 30
why:
  en: >-
    Share of the lines due in the period that had arrived in full on the promised day or before. The first promise counts: one that
    was moved later makes no line punctual. Lines not delivered count as late.
  zh: >-
    期内到期的订单行中，在承诺日当天或之前全部到达的比例。以最初承诺为准：事后推迟承诺不能使其准时。
    未交付的计为迟交。
clauses: ["5.1.2", "8.5.1", "9.1.3"]
---*/
select
    100.0 * count(*) filter (where delivered_on <= first_due_on)
          / nullif(count(*), 0) as value,
    count(*) as n
from lines_due
where coalesce(status, '') <> 'cancelled'
