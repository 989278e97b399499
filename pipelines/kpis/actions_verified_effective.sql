/*---
title: {en: "Corrective actions found effective", zh: "经评审有效的纠正措施比例"}
unit: "%"
better: higher
source: corrective_actions
dated_by: review_by
by: [segment, region, channel, product]
interval: wilson
least: 10
why:
  en: >-
    Share of the corrective actions done on complaints whose review of effectiveness was due in the period and which the newest
    review found to work. A review tells of the actions done by its day since the review before; an action done after a review
    needs one of its own. Where none is planned it counts as due 92 days after the action; a missing one counts against it.
  zh: >-
    期内应作有效性评审的投诉纠正措施中，最近一次评审认定有效的比例。一次评审针对上次评审之后、
    评审当日及之前完成的各项措施；评审之后完成的措施须另作评审。未安排评审的，按措施完成后 92 天到期计；缺少评审的计为无效。
clauses: ["10.2"]
---*/
select
    100.0 * count(*) filter (where effective_on <= period_end
                and (ineffective_on is null or effective_on > ineffective_on))
          / nullif(count(*), 0) as value,
    count(*) as n
from corrective_actions
