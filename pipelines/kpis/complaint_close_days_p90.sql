/*---
title: {en: "Days to close a complaint (90th percentile)", zh: "投诉结案时间（天，第 90 百分位）"}
unit: "days"
better: lower
source: cases
dated_by: received_at
by: [segment, region, channel, product]
least: 10
why:
  en: >-
    90th percentile of the time from receipt, over all complaints received in the period. One that is not closed yet counts as
    longer than all others, so that leaving complaints open never improves the figure.
  zh: >-
    期内收到的全部投诉自收到起所用时间的第 90 百分位。尚未结案的投诉按最长计，
    因此搁置投诉不会改善该数值。
clauses: ["8.2.1", "10.2"]
---*/
select
    percentile_cont(0.9) within group (
        order by coalesce((epoch(closed_at) - epoch(received_at)) / 86400.0, cast('infinity' as double))
    ) as value,
    count(*) as n
from cases
