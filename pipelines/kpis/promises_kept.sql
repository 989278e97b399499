/*---
title: {en: "Promises kept", zh: "承诺兑现率"}
unit: "%"
better: higher
source: promises_due
dated_by: due_on
by: [code, touchpoint, segment, region, channel, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the promises of codes of conduct and service levels that fell due in the period which were kept as promised: by the
    moment that was due, or, where a promise has no moment, as somebody noted. Late is not kept, and what nobody noted is not
    kept. Promises that nobody writes down when they are broken make this figure look better than it is.
  zh: >-
    期内到期的行为规范和服务水平承诺中按承诺兑现的比例：以到期时间为准；没有时间点的承诺以记录为准。逾期不算兑现，无记录也不算兑现。
    未兑现而无人记录的承诺会使该数值偏高。
clauses: ["8.2.1", "8.2.2", "9.1.3"]
---*/
select
    100.0 * count(*) filter (where kept_in_time)
          / nullif(count(*), 0) as value,
    count(*) as n
from promises_due
