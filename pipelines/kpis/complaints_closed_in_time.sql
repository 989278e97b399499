/*---
title: {en: "Complaints closed in time", zh: "按期结案的投诉比例"}
unit: "%"
better: higher
source: cases
dated_by: due_on
by: [segment, region, channel, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the complaints due in the period that were closed by the promised day; open ones that are overdue count against it.
  zh: >-
    期内到期的投诉中在承诺日期前结案的比例；逾期未结的计为未按期。
clauses: ["8.2.1", "10.2"]
---*/
select
    100.0 * count(*) filter (where cast(closed_at as date) <= due_on)
          / nullif(count(*), 0) as value,
    count(*) as n
from cases
