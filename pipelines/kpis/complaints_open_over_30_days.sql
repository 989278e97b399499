/*---
title: {en: "Complaints open for more than 30 days", zh: "超过 30 天未结案的投诉数"}
unit: "count"
better: lower
source: cases
dated_by: received_at
rows: dated up to its end
by: [segment, region, channel, product, category]
least: 1
why:
  en: >-
    Complaints that at the end of the period had been open for more than 30 days, promised or not; n counts all complaints on
    record up to then. The 30 days are ours and no rule of the standard.
  zh: >-
    期末时未结案已超过 30 天的投诉数，不论有无承诺日期；n 为截至当时记录在案的全部投诉数。30 天由本程序设定，
    并非标准的规定。
clauses: ["8.2.1", "10.2"]
---*/
select
    count(*) filter (where (closed_at is null or cast(closed_at as date) > period_end)
                and date_diff('day', cast(received_at as date), period_end) > 30) as value,
    count(*) as n
from cases
