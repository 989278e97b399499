/*---
title: {en: "Satisfaction against competitors", zh: "与竞争对手的满意度之差"}
unit: "points"
better: higher
source: compared_scores
dated_by: judged_on
scale: [-100, 100]
least: 30
two_sides: yes
why:
  en: >-
    Own mean satisfaction less the mean of the competitors' scores of the same period, both on 0 to 100; n counts own answers.
    Only scores of the measure “satisfaction” with their scale are compared, each competitor as often as measured. Other
    questions, methods and panels make it rough: it has no interval, as nobody knows how sure the competitors' scores are.
  zh: >-
    本组织的平均满意度减去同期竞争对手得分的平均值，均折算为 0 至 100；n 为本组织的回答数。
    只比较指标为 satisfaction 且注明量表的得分，各竞争对手按测评次数计。题目、方法和样本不同，
    故该值较粗略；竞争对手得分的准确程度不详，因此没有置信区间。
clauses: ["9.1.2", "9.1.3"]
---*/
-- sums of exact decimals: the same to the last digit in whatever order rows are read
select
    cast(sum(score) filter (where not of_competitor) as double) / nullif(count(*) filter (where not of_competitor), 0)
        - cast(sum(score) filter (where of_competitor) as double) / nullif(count(*) filter (where of_competitor), 0) as value,
    case when count(*) filter (where of_competitor) > 0 then count(*) filter (where not of_competitor) else 0 end as n
from compared_scores
