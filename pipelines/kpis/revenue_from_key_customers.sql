/*---
title: {en: "Revenue from key customers", zh: "来自重点顾客的销售额比例"}
unit: "%"
better: neither
source: order_values
dated_by: ordered_at
by: [segment, region, channel, product]
least: 30
why:
  en: >-
    Share of the value ordered in the period that comes from customers whom the organisation calls key, as it stands now. Credit
    notes and cancelled orders do not count. A high share says how much hangs on few. An indirect indicator: it does not by
    itself show perception.
  zh: >-
    期内订单金额中来自重点顾客（按目前认定）的比例。贷项凭单和已取消订单不计。比例高说明业务依赖于少数顾客。
    间接指标：其本身不能表明顾客感受。
clauses: ["9.1.2", "9.1.3"]
---*/
-- exact decimals: a sum of floating numbers depends on the order in which threads add them up
select
    100.0 * coalesce(cast(sum(cast(amount as decimal(28, 4))) filter (where key_customer) as double), 0)
          / nullif(cast(sum(cast(amount as decimal(28, 4))) as double), 0) as value,
    count(amount) as n
from order_values
where amount > 0 and amount < 1e15 and coalesce(status, '') <> 'cancelled' and key_customer is not null
