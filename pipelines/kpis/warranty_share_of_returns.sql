/*---
title: {en: "Returns under warranty", zh: "质保退货占退货的比例"}
unit: "%"
better: lower
source: returned_goods
dated_by: returned_on
by: [segment, region, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the lines returned in the period that came back under warranty, among those of which it is known.
  zh: >-
    期内退货行中属于质保退货的比例，仅计已知是否质保的退货。
clauses: ["8.5.5", "9.1.2"]
---*/
select
    100.0 * count(*) filter (where warranty)
          / nullif(count(*), 0) as value,
    count(*) as n
from returned_goods
where warranty is not null
