/*---
title: {en: "Margin of error of the satisfied share", zh: "满意顾客比例的误差范围"}
unit: "points"
better: lower
source: survey_reach
dated_by: dated_on
rows: dated up to its end
by: [segment, region]
least: 30
may_lack: [customers]
why:
  en: >-
    Half the width of the 95 % interval of the share of satisfied answers (4 or 5 of 5), by Wilson, corrected for the number of
    customers: where all of them answered nothing is left to chance. Answers of one customer in several waves count as independent.
  zh: >-
    满意回答（5 级中的 4 或 5 级）比例的 95 % Wilson 置信区间宽度的一半，并按顾客总数作有限总体校正：
    全部顾客都已回复时不再有抽样误差。同一顾客在多轮调查中的回答视为相互独立。
clauses: ["9.1.2", "9.1.3"]
---*/
select
    -- half of Wilson's interval: 100 z sqrt(good * bad / n + z^2 / 4) / (n + z^2), with z = 1.959964
    195.9964 * sqrt(
            1.0 * count(*) filter (where satisfaction >= 4 and dated_on >= period_start)
                * count(*) filter (where satisfaction <= 3 and dated_on >= period_start)
                / nullif(count(satisfaction) filter (where dated_on >= period_start), 0)
            + 0.960365)
        / (count(satisfaction) filter (where dated_on >= period_start) + 3.841459)
        -- less as far as the customers are a small number of whom many answered
        * sqrt(coalesce(
            1.0 * (count(distinct customer_id) filter (
                        where not is_answer and (left_on is null or left_on > period_end))
                   - count(distinct customer_id) filter (
                        where satisfaction is not null and dated_on >= period_start
                          and customer_since <= period_end and (left_on is null or left_on > period_end)))
                / nullif(greatest(count(distinct customer_id) filter (
                        where not is_answer and (left_on is null or left_on > period_end)) - 1, 0), 0),
            1)) as value,
    count(satisfaction) filter (where dated_on >= period_start) as n
from survey_reach
