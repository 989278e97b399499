/*---
title: {en: "Months without any complaint", zh: "没有投诉的月份数"}
unit: "count"
better: neither
source: cases
dated_by: received_at
rows: dated up to its end
by: [segment, region, channel, product]
least: 1
why:
  en: >-
    Calendar months of the period, begun ones included, in which no complaint was recorded; n counts all complaints on record.
    Such a month may be a good one, or one in which nobody wrote complaints down: ask.
  zh: >-
    期内（含不足一月的）没有任何投诉记录的月份数；n 为记录在案的全部投诉数。
    这样的月份可能确实良好，也可能无人登记投诉：须加以询问。
clauses: ["8.2.1", "9.1.2"]
---*/
select
    12 * (extract(year from max(period_end)) - extract(year from max(period_start)))
       + extract(month from max(period_end)) - extract(month from max(period_start)) + 1
       - count(distinct strftime(received_at, '%Y-%m')) filter (where received_at >= period_start) as value,
    count(*) as n
from cases
