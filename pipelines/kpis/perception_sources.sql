/*---
title: {en: "Ways in which customers were heard", zh: "获知顾客感受的途径数"}
unit: "count"
better: higher
source: voices
dated_by: heard_on
by: [segment, region, product]
least: 1
may_lack: [survey_responses, interactions, complaints, returns]
why:
  en: >-
    How many kinds of source brought at least one voice in the period: survey, meeting, call, compliment, social mention, dealer
    report, complaint, warranty claim. Who listens in one way only hears one side.
  zh: >-
    期内至少带来一条意见的来源种类数：调查、会面、通话、表扬、社交媒体提及、经销商报告、投诉、质保索赔。
    只用一种途径倾听，只能听到一面之词。
clauses: ["9.1.2"]
---*/
select
    count(distinct way) as value,
    count(*) as n
from voices
