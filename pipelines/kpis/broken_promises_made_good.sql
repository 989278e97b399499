/*---
title: {en: "Broken promises made good", zh: "未兑现承诺的补偿比例"}
unit: "%"
better: higher
source: promises_due
dated_by: due_on
by: [code, touchpoint, segment, region, channel, product]
interval: wilson
least: 5
why:
  en: >-
    Share of the promises that fell due in the period and were not kept in time for which the customer had been given by its end
    what the code promises in that case. What was done late in its place does not count as making good.
  zh: >-
    期内到期而未按时兑现的承诺中，至期末顾客已得到规范所定补偿的比例。仅仅逾期补做不算补偿。
clauses: ["8.2.1", "8.7", "10.2"]
---*/
select
    100.0 * count(*) filter (where compensated_on <= period_end)
          / nullif(count(*), 0) as value,
    count(*) as n
from promises_due
where not kept_in_time
