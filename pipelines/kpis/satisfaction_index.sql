/*---
title: {en: "Satisfaction index, weighted by importance (0 to 100)", zh: "按重要性加权的顾客满意度指数（0 至 100）"}
unit: "score"
better: higher
source: weighted_answers
dated_by: answered_on
by: [segment, region, channel, product]
interval: mean
scale: [0, 100]
least: 30
why:
  en: >-
    What customers say of each driver, on 0 to 100, weighted by how much that driver matters to the same customer: sum of weight
    times score over sum of weights. The least importance that the scale offers weighs nothing. Only who rated both counts; n is
    their number. Importance that people state tends to be high for everything, so the index is seldom far from the plain mean.
  zh: >-
    顾客对各驱动因素的评分（0 至 100），以同一顾客所述的重要性加权：权重与得分乘积之和除以权重之和。
    量表中最低的重要性权重为零。只计两者都评价的顾客；n 为其人数。人们所述的重要性往往普遍偏高，因此该指数很少远离简单平均值。
clauses: ["9.1.2", "9.1.3"]
---*/
select
    cast(sum(weighted) as double) / nullif(cast(sum(weight) as double), 0) as value,
    count(*) as n,
    -- of a ratio, by linearisation (Cochran 1977, section 6.4): n sqrt(sum (weighted - value weight)^2 / (n - 1)) / sum weight
    count(*) * sqrt(greatest(
            cast(sum(weighted * weighted) as double)
            - 2 * cast(sum(weighted) as double) / nullif(cast(sum(weight) as double), 0)
                * cast(sum(weighted * weight) as double)
            + cast(sum(weighted) as double) / nullif(cast(sum(weight) as double), 0)
                * cast(sum(weighted) as double) / nullif(cast(sum(weight) as double), 0)
                * cast(sum(weight * weight) as double), 0)
            / nullif(count(*) - 1, 0))
        / nullif(cast(sum(weight) as double), 0) as deviation
from weighted_answers
where weight > 0
