/*---
title: {en: "Complaints solved at the first contact", zh: "首次接触解决率"}
unit: "%"
better: higher
source: cases
dated_by: received_at
by: [segment, region, channel, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the complaints received in the period that were solved at the first contact, as those who dealt with them noted it;
    without a note they count as not solved so. Who judges himself judges kindly: read it beside the repeat complaints.
  zh: >-
    期内收到的投诉中在首次接触时即获解决的比例，以处理人的记录为准；无记录的视为未在首次接触解决。自评往往偏高：
    请与重复投诉比例一并阅读。
clauses: ["8.2.1"]
---*/
select
    100.0 * count(*) filter (where solved_at_first_contact)
          / nullif(count(*), 0) as value,
    count(*) as n
from cases
