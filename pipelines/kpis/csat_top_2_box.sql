/*---
title: {en: "Satisfied customers (top 2 of 5)", zh: "满意顾客比例（5 级中的前 2 级）"}
unit: "%"
better: higher
source: answers
dated_by: answered_on
by: [segment, region, channel, product]
interval: wilson
least: 30
why:
  en: >-
    Share of answers 4 or 5 among all answers to the question on overall satisfaction.
  zh: >-
    在总体满意度问题的全部回答中，4 分和 5 分所占比例。
clauses: ["5.1.2", "9.1.2", "9.1.3", "9.3.2"]
---*/
select
    100.0 * count(*) filter (where satisfaction >= 4)
          / nullif(count(satisfaction), 0) as value,
    count(satisfaction) as n
from answers
