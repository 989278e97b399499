/*---
title: {en: "Silent customers", zh: "无音讯顾客的比例"}
unit: "%"
better: lower
source: customer_signs
dated_by: seen_on
until: seen_next_on
rows: standing at its start
by: [segment, region]
interval: wilson
least: 30
may_lack: [complaints, interactions]
why:
  en: >-
    Share of the customers, present from before the period to its end, of whom nothing was heard or sold in it: no order, no answer,
    no complaint, no contact. Silence is no satisfaction; many leave without a word.
  zh: >-
    期初以前即为顾客且期末仍在的顾客中，期内既无订单、回复、投诉，也无任何接触的比例。
    沉默不等于满意；许多顾客不声不响地离开。
clauses: ["5.1.2", "9.1.2"]
---*/
select
    100.0 * count(*) filter (where seen_next_on is null or seen_next_on > period_end)
          / nullif(count(*), 0) as value,
    count(*) as n
from customer_signs
where left_on is null or left_on > period_end
