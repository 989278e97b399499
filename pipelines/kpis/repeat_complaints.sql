/*---
title: {en: "Repeat complaints", zh: "重复投诉比例"}
unit: "%"
better: lower
source: cases
dated_by: received_at
by: [segment, region, channel, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the complaints received in the period where the same customer had complained about the same category, and such an
    earlier complaint was closed at most 180 days before; one that is still open hides none that was closed. What was done
    about the cause is meant to keep the complaint from coming back.
  zh: >-
    期内收到的投诉中，同一顾客此前有同一类别的投诉，且其中有投诉在此次收到之前 180 天内结案的比例；
    其间仍未结案的投诉不会掩盖已结案的投诉。
    针对原因采取措施，正是为了使投诉不再重现。
clauses: ["10.2"]
---*/
select
    100.0 * count(*) filter (
                where date_diff('day', cast(previous_closed_at as date), cast(received_at as date)) between 0 and 180)
          / nullif(count(*), 0) as value,
    count(*) as n
from cases
where customer_id is not null and category is not null
