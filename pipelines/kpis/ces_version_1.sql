/*---
title: {en: "Customer effort score 1.0 (1 to 5)", zh: "顾客费力度 1.0（1 至 5）"}
unit: "score"
better: lower
source: answers
dated_by: answered_on
by: [segment, region, channel, product]
interval: mean
scale: [1, 5]
least: 30
why:
  en: >-
    Mean of the answers on how much effort the customer had to put in, from very low (1) to very high (5). Version 1.0: lower is
    better; version 2.0 asks how easy it was and runs the other way. Never draw both in one chart.
  zh: >-
    顾客对所费精力的回答平均值，从很低（1）到很高（5）。1.0 版：越低越好；2.0 版问的是是否容易，
    方向相反。切勿将两者画在同一图中。
clauses: ["9.1.2", "8.2.1"]
---*/
select
    avg(effort) as value,
    count(effort) as n,
    -- the sample standard deviation, from whole sums: the same to the last digit in whatever order rows are read
    sqrt((sum(effort * effort) - 1.0 * sum(effort) * sum(effort) / nullif(count(effort), 0)) / nullif(count(effort) - 1, 0)) as deviation
from answers
