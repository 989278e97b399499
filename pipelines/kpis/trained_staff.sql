/*---
title: {en: "Required trainings that are valid", zh: "有效的必需培训比例"}
unit: "%"
better: higher
source: staff_training
dated_by: required_on
rows: dated up to its end
by: [unit, topic]
interval: wilson
least: 10
why:
  en: >-
    Share of the trainings that people in contact with customers needed at the end of the period which they had had and which
    had not run out. One person who needs three counts three times. That somebody was trained does not show that he can do it.
  zh: >-
    期末时直接接触顾客的人员所需培训中，已接受且未失效的比例。一人需三项培训则计三次。受过培训并不表明具备能力。
clauses: ["7.2", "7.3"]
---*/
select
    100.0 * count(*) filter (where trained_on <= period_end and (valid_until is null or valid_until >= period_end))
          / nullif(count(*), 0) as value,
    count(*) as n
from staff_training
where ended_on is null or ended_on > period_end
