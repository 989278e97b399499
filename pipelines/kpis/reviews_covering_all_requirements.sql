/*---
title: {en: "Orders whose review covered all requirements", zh: "评审涵盖全部要求的订单比例"}
unit: "%"
better: higher
source: order_reviews
dated_by: accepted_on
by: [segment, region]
interval: wilson
least: 10
why:
  en: >-
    Share of the orders and amendments accepted in the period whose record says that the review covered all four: what the
    customer stated, what goes without saying, what the law asks, and what the organisation asks itself. An order without a
    review counts against it.
  zh: >-
    期内接受的订单及修订中，记录表明评审涵盖全部四类要求的比例：顾客明示的、隐含的、法律法规的和组织自身的。未经评审的订单计为未涵盖。
clauses: ["8.2.3"]
---*/
select
    100.0 * count(*) filter (where covers_all and reviewed_on is not null)
          / nullif(count(*), 0) as value,
    count(*) as n
from order_reviews
