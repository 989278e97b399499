/*---
title: {en: "Overdue actions on complaints", zh: "逾期未完成的投诉处理措施数"}
unit: "count"
better: lower
source: case_steps
dated_by: decided_on
rows: dated up to its end
by: [segment, region, channel, product]
least: 1
why:
  en: >-
    Steps on complaints that at the end of the period were not done although their day had passed; n counts all steps on record.
  zh: >-
    期末时已过期限仍未完成的投诉处理步骤数；n 为记录在案的全部步骤数。
clauses: ["10.2"]
---*/
select
    count(*) filter (where due_on < period_end and (done_on is null or done_on > period_end)) as value,
    count(*) as n
from case_steps
