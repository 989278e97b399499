/*---
title: {en: "Examined returns without a fault", zh: "检查未发现缺陷的退货比例"}
unit: "%"
better: lower
source: returned_goods
dated_by: returned_on
by: [segment, region, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the lines returned in the period in which the examination found no fault, among those examined so far. Many of them
    mean that a need, a manual or a test was misunderstood.
  zh: >-
    期内退回并已检查的退货行中未发现缺陷的比例。比例高说明需求、说明书或检测方法被误解。
clauses: ["8.5.5", "9.1.3"]
---*/
select
    100.0 * count(*) filter (where not fault_found)
          / nullif(count(*), 0) as value,
    count(*) as n
from returned_goods
where fault_found is not null
