/*---
title: {en: "Overdue open complaints", zh: "逾期未结案投诉数"}
unit: "count"
better: lower
source: cases
dated_by: received_at
rows: dated up to its end
by: [segment, region, channel, product]
least: 1
why:
  en: >-
    Complaints that at the end of the period were open although the promised day had passed; n counts all complaints on record.
  zh: >-
    期末时已过承诺日期仍未结案的投诉数；n 为记录在案的全部投诉数。
clauses: ["8.2.1", "10.2"]
---*/
select
    count(*) filter (where due_on < period_end and (closed_at is null or cast(closed_at as date) > period_end)) as value,
    count(*) as n
from cases
