-- Questionnaires, each with its answers on how well things were done, weighted by how much the same person says they matter.
select
    w.response_id,
    w.answered_on,
    cast(sum(w.weight) as decimal(18, 9)) as weight,
    cast(sum(cast(w.weight * w.score as decimal(18, 9))) as decimal(18, 9)) as weighted,
    w.channel,
    w.product,
    c.segment,
    c.region,
    min(w._load) as _load,
    min(w._line) as _line
from (
    select
        a.response_id,
        a.answered_on,
        a.customer_id,
        a.channel,
        a.product,
        cast(100.0 * (a.score - a.scale_lowest) / nullif(a.scale_highest - a.scale_lowest, 0) as decimal(18, 9)) as score,
        i.weight,
        a._load,
        a._line
    from survey_answers as a
    inner join (
        select
            s.response_id,
            s.driver,
            cast(avg((s.score - s.scale_lowest) / nullif(s.scale_highest - s.scale_lowest, 0)) as decimal(18, 9)) as weight
        from survey_answers as s
        where s.asks_for = 'importance'
            and s.score is not null
            and not coalesce(s.not_applicable, false)
            and s.scale_highest > s.scale_lowest
        group by s.response_id, s.driver
    ) as i on i.response_id = a.response_id and i.driver = a.driver
    where coalesce(a.asks_for, 'performance') = 'performance'
        and a.score is not null
        and not coalesce(a.not_applicable, false)
        and a.scale_highest > a.scale_lowest
) as w
left join customers as c on c.customer_id = w.customer_id
group by w.response_id, w.answered_on, w.channel, w.product, c.segment, c.region
