"""What is at stake in words: titles, formulas, steps, and the sentence that a figure says."""

from __future__ import annotations

from collections.abc import Sequence

from audit.assumption import AssumptionName, title
from audit.text import Text
from audit.wording import say
from pipelines.methods.propagate import Known
from pipelines.methods.value_at_stake import Origin, Step, StepName, Unit
from pipelines.worth.heard import Unheard
from pipelines.worth.stakes import Stake, StakeName


def stake_title(name: StakeName) -> Text:
    words = {
        "lifetime_value": say("What today's customers will bring"),
        "point_of_retention": say("What a point of retention is worth"),
        "resolved_complaint": say("What a complaint answered in time is worth"),
        "winning_over_keeping": say("What winning over keeping costs"),
        "at_risk": say("What is at stake with customers at risk"),
    }
    return words[name]


def formula(name: StakeName) -> Text:
    words = {
        "lifetime_value": say("(revenue expected in each month, discounted, summed over the horizon) × margin"),
        "point_of_retention": say("customers × 1 % × revenue of a year × margin × expected remaining years"),
        "resolved_complaint": say(
            "(share kept when answered in time − share kept when not) × revenue of a year × margin × "
            "expected remaining years"
        ),
        "winning_over_keeping": say("customers lost in a year × cost of keeping one × (times − 1)"),
        "at_risk": say("(revenue of a year if they still buy − revenue expected of them) × margin"),
    }
    return words[name]


def step_word(name: StepName) -> Text:
    words: dict[StepName, Text] = {
        "customers": say("customers"),
        "one_point": say("one point of them"),
        "revenue_each": say("revenue of a customer in a year"),
        "margin": say("contribution margin"),
        "margin_each": say("margin of a customer in a year"),
        "retention": say("retention in a year"),
        "years": say("expected remaining years, discounted, within the horizon"),
        "point_worth": say("worth of a point of retention"),
        "gain": say("points to be gained"),
        "gain_worth": say("worth of that gain"),
        "kept_resolved": say("kept when answered in time"),
        "kept_not_resolved": say("kept when not answered in time"),
        "kept_more": say("kept more"),
        "customer_worth": say("worth of a customer who is kept"),
        "resolved_worth": say("worth of a complaint answered in time"),
        "complaints": say("complaints in a year"),
        "resolved_all": say("worth of answering all of them in time"),
        "lost": say("customers lost in a year"),
        "cost_keeping": say("cost of keeping one for a year"),
        "times": say("winning over keeping"),
        "cost_winning": say("cost of winning one"),
        "replaced": say("cost of winning as many anew"),
        "kept_instead": say("cost of keeping as many"),
        "dearer": say("winning costs more by"),
        "revenue_ahead": say("revenue expected within the horizon"),
        "discount": say("less discount"),
        "costs": say("less costs of the orders"),
        "lifetime": say("lifetime value of today's customers"),
        "at_risk": say("revenue of a year at stake"),
        "at_risk_margin": say("margin of a year at stake"),
    }
    return words[name]


def origin_word(origin: Origin) -> Text:
    words = {
        "measured": say("your data"),
        "assumed": say("your assumption"),
        "computed": say("worked out"),
    }
    return words[origin]


def value_text(step: Step) -> Text:
    """With its interval where it has one."""
    value = amount(step.value, step.unit)
    if step.low is None or step.high is None or step.low == step.high:
        return value
    return say("{value} ({low} to {high})", value=value, low=bare(step.low, step.unit), high=bare(step.high, step.unit))


def amount(value: float, unit: Unit) -> Text:
    shown = bare(value, unit)
    if unit in ("currency", "customers", "complaints"):
        return Text(en=shown, zh=shown)
    if unit == "%":
        return Text(en=f"{shown} %", zh=f"{shown} %")
    words = {"years": say("years"), "points": say("points"), "times": say("times")}
    return say("{value} {unit}", value=shown, unit=words[unit])


def bare(value: float, unit: Unit) -> str:
    if unit in ("currency", "customers", "complaints"):
        return f"{value:z,.0f}" if abs(value) >= 10 or value == int(value) else f"{value:z,.1f}"
    return f"{value:z,.2f}" if unit == "years" else f"{value:z,.1f}"


def known_text(known: Known, suffix: str = "") -> Text:
    places = 1 if suffix else 0
    shown, low, high = (f"{each:,.{places}f}{suffix}" for each in (known.value, known.low, known.high))
    return say("{value} ({low} to {high})", value=shown, low=low, high=high)


def stake_sentence(stake: Stake) -> Text:
    if stake.worth is None:
        return missing_sentence(stake.missing, stake.because)
    total = value_text(stake.worth.total)
    words = {
        "lifetime_value": lambda: say("Today's customers are expected to bring a margin of {value}.", value=total),
        "point_of_retention": lambda: say(
            "One customer in a hundred more who stays is worth {value} of margin.", value=_step(stake, "point_worth")
        ),
        "resolved_complaint": lambda: say("A complaint answered in time is worth {value} of margin.", value=total),
        "winning_over_keeping": lambda: say(
            "Winning as many customers as were lost in a year costs {value} more than keeping them.", value=total
        ),
        "at_risk": lambda: say(
            "{value} of margin in a year is at stake with frequent customers who have more likely stopped than not.",
            value=total,
        ),
    }
    return words[stake.name]()


def missing_sentence(missing: Sequence[AssumptionName], because: Text | None) -> Text:
    """What would have to be said or loaded first."""
    if missing and because:
        return say(
            "Nobody owns the assumption {names}, and {because}.",
            names=_names(missing), because=because.within_a_sentence(),
        )  # fmt: skip
    if missing:
        return say("Nobody owns the assumption {names}.", names=_names(missing))
    return because or say("there is no figure")


def assumed_sentence(found: Unheard) -> Text:
    if found.by_assumption is None:
        return missing_sentence(found.missing, found.because)
    one = found.by_assumption
    told = say(
        "{complaints} complaints stand for {unheard} dissatisfied customers who did not complain, if {share} % of "
        "the dissatisfied do: your assumption. At half that share it would be {more}, at double {fewer}.",
        complaints=one.complaints, unheard=known_text(one.at[1].unheard), share=f"{one.at[1].share:.15g}",
        more=f"{one.at[0].unheard.value:,.0f}", fewer=f"{one.at[2].unheard.value:,.0f}",
    )  # fmt: skip
    if found.customers is not None and one.at[1].dissatisfied.value > found.customers:
        odd = say("There are {count} customers only, so the assumed share cannot hold for you.", count=found.customers)
        told = say("{one} {other}", one=told, other=odd)
    if one.told is None:
        return told
    heard = say("{people} people heard of it from them, by your assumption.", people=f"{one.told:,.0f}")
    return say("{one} {other}", one=told, other=heard)


def survey_sentence(found: Unheard) -> Text:
    if found.by_survey.result is None:
        return missing_sentence((), found.by_survey.because)
    one = found.by_survey.result
    return say(
        "Of {n} customers who answered that they are dissatisfied, {silent} never complained: {share}. Taken to all "
        "{customers} customers, {unheard} are dissatisfied and unheard. This is measured from your own customers, so "
        "it tells more than any share from elsewhere.",
        n=one.dissatisfied, silent=one.silent, share=known_text(one.share_silent, " %"), customers=one.customers,
        unheard=known_text(one.unheard),
    )  # fmt: skip


def _names(missing: Sequence[AssumptionName]) -> Text:
    each = [title(name) for name in missing]
    return Text(en=", ".join(f"'{one.en}'" for one in each), zh="、".join(f"“{one.zh}”" for one in each))


def _step(stake: Stake, name: StepName) -> Text:
    assert stake.worth is not None
    return value_text(next(step for step in stake.worth.steps if step.name == name))
