/*---
title: {en: "Days since the last survey answer", zh: "距最近一次调查回复的天数"}
unit: "days"
better: lower
source: answers
dated_by: answered_on
rows: dated up to its end
by: [segment, region]
least: 1
measures_age: yes
why:
  en: >-
    Age of the newest answer at the end of the period. Perception that nobody has asked for lately is not monitored.
  zh: >-
    期末时距最新回复的天数。近来无人询问的顾客感受，就是没有监视。
clauses: ["9.1.2"]
---*/
select
    date_diff('day', max(answered_on), max(period_end)) as value,
    count(*) as n
from answers
