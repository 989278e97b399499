/*---
title: {en: "Invitations that bounced", zh: "被退回的邀请比例"}
unit: "%"
better: lower
source: invitations
dated_by: invited_on
by: [segment, region, channel]
interval: wilson
least: 30
why:
  en: >-
    Share of the invitations of the period that could not be delivered, among those of which it is known. In the response rate
    they count as not answered. Many of them mean that the addresses are old.
  zh: >-
    期内邀请中无法送达的比例，仅计已知是否送达的邀请。计算回复率时，它们视为未回复。比例高说明地址陈旧。
clauses: ["9.1.2"]
---*/
select
    100.0 * count(*) filter (where bounced)
          / nullif(count(bounced), 0) as value,
    count(bounced) as n
from invitations
