/*---
title: {en: "On-time delivery, by day", zh: "准时交付率（按日）"}
unit: "%"
better: higher
source: purchases
dated_by: delivered_at
by: [segment, region, channel, product]
interval: wilson
least: 30
why:
  en: >-
    Share of the orders delivered in the period that arrived on the promised day or before. Orders that are late and still open
    are missing here: read it beside the orders due.
  zh: >-
    期内交付的订单中在承诺日当天或之前到达的比例。已逾期仍未交付的订单不在其中：
    请与到期订单的准时率一并阅读。
clauses: ["5.1.2", "9.1.3"]
---*/
select
    100.0 * count(*) filter (where cast(delivered_at as date) <= cast(promised_at as date))
          / nullif(count(promised_at), 0) as value,
    count(promised_at) as n
from purchases
where coalesce(status, '') <> 'cancelled'
