/*---
title: {en: "Complaints received", zh: "收到的投诉数"}
unit: "count"
better: neither
source: cases
dated_by: received_at
rows: dated up to its end
by: [segment, region, channel, product, category]
interval: garwood
least: 1
why:
  en: >-
    Complaints that arrived in the period; n counts all complaints on record up to its end. More of them can mean more trouble,
    more business or an easier way to complain: read it beside the rates.
  zh: >-
    期内收到的投诉数；n 为截至期末记录在案的全部投诉数。数量增加可能是问题增多、业务增长，也可能是投诉更便利：
    请与投诉率一并阅读。
clauses: ["8.2.1", "9.1.2", "9.1.3"]
---*/
select
    count(*) filter (where received_at >= period_start) as value,
    count(*) as n
from cases
