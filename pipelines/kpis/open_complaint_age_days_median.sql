/*---
title: {en: "Age of open complaints (median)", zh: "未结案投诉的已历天数（中位数）"}
unit: "days"
better: lower
source: cases
dated_by: received_at
rows: dated up to its end
by: [segment, region, channel, product, category]
least: 1
why:
  en: >-
    Age of the complaints that were open at the end of the period, in days since their receipt: half of them are older. Where
    none is open there is no age, which is good news and no gap in the data.
  zh: >-
    期末未结案投诉自收到起的天数的中位数：一半的投诉更久。若无未结案投诉则无此值：这是好事，并非数据缺失。
clauses: ["8.2.1", "10.2"]
---*/
select
    percentile_cont(0.5) within group (order by date_diff('day', cast(received_at as date), period_end)) as value,
    count(*) as n
from cases
where closed_at is null or cast(closed_at as date) > period_end
