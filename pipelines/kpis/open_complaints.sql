/*---
title: {en: "Open complaints", zh: "未结案投诉数"}
unit: "count"
better: lower
source: cases
dated_by: received_at
rows: dated up to its end
by: [segment, region, channel, product, category]
least: 1
why:
  en: >-
    Complaints that had come and were not closed at the end of the period; n counts all complaints on record up to then.
  zh: >-
    期末时已收到而尚未结案的投诉数；n 为截至当时记录在案的全部投诉数。
clauses: ["8.2.1", "10.2"]
---*/
select
    count(*) filter (where closed_at is null or cast(closed_at as date) > period_end) as value,
    count(*) as n
from cases
