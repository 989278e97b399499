/*---
title: {en: "Units returned per million delivered", zh: "退货百万分率"}
unit: "per 1,000,000"
better: lower
source: deliveries_and_returns
dated_by: happened_at
by: [segment, region, product]
interval: dobson
least: 30
why:
  en: >-
    Units that came back for every million units delivered in the same period, whatever the reason. n counts the lines delivered.
    A return often belongs to a delivery of an earlier period: read it over many months.
  zh: >-
    同期每交付一百万件中退回的件数，不论原因。n 为交付的行数。
    退货往往对应更早期间的交付：请按较长时期阅读。
clauses: ["8.5.5", "9.1.2", "9.1.3"]
---*/
select
    1000000.0 * coalesce(sum(quantity) filter (where is_return), 0)
              / nullif(sum(quantity) filter (where not is_return), 0) as value,
    count(*) filter (where not is_return) as n,
    coalesce(sum(quantity) filter (where is_return), 0) as units,
    coalesce(sum(quantity * quantity) filter (where is_return), 0) as squares,
    count(*) filter (where is_return) as events,
    sum(quantity) filter (where not is_return) as exposure
from deliveries_and_returns
