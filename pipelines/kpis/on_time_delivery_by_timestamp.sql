/*---
title: {en: "On-time delivery, by timestamp", zh: "准时交付率（按时刻）"}
unit: "%"
better: higher
source: purchases
dated_by: delivered_at
by: [segment, region, channel, product]
interval: wilson
least: 30
why:
  en: >-
    Share of the orders delivered in the period that arrived at the promised moment or before. A promise given as a date means its
    midnight, so this is stricter than the same figure by day.
  zh: >-
    期内交付的订单中在承诺时刻或之前到达的比例。仅给出日期的承诺指当日零点，
    因此比按日计算更严格。
clauses: ["5.1.2"]
---*/
select
    100.0 * count(*) filter (where delivered_at <= promised_at)
          / nullif(count(promised_at), 0) as value,
    count(promised_at) as n
from purchases
where coalesce(status, '') <> 'cancelled'
