/*---
title: {en: "Net Promoter Score", zh: "净推荐值"}
unit: "points"
better: higher
source: answers
dated_by: answered_on
by: [segment, region, channel, product]
interval: nps
scale: [-100, 100]
least: 30
why:
  en: >-
    Share of promoters (9, 10) less share of detractors (0 to 6) among answers on the likelihood to recommend, in points.
    Net Promoter and NPS are registered marks of their owners.
  zh: >-
    在推荐意愿回答中，推荐者（9、10）比例减去贬损者（0 至 6）比例，以点表示。
    Net Promoter 与 NPS 为其所有者的注册商标。
clauses: ["9.1.2", "9.1.3"]
---*/
select
    100.0 * (count(*) filter (where recommend >= 9) - count(*) filter (where recommend <= 6))
          / nullif(count(recommend), 0) as value,
    count(recommend) as n,
    count(*) filter (where recommend >= 9) as promoters,
    count(*) filter (where recommend <= 6) as detractors
from answers
