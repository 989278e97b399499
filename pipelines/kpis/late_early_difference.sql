/*---
title: {en: "Difference between late and early answers", zh: "晚回复与早回复的差异"}
unit: "points"
better: lower
source: answer_waits
dated_by: answered_on
by: [segment, region, channel, product]
interval: newcombe
scale: [0, 100]
least: 30
two_sides: yes
why:
  en: >-
    How far the shares of satisfied answers lie apart between those that came more than a week after the invitation and the others.
    Who answers late resembles who never answers: a large difference says that silence may hide another opinion. n is the smaller
    of the two groups.
  zh: >-
    邀请发出一周后才收到的回答与其余回答之间，满意比例相差多少。晚回复者与从不回复者相近：
    差异大说明未回复者的意见可能不同。n 为两组中较小一组的数量。
clauses: ["9.1.2", "9.1.3"]
---*/
select
    abs(100.0 * count(*) filter (where satisfaction >= 4 and days_waited > 7)
              / nullif(count(satisfaction) filter (where days_waited > 7), 0)
        - 100.0 * count(*) filter (where satisfaction >= 4 and days_waited <= 7)
                / nullif(count(satisfaction) filter (where days_waited <= 7), 0)) as value,
    least(count(satisfaction) filter (where days_waited > 7),
          count(satisfaction) filter (where days_waited <= 7)) as n,
    count(*) filter (where satisfaction >= 4 and days_waited > 7) as late_good,
    count(satisfaction) filter (where days_waited > 7) as late,
    count(*) filter (where satisfaction >= 4 and days_waited <= 7) as early_good,
    count(satisfaction) filter (where days_waited <= 7) as early
from answer_waits
