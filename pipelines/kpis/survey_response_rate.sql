/*---
title: {en: "Survey response rate", zh: "调查回复率"}
unit: "%"
better: higher
source: invitations
dated_by: invited_on
by: [segment, region, channel]
interval: wilson
least: 30
why:
  en: >-
    Share of invitations that were answered (answers over all invitations, AAPOR RR1 without
    screening for eligibility). It says how far the answers may speak for the customers; the standard sets no rate.
  zh: >-
    获得回复的邀请所占比例（回复数除以全部邀请数，即未作资格筛选的 AAPOR RR1）。
    它说明回复能在多大程度上代表顾客；标准未规定回复率。
clauses: ["9.1.2"]
---*/
select
    100.0 * count(*) filter (where answered)
          / nullif(count(*), 0) as value,
    count(*) as n
from invitations
