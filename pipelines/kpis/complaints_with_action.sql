/*---
title: {en: "Closed complaints on which something was done", zh: "已结案投诉中采取了措施的比例"}
unit: "%"
better: higher
source: acted_cases
dated_by: closed_at
by: [segment, region, channel, product]
interval: wilson
least: 10
may_lack: [complaint_actions]
why:
  en: >-
    Share of the complaints closed in the period with a correction in their record, or with a correction or corrective action in the
    register of actions. An entry that says why none is needed counts as well.
  zh: >-
    期内结案的投诉中，投诉记录载有纠正，或措施登记表中载有纠正或纠正措施的比例。
    说明为何无需采取措施的记录同样计入。
clauses: ["8.2.1", "10.2"]
---*/
select
    100.0 * count(*) filter (where acted_on)
          / nullif(count(*), 0) as value,
    count(*) as n
from acted_cases
