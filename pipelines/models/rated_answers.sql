-- Rated questions on how well something was done, each on 0 to 100 by the scale that it offered.
select
    a.response_id,
    a.question,
    a.driver,
    a.answered_on,
    cast(100.0 * (a.score - a.scale_lowest) / nullif(a.scale_highest - a.scale_lowest, 0) as decimal(18, 9)) as score,
    a.channel,
    a.product,
    c.segment,
    c.region,
    a._load,
    a._line
from survey_answers as a
left join customers as c on c.customer_id = a.customer_id
where coalesce(a.asks_for, 'performance') = 'performance'
    and a.score is not null
    and not coalesce(a.not_applicable, false)
    and a.scale_highest > a.scale_lowest
