/*---
title: {en: "Customer effort score 2.0 (1 to 7)", zh: "顾客费力度 2.0（1 至 7）"}
unit: "score"
better: higher
source: answers
dated_by: answered_on
by: [segment, region, channel, product]
interval: mean
scale: [1, 7]
least: 30
why:
  en: >-
    Mean agreement that it was easy to get what was needed. Version 2.0: higher is better; version 1.0 runs the other way.
  zh: >-
    对“容易得到所需”的平均同意程度。2.0 版：越高越好；1.0 版方向相反。
clauses: ["9.1.2", "8.2.1"]
---*/
select
    avg(ease) as value,
    count(ease) as n,
    -- the sample standard deviation, from whole sums: the same to the last digit in whatever order rows are read
    sqrt((sum(ease * ease) - 1.0 * sum(ease) * sum(ease) / nullif(count(ease), 0)) / nullif(count(ease) - 1, 0)) as deviation
from answers
