/*---
title: {en: "Needs met by a change that was assessed and approved first", zh: "变更经评估并事先批准的已满足需求比例"}
unit: "%"
better: higher
source: needs
dated_by: met_on
by: [segment, region, channel, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the needs met in the period for which the register says what the change would touch, and that it was approved on the
    day on which they were met or before. A change that needed no approval is written as approved all the same, or it counts against it.
  zh: >-
    期内满足的需求中，登记表写明变更影响、且在满足当日或之前已获批准的比例。无需批准的变更也应登记批准，否则计为未批准。
clauses: ["8.2.4", "8.3", "8.5.6"]
---*/
select
    100.0 * count(*) filter (where change_impact is not null and approved_on <= met_on)
          / nullif(count(*), 0) as value,
    count(*) as n
from needs
