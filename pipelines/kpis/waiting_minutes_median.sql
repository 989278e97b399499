/*---
title: {en: "Minutes until customers are served (median)", zh: "顾客等候时间（分钟，中位数）"}
unit: "minutes"
better: lower
source: visits
dated_by: arrived_at
by: [segment, region, channel, product]
least: 30
why:
  en: >-
    Median of the wait, over all who came or called in the period. Who was not served counts as having waited longer than all
    others, so that people who give up never improve the figure.
  zh: >-
    期内全部到访或来电顾客等候时间的中位数。未得到服务的按等候最长计，因此顾客放弃等候不会改善该数值。
clauses: ["8.2.1", "8.5.1"]
---*/
select
    percentile_cont(0.5) within group (
        order by coalesce((epoch(served_at) - epoch(arrived_at)) / 60.0, cast('infinity' as double))
    ) as value,
    count(*) as n
from visits
