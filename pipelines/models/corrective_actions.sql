-- Corrective actions that were carried out, each with the day by which its effect is to be reviewed and what reviews found.
-- A review tells of the actions that were done by its day, several of them together, but not of those that an earlier
-- review told of already: an action that is done after a review opens a new round, and reviews belong to their round.
select
    s.action_id,
    s.complaint_id,
    s.done_on,
    -- where no review is planned after the action, one is expected 92 days later
    case when s.planned_on >= s.done_on then s.planned_on else cast(s.done_on + 92 as date) end as review_by,
    s.effective_on,
    s.ineffective_on,
    k.channel,
    k.product,
    c.segment,
    c.region,
    s._load,
    s._line
from (
    select
        t.action_id,
        t.complaint_id,
        t.kind,
        t.done_on,
        max(case when t.kind = 'effectiveness review' then t.due_on end) over (
            partition by t.complaint_id, t.round
        ) as planned_on,
        max(case when t.kind = 'effectiveness review' and t.effective then t.done_on end) over (
            partition by t.complaint_id, t.round
        ) as effective_on,
        max(case when t.kind = 'effectiveness review' and not t.effective then t.done_on end) over (
            partition by t.complaint_id, t.round
        ) as ineffective_on,
        t._load,
        t._line
    from (
        select
            r.action_id,
            r.complaint_id,
            r.kind,
            r.due_on,
            r.done_on,
            r.effective,
            sum(case when r.kind = 'corrective action' and r.kind_before = 'effectiveness review' then 1 else 0 end) over (
                partition by r.complaint_id
                order by r.at_on, r.kind, r.action_id
            ) as round,
            r._load,
            r._line
        from (
            select
                a.action_id,
                a.complaint_id,
                a.kind,
                a.due_on,
                a.done_on,
                a.effective,
                coalesce(a.done_on, a.due_on) as at_on,
                -- of one day, the action comes before the review, as in the alphabet
                lag(a.kind) over (
                    partition by a.complaint_id
                    order by coalesce(a.done_on, a.due_on), a.kind, a.action_id
                ) as kind_before,
                a._load,
                a._line
            from complaint_actions as a
            where (a.kind = 'corrective action' and a.done_on is not null)
                or (a.kind = 'effectiveness review' and coalesce(a.done_on, a.due_on) is not null)
        ) as r
    ) as t
) as s
left join complaints as k on k.complaint_id = s.complaint_id
left join customers as c on c.customer_id = k.customer_id
where s.kind = 'corrective action'
