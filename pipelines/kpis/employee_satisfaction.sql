/*---
title: {en: "Satisfied employees (top 2 of 5)", zh: "满意员工比例（5 级中的前 2 级）"}
unit: "%"
better: higher
source: employee_survey
dated_by: answered_on
by: [unit]
interval: wilson
least: 10
why:
  en: >-
    Share of answers 4 or 5 among all answers of employees on their satisfaction with the work. It says nothing of customers by
    itself; set it beside the figures of the customers whom the unit serves. Units of fewer than ten answers are not evaluated,
    so that nobody can be recognised.
  zh: >-
    员工对工作总体满意度的全部回答中，4 分和 5 分所占比例。其本身不反映顾客情况；请与该部门所服务顾客的数据对照。
    回答不足十份的部门不作评价，以免识别个人。
clauses: ["5.1.1", "9.1.3"]
---*/
select
    100.0 * count(*) filter (where satisfaction >= 4)
          / nullif(count(satisfaction), 0) as value,
    count(satisfaction) as n
from employee_survey
