/*---
title: {en: "Complaints that can be traced", zh: "可追溯的投诉比例"}
unit: "%"
better: higher
source: cases
dated_by: received_at
by: [segment, region, channel, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the complaints received in the period whose record names the order or the product that they are about.
  zh: >-
    期内收到的投诉中，记录写明所涉订单或产品的比例。
clauses: ["8.5.2", "10.2"]
---*/
select
    100.0 * count(*) filter (where order_id is not null or product is not null)
          / nullif(count(*), 0) as value,
    count(*) as n
from cases
