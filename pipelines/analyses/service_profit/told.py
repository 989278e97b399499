"""The service-profit chain in words and tables."""

from __future__ import annotations

from collections.abc import Sequence

from audit.text import Text
from audit.wording import say
from pipelines import definitions
from pipelines.analyses.section import Cell, Section, nothing
from pipelines.analyses.service_profit.found import Chain, Link, ServiceProfit
from pipelines.methods.lagged import Correlation, Lag


def title() -> Text:
    return say("Service-profit chain")


def method() -> Text:
    return say(
        "Correlations by unit and whole quarter (Heskett et al., 1994): Pearson and Spearman with Fisher's interval, "
        "within the units and between them. Pairs of one unit are alike, so they count as fewer. P-values are "
        "corrected for the number of lags by Holm (1979). A correlation is no cause: what moves all units alike looks "
        "like one; units are few, and figures from few answers pull it towards zero."
    )


def warning() -> Text:
    return say(
        "A correlation is no cause. A season, a price or a manager may move both figures, and with so few units a "
        "single one can make or hide it."
    )


def dimension(by: str) -> Text:
    return {
        "region": say("region"),
        "segment": say("segment"),
        "product": say("product"),
        "channel": say("channel"),
    }[by]


def sections(found: ServiceProfit) -> Sequence[Section]:
    chain = found.chain.result
    if chain is None:
        return [nothing(title(), found.chain.because, method())]
    return [_section(chain, link) for link in chain.links]


def _section(chain: Chain, link: Link) -> Section:
    name = say("Service-profit chain: {link}", link=named(link))
    if link.found.result is None:
        return nothing(name, link.found.because, method())
    heads = (
        say("Quarters later"), say("Pairs"), say("Count as"), say("Correlation"), say("Low"), say("High"),
        say("p, corrected"), say("Ranks"), say("Within units"), say("Between units"),
    )  # fmt: skip
    told = say("{sentence} {warning}", sentence=sentence(chain, link), warning=warning())
    return Section(name, told, method(), heads, tuple(_row(lag) for lag in link.found.result.lags))


def named(link: Link) -> Text:
    kpis = definitions.kpis()
    return say("{leading} → {following}", leading=kpis[link.leading].title, following=kpis[link.following].title)


def sentence(chain: Chain, link: Link) -> Text:
    """What the surest lag shows, and by what names the units were found."""
    if link.found.result is None:
        return link.found.because or say("Nothing was found.")
    lag = link.found.result.strongest
    units = say("{count} units, found by the names of the {by}", count=len(chain.units), by=dimension(chain.dimension))
    if not lag.clear or lag.pearson is None:
        return say("{link}: no correlation is clear at any lag ({units}).", link=named(link), units=units)
    return say(
        "{link}: where the first is higher, the second is {way} {when} (r = {r}, {units}).",
        link=named(link),
        way=say("higher") if lag.pearson.value > 0 else say("lower"),
        when=after(lag.lag),
        r=bounded(lag.pearson),
        units=units,
    )


def after(lag: int) -> Text:
    if lag == 0:
        return say("in the same quarter")
    return say("one quarter later") if lag == 1 else say("{lag} quarters later", lag=lag)


def bounded(found: Correlation) -> Text:
    if found.low is None:
        return say("{value}, too few to say how sure", value=f"{found.value:z.2f}")
    low, high = f"{found.low:z.2f}", f"{found.high:z.2f}"
    return say("{value} ({low} to {high})", value=f"{found.value:z.2f}", low=low, high=high)


def _row(lag: Lag) -> tuple[Cell, ...]:
    if lag.pearson is None:
        return (lag.lag, lag.pairs, lag.because, *[None] * 7)
    rest = [each.value if each else None for each in (lag.spearman, lag.within, lag.between)]
    pearson = lag.pearson
    return (lag.lag, lag.pairs, pearson.n, pearson.value, pearson.low, pearson.high, lag.adjusted, *rest)
