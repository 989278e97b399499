-- Own answers on satisfaction and the competitors' scores of it in one list, all on 0 to 100.
select
    r.response_id as id,
    r.answered_on as judged_on,
    false as of_competitor,
    cast(25.0 * (r.satisfaction - 1) as decimal(18, 9)) as score,
    r._load,
    r._line
from survey_responses as r
where r.satisfaction is not null
union all
select
    s.competitor as id,
    s.measured_on as judged_on,
    true as of_competitor,
    cast(100.0 * (s.score - s.scale_lowest) / nullif(s.scale_highest - s.scale_lowest, 0) as decimal(18, 9)) as score,
    s._load,
    s._line
from competitor_scores as s
where lower(trim(s.measure)) = 'satisfaction' and s.scale_highest > s.scale_lowest
