/*---
title: {en: "Score of rated questions (0 to 100)", zh: "评分题得分（0 至 100）"}
unit: "score"
better: higher
source: rated_answers
dated_by: answered_on
by: [driver, question, segment, region, channel, product]
interval: mean
scale: [0, 100]
least: 30
why:
  en: >-
    Mean answer to the questions on how well something was done, each put on 0 to 100 by the scale that it offered; skipped
    questions and “not applicable” are left out. Read it by question or by driver: over all of them it only says how the
    questionnaire was mixed. n counts questionnaires; the interval takes the answers of one questionnaire as if they were one,
    so it is rather too wide than too narrow.
  zh: >-
    询问“做得如何”的各题平均分，按各题量表折算为 0 至 100；漏答和“不适用”不计。请按题目或驱动因素阅读：
    合计值只反映问卷的构成。n 为问卷数；置信区间把同一问卷的各个答案视为一个，因此宁宽勿窄。
clauses: ["9.1.2", "9.1.3"]
---*/
select
    cast(sum(score) as double) / nullif(count(*), 0) as value,
    count(distinct response_id) as n,
    -- the sample standard deviation, from sums of exact decimals; rounding must not bring it below nothing
    sqrt(greatest(cast(sum(score * score) as double)
                  - cast(sum(score) as double) * cast(sum(score) as double) / nullif(count(*), 0), 0)
         / nullif(count(*) - 1, 0)) as deviation
from rated_answers
