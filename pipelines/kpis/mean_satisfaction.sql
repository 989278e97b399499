/*---
title: {en: "Mean satisfaction (1 to 5)", zh: "满意度均值（1 至 5）"}
unit: "score"
better: higher
source: answers
dated_by: answered_on
by: [segment, region, channel, product]
interval: mean
scale: [1, 5]
least: 30
why:
  en: >-
    Mean of the answers on overall satisfaction. The scale is ordinal: read it beside the share of satisfied customers.
  zh: >-
    总体满意度回答的平均值。量表为顺序量表：请与满意顾客比例一并阅读。
clauses: ["6.2", "9.1.2", "9.1.3"]
---*/
select
    avg(satisfaction) as value,
    count(satisfaction) as n,
    -- the sample standard deviation, from whole sums: the same to the last digit in whatever order rows are read
    sqrt((sum(satisfaction * satisfaction) - 1.0 * sum(satisfaction) * sum(satisfaction) / nullif(count(satisfaction), 0)) / nullif(count(satisfaction) - 1, 0)) as deviation
from answers
