/*---
title: {en: "Complaints with dates in order", zh: "日期顺序正确的投诉比例"}
unit: "%"
better: higher
source: cases
dated_by: received_at
by: [segment, region, channel, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the complaints received in the period whose dates can be true: received, acknowledged, closed, in that order, and not
    promised for a day before the receipt. Dates that are missing are no mistake here.
  zh: >-
    期内收到的投诉中，日期合乎先后顺序的比例：收到、确认、结案依次发生，且承诺日期不早于收到日期。
    缺失的日期在此不算错误。
clauses: ["7.5", "8.2.1", "10.2"]
---*/
select
    100.0 * count(*) filter (where coalesce(received_at <= acknowledged_at, true)
                  and coalesce(received_at <= closed_at, true)
                  and coalesce(acknowledged_at <= closed_at, true)
                  and coalesce(cast(received_at as date) <= due_on, true))
          / nullif(count(*), 0) as value,
    count(*) as n
from cases
