/*---
title: {en: "Units returned under warranty per million delivered", zh: "质保退货百万分率"}
unit: "per 1,000,000"
better: lower
source: deliveries_and_returns
dated_by: happened_at
by: [segment, region, product]
interval: dobson
least: 30
why:
  en: >-
    Units that came back under warranty for every million units delivered in the same period; returns of which it is not known
    are left out. n counts the lines delivered. A claim belongs to a delivery of long before: read it over many months.
  zh: >-
    同期每交付一百万件中质保退回的件数；不知是否属于质保的退货不计。n 为交付的行数。索赔对应的是很早以前的交付：
    请按较长时期阅读。
clauses: ["8.5.5", "9.1.2", "9.1.3"]
---*/
select
    1000000.0 * coalesce(sum(quantity) filter (where warranty), 0)
              / nullif(sum(quantity) filter (where not is_return), 0) as value,
    count(*) filter (where not is_return) as n,
    coalesce(sum(quantity) filter (where warranty), 0) as units,
    coalesce(sum(quantity * quantity) filter (where warranty), 0) as squares,
    count(*) filter (where warranty) as events,
    sum(quantity) filter (where not is_return) as exposure
from deliveries_and_returns
