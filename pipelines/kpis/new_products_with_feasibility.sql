/*---
title: {en: "New products with feasibility and risk reviewed", zh: "已评审可行性和风险的新产品比例"}
unit: "%"
better: higher
source: order_reviews
dated_by: accepted_on
by: [segment, region]
interval: wilson
least: 3
why:
  en: >-
    Share of the new products that the organisation committed itself to in the period of which the review found before that
    they can be made, and noted their risk. One that was accepted although it is not feasible counts against it.
  zh: >-
    期内承诺的新产品中，事先经评审认定可以制造并记录了风险的比例。明知不可行而接受的计为未评审。
clauses: ["8.2.3", "8.3"]
---*/
select
    100.0 * count(*) filter (where reviewed_on <= accepted_on and feasibility <> 'not feasible' and risk is not null)
          / nullif(count(*), 0) as value,
    count(*) as n
from order_reviews
where kind = 'new product'
