"""Lifetime value as a report tells it."""

from __future__ import annotations

from collections.abc import Sequence

from audit.text import Text
from audit.wording import say
from pipelines.analyses.lifetime_value.found import AtRisk, Buying, KeyCustomers, LifetimeValue, Spending
from pipelines.analyses.section import Section, nothing
from pipelines.methods.lifetime_value import Ahead
from pipelines.methods.likelihood import Estimate
from pipelines.methods.purchase_check import PurchaseCheck


def sections(found: LifetimeValue) -> Sequence[Section]:
    return [_buying(found), _spending(found), _check(found), _coming(found), _key(found), _at_risk(found)]


def buying_method() -> Text:
    return say(
        "BG/NBD: Fader, Hardie and Lee (2005). Each customer buys at a steady rate of their own and stops for good "
        "at some time; rates and the readiness to stop differ among customers. It knows no season and no contract, "
        "and nobody comes back. Whoever was a customer before the orders begin counts from the first order on "
        "record; several orders of a day are one purchase. Errors from the curvature of the likelihood."
    )


def spending_method() -> Text:
    return say(
        "Gamma-Gamma: Fader and Hardie (2013), from customers who bought again. It assumes that how often a customer "
        "buys says nothing about how much; the correlation shows how far that holds."
    )


def check_method() -> Text:
    return say(
        "The model is fitted to the first part of the orders and foretells the last part, at most a third of the "
        "time, for the customers known by then."
    )


def buying_sentence(found: Buying, coming: Ahead | None) -> Text:
    told = say(
        "{customers} customers bought since {begins}, {again} of them again.",
        customers=found.customers, begins=found.begins, again=found.again,
    )  # fmt: skip
    if found.before:
        earlier = say("{count} were customers before and count from the first order on record.", count=found.before)
        told = say("{one} {other}", one=told, other=earlier)
    if coming is None:
        return told
    still = say(
        "Of the {customers} who have not left by the register, {active} still buy, by the model.",
        customers=coming.customers, active=round(coming.active),
    )  # fmt: skip
    return say("{one} {other}", one=told, other=still)


def spending_sentence(found: Spending) -> Text:
    told = say(
        "A customer spends {usual} at a time. How often and how much correlate by {r} ({low} to {high})",
        usual=f"{found.usual:,.0f}", r=f"{found.correlation:z.2f}", low=f"{found.low:z.2f}", high=f"{found.high:z.2f}",
    )  # fmt: skip
    if found.holds:
        return say("{told}: the assumption that the one says little about the other holds.", told=told)
    return say(
        "{told}: the assumption does not hold, so values of frequent buyers are to be read with care.", told=told
    )


def check_sentence(found: PurchaseCheck) -> Text:
    error = say("{share} % too high", share=f"{found.error:.1f}")
    if found.error < 0:
        error = say("{share} % too low", share=f"{-found.error:.1f}")
    return say(
        "Held out, the last {days} days: {predicted} purchases foretold ({low} to {high}), {actual} made; {error}.",
        days=round(found.days), predicted=f"{found.predicted:,.0f}", low=f"{found.low:,.0f}", high=f"{found.high:,.0f}",
        actual=found.actual, error=error,
    )  # fmt: skip


def coming_sentence(found: Ahead) -> Text:
    revenue, half = sum(found.revenue[:12]), 1.96 * found.error(12)
    return say(
        "In the next twelve months {purchases} purchases and a revenue of {revenue} ({low} to {high}) are expected "
        "of the customers of today; winning others is not counted.",
        purchases=f"{found.purchases:,.0f}", revenue=f"{revenue:,.0f}", low=f"{revenue * (1 - half):,.0f}",
        high=f"{revenue * (1 + half):,.0f}",
    )  # fmt: skip


def key_sentence(found: KeyCustomers) -> Text:
    return say(
        "{named} key customers stand for {share} % of the revenue expected in twelve months. The fifth of whom most "
        "is expected, {top} customers, stands for {top_share} %; {others} of them are not called key.",
        named=found.named.customers, share=f"{found.named.share:.1f}", top=found.top.customers,
        top_share=f"{found.top.share:.1f}", others=found.top_not_named,
    )  # fmt: skip


def at_risk_sentence(found: AtRisk) -> Text:
    if not found.customers:
        return say(
            "No customer who bought at least {often} times has more likely stopped than not.", often=found.often + 1
        )
    return say(
        "{count} customers who bought at least {often} times have more likely stopped than not, {key} key ones among "
        "them: they would bring {if_alive} in twelve months, and {expected} is expected; {stake} is at stake.",
        count=found.customers, often=found.often + 1, key=found.key, if_alive=f"{found.if_alive:,.0f}",
        expected=f"{found.expected:,.0f}", stake=f"{found.at_stake:,.0f}",
    )  # fmt: skip


def _buying(found: LifetimeValue) -> Section:
    title, part = say("Who still buys"), found.buying
    if part.result is None:
        return nothing(title, part.because, buying_method())
    return _estimated(title, buying_sentence(part.result, found.coming.result), buying_method(), part.result.estimates)


def _spending(found: LifetimeValue) -> Section:
    title, part = say("What is spent at a time"), found.spending
    if part.result is None:
        return nothing(title, part.because, spending_method())
    return _estimated(title, spending_sentence(part.result), spending_method(), part.result.estimates)


def _estimated(title: Text, sentence: Text, method: Text, estimates: Sequence[Estimate]) -> Section:
    heads = (say("Parameter"), say("Value"), say("Lower bound"), say("Upper bound"))
    return Section(title, sentence, method, heads, tuple((e.name, e.value, e.low, e.high) for e in estimates))


def check_heads() -> tuple[Text, ...]:
    return (
        say("Bought again before"), say("Customers"), say("Foretold, each"), say("Bought, each"), say("Lower bound"),
        say("Upper bound"),
    )  # fmt: skip


def _check(found: LifetimeValue) -> Section:
    title, part = say("Does the model foretell?"), found.check
    if part.result is None:
        return nothing(title, part.because, check_method())
    rows = tuple(
        (f"{row.before}+" if row.or_more else row.before, row.customers, row.predicted, row.actual, row.low, row.high)
        for row in part.result.rows
    )
    return Section(title, check_sentence(part.result), check_method(), check_heads(), rows)


def _coming(found: LifetimeValue) -> Section:
    title, part = say("What today's customers are expected to buy"), found.coming
    method = say(
        "Purchases to come by BG/NBD times what is spent at a time by Gamma-Gamma, undiscounted revenue. The "
        "interval covers how well the models are known, not how customers will scatter around it."
    )
    if part.result is None:
        return nothing(title, part.because, method)
    found_ = part.result
    rows = tuple((year, sum(found_.revenue[: 12 * year]), 100 * error) for year, error in enumerate(found_.errors, 1))
    heads = (say("Years ahead"), say("Revenue up to then"), say("Standard error, %"))
    return Section(title, coming_sentence(found_), method, heads, rows)


def _key(found: LifetimeValue) -> Section:
    title, part = say("Key customers"), found.key
    method = say(
        "Who is key the organisation says in its register of customers; what is expected is told by the model."
    )
    if part.result is None:
        return nothing(title, part.because, method)
    one = part.result
    heads = (
        say("Group"),
        say("Customers"),
        say("Still buying, by the model"),
        say("Revenue expected"),
        say("Share, %"),
    )
    rows = tuple(
        (name, group.customers, group.active, group.expected, group.share)
        for name, group in ((say("called key"), one.named), (say("highest fifth by what is expected"), one.top))
    )
    return Section(title, key_sentence(one), method, heads, rows)


def _at_risk(found: LifetimeValue) -> Section:
    """Without a list: rows of single customers stay in the program."""
    title, part = say("Customers at risk"), found.at_risk
    method = say(
        "Who bought at least three times and still buys with a probability below 50 %, by BG/NBD; whoever has left "
        "by the register is not counted. At stake: revenue of twelve months if they still buy, less what is expected."
    )
    if part.result is None:
        return nothing(title, part.because, method)
    return Section(title, at_risk_sentence(part.result), method)
