/*---
title: {en: "Key customers who answered a survey", zh: "回复过调查的重点顾客比例"}
unit: "%"
better: higher
source: survey_reach
dated_by: dated_on
rows: dated up to its end
by: [segment, region]
interval: wilson
least: 5
why:
  en: >-
    Share of the present key customers of whom at least one answer came in during the period. Which customers are key the
    organisation says itself; it is taken as it stands now, also for earlier periods.
  zh: >-
    期内至少有一份回复的现有重点顾客所占比例。哪些是重点顾客由组织自行确定；以前各期也按目前的认定计算。
clauses: ["9.1.2"]
---*/
select
    100.0 * count(distinct customer_id) filter (
                where is_answer and dated_on >= period_start
                  and customer_since <= period_end and (left_on is null or left_on > period_end))
          / nullif(count(distinct customer_id) filter (
                where not is_answer and (left_on is null or left_on > period_end)), 0) as value,
    count(distinct customer_id) filter (where not is_answer and (left_on is null or left_on > period_end)) as n
from survey_reach
where key_customer
