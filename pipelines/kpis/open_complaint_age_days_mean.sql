/*---
title: {en: "Age of open complaints (mean)", zh: "未结案投诉的已历天数（均值）"}
unit: "days"
better: lower
source: cases
dated_by: received_at
rows: dated up to its end
by: [segment, region, channel, product, category]
least: 1
why:
  en: >-
    Age of the complaints that were open at the end of the period, in days since their receipt, on average. A few forgotten ones
    move it far: read it beside the median. Where none is open there is no age, which is good news and no gap in the data.
  zh: >-
    期末未结案投诉自收到起的天数的平均值。少数被遗忘的投诉会使其大幅变动：请与中位数一并阅读。若无未结案投诉则无此值：
    这是好事，并非数据缺失。
clauses: ["8.2.1", "10.2"]
---*/
select
    avg(date_diff('day', cast(received_at as date), period_end)) as value,
    count(*) as n
from cases
where closed_at is null or cast(closed_at as date) > period_end
