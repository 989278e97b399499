/*---
title: {en: "Revenue from existing customers", zh: "来自现有顾客的销售额比例"}
unit: "%"
better: neither
source: order_values
dated_by: ordered_at
by: [segment, region, channel, product]
least: 30
why:
  en: >-
    Share of the value ordered in the period that comes from those who were customers before it began; who came later is new.
    Customers of whom it is not known since when are left out, as are credit notes and cancelled orders. Near 100 % says loyal,
    or that nobody new comes. An indirect indicator: it does not by itself show perception.
  zh: >-
    期内订单金额中来自期初以前即为顾客者的比例；其后成为顾客的为新顾客。起始日期不详的顾客、贷项凭单和已取消订单不计。
    接近 100 % 说明顾客忠诚，也可能说明没有新顾客。间接指标：其本身不能表明顾客感受。
clauses: ["9.1.2", "9.1.3"]
---*/
-- exact decimals: a sum of floating numbers depends on the order in which threads add them up
select
    100.0 * coalesce(cast(sum(cast(amount as decimal(28, 4))) filter (where customer_since < period_start) as double), 0)
          / nullif(cast(sum(cast(amount as decimal(28, 4))) as double), 0) as value,
    count(amount) as n
from order_values
where amount > 0 and amount < 1e15 and coalesce(status, '') <> 'cancelled' and customer_since is not null
