/*---
title: {en: "Complaints acknowledged within two working days", zh: "两个工作日内确认的投诉比例"}
unit: "%"
better: higher
source: cases
dated_by: acknowledge_by
by: [segment, region, channel, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the complaints whose second working day (Monday to Friday) after the day of receipt fell in the period and which had
    been acknowledged by then; those not acknowledged count against it. Who promises another time sets a limit in days on the
    median or the 90th percentile instead.
  zh: >-
    收到之日后第二个工作日（周一至周五）落在期内的投诉中，届时已确认的比例；未确认的计为未按时。
    承诺其他时限的组织，请改对中位数或第 90 百分位设定天数限值。
clauses: ["8.2.1"]
---*/
select
    100.0 * count(*) filter (where cast(acknowledged_at as date) <= acknowledge_by)
          / nullif(count(*), 0) as value,
    count(*) as n
from cases
