/*---
title: {en: "Needs evaluated after they were met", zh: "满足后经评价的需求比例"}
unit: "%"
better: higher
source: needs
dated_by: met_on
by: [segment, region, channel, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the needs met in the period of which it had been evaluated by its end whether what was done meets the need, with what
    was found; an evaluation without a result counts against it.
  zh: >-
    期内满足的需求中，至期末已评价所做工作是否满足需求并写明结果的比例；没有结果的评价不计为已评价。
clauses: ["8.2.2", "9.1.1", "9.1.2"]
---*/
select
    100.0 * count(*) filter (where evaluated_on <= period_end and evaluation is not null)
          / nullif(count(*), 0) as value,
    count(*) as n
from needs
