/*---
title: {en: "Market share", zh: "市场占有率"}
unit: "%"
better: higher
source: market_sizes
dated_by: measured_on
by: [market]
least: 1
why:
  en: >-
    Own sales in per cent of all sales in the same markets and the same spans of time; n counts the sizes on record. The size of
    a market is somebody's estimate: ask for its origin. An indirect indicator: it does not by itself show perception.
  zh: >-
    本组织销售量占相同市场、相同时段全部销售量的百分比；n 为记录的市场规模条数。市场规模是他人的估计：
    应询问来源。间接指标：其本身不能表明顾客感受。
clauses: ["9.1.2", "9.1.3"]
---*/
-- exact decimals: a sum of floating numbers depends on the order in which threads add them up
select
    100.0 * cast(sum(cast(own_sales as decimal(28, 4))) as double)
          / nullif(cast(sum(cast(market_sales as decimal(28, 4))) as double), 0) as value,
    count(*) as n
from market_sizes
where own_sales between 0 and 1e15 and market_sales between 0 and 1e15
