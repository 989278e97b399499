/*---
title: {en: "Compliments", zh: "顾客表扬数"}
unit: "count"
better: higher
source: encounters
dated_by: occurred_at
by: [segment, region, channel, product]
interval: garwood
least: 1
why:
  en: >-
    Compliments recorded in the period; n counts all contacts on record in it. A small number may mean that nobody writes them down.
  zh: >-
    期内记录的表扬数；n 为期内记录的全部接触数。数量少可能只是无人登记。
clauses: ["9.1.2"]
---*/
select
    count(*) filter (where kind = 'compliment') as value,
    count(*) as n
from encounters
