/*---
title: {en: "Complaints per 1,000 customers", zh: "每千顾客投诉数"}
unit: "per 1,000"
better: lower
source: complaints_and_customers
dated_by: happened_on
rows: dated up to its end
by: [segment, region]
interval: poisson
least: 30
why:
  en: >-
    Complaints received in the period for every 1,000 customers present at its end. A longer period has more of them: compare
    only periods of equal length. Few complaints do not prove satisfaction.
  zh: >-
    期内收到的投诉数与期末每 1,000 名现有顾客之比。时期越长投诉越多：只能比较等长的时期。投诉少并不证明顾客满意。
clauses: ["8.2.1", "9.1.3"]
---*/
select
    1000.0 * count(*) filter (where is_complaint and happened_on >= period_start)
           / nullif(count(*) filter (where not is_complaint and (left_on is null or left_on > period_end)), 0) as value,
    count(*) filter (where not is_complaint and (left_on is null or left_on > period_end)) as n,
    count(*) filter (where is_complaint and happened_on >= period_start) as events
from complaints_and_customers
