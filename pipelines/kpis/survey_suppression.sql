/*---
title: {en: "Customers kept off surveys", zh: "被排除在调查之外的顾客比例"}
unit: "%"
better: lower
source: customers
dated_by: customer_since
rows: dated up to its end
by: [segment, region]
interval: wilson
least: 30
why:
  en: >-
    Share of the present customers whom nobody may invite, for an objection, a contact rule or a dispute. Some of it is right;
    but who keeps off the unhappy ones hears only the others. Ask who decides, and why.
  zh: >-
    现有顾客中因本人反对、联系规则或纠纷而不得邀请的比例。其中一部分合理；但若排除不满意的顾客，就只能听到其余的声音。
    应询问由谁决定及理由。
clauses: ["9.1.2"]
---*/
select
    100.0 * count(*) filter (where no_survey_since <= period_end)
          / nullif(count(*), 0) as value,
    count(*) as n
from customers
where left_on is null or left_on > period_end
