/*---
title: {en: "Complaints closed", zh: "已结案的投诉数"}
unit: "count"
better: neither
source: cases
dated_by: received_at
rows: dated up to its end
by: [segment, region, channel, product, category]
least: 1
why:
  en: >-
    Complaints that were closed in the period, whenever they had come; n counts all complaints on record up to its end. Those
    received less those closed is by how much the open ones have grown.
  zh: >-
    期内结案的投诉数，不论何时收到；n 为截至期末记录在案的全部投诉数。收到数减去结案数即未结案投诉的增量。
clauses: ["8.2.1", "10.2"]
---*/
select
    count(*) filter (where cast(closed_at as date) between period_start and period_end) as value,
    count(*) as n
from cases
