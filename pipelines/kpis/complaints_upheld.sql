/*---
title: {en: "Complaints found justified", zh: "经认定成立的投诉比例"}
unit: "%"
better: neither
source: cases
dated_by: closed_at
by: [segment, region, channel, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the complaints closed in the period that were found justified, among those on which it was decided. A high share
    says that the organisation was at fault, a low one perhaps that it seldom admits it; neither is better by itself.
  zh: >-
    期内结案并已作认定的投诉中，认定成立的比例。比例高说明组织有过错，比例低也可能说明组织很少承认；
    其高低本身无优劣。
clauses: ["8.2.1", "10.2"]
---*/
select
    100.0 * count(*) filter (where upheld)
          / nullif(count(upheld), 0) as value,
    count(upheld) as n
from cases
