/*---
title: {en: "Needs of which the customer was told the outcome", zh: "已向顾客反馈结果的需求比例"}
unit: "%"
better: higher
source: needs
dated_by: due_on
by: [segment, region, channel, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the needs due in the period, also of those turned down, of which the customer had been told by its end what became of
    them. What the organisation only assumes has nobody to be told.
  zh: >-
    期内到期的需求（含不采纳的）中，至期末已将结果反馈给顾客的比例。组织自己推断的需求无人可反馈，不计。
clauses: ["8.2.1", "8.2.2", "9.1.2"]
---*/
select
    100.0 * count(*) filter (where fed_back_on <= period_end)
          / nullif(count(*), 0) as value,
    count(*) as n
from needs
where coalesce(said_by, '') <> 'organisation'
