"""How an objective stands, in words with a shape and a colour; and which of them come first."""

from __future__ import annotations

from collections.abc import Sequence

from audit.targets.attainment import Met, met_word, sure_word
from audit.targets.objective import Target
from pages.components import tags
from pages.components.chart.period import label
from pages.components.words import _, plain, said, shown
from pipelines.targets.objectives import Judged, ObjectivePeriod
from pipelines.targets.outlook import Forecast, outlook_word

MARKS = {"attained": "●", "not attained": "✕", "open": "…", "not evaluated": "◇"}
OUTLOOKS = {
    "on course": ("→", "green"),
    "at risk": ("!", "orange"),
    "out of reach": ("⊘", "red"),
    "too early to say": ("…", "gray"),
    "cannot be told": ("◇", "violet"),
}
RISKY = ("out of reach", "at risk")


def met(met: Met) -> str:
    return tags.tag(MARKS[met], said(met_word(met)))


def outlook(forecast: Forecast) -> str:
    mark, colour = OUTLOOKS[forecast.outlook]
    return f":{colour}-badge[{mark} {said(outlook_word(forecast.outlook))}]"


def reached(period: ObjectivePeriod) -> str:
    """Badges of one period: attained or not, how sure, and which other threshold was passed."""
    told = [met(period.met)]
    if sure := sure_word(period.attainment.sure):
        told.append(tags.small(said(sure)))
    if period.attainment.warned:
        told.append(f":orange-badge[! {_('past the warning')}]")
    if period.attainment.stretched:
        told.append(tags.small(_("stretch target reached")))
    return " ".join(told)


def period_name(judged: Judged, period: ObjectivePeriod) -> str:
    return label(judged.objective.grain, period.starts, period.ends, period.period)


def target_words(target: Target) -> str:
    """ "at least 80 %, warning at 85 %"."""
    told = [said(target.words)]
    if target.warn_at:
        told.append(_("warning at {value}", value=target.warn_at))
    if target.stretch:
        told.append(_("stretch target {value}", value=target.stretch))
    return _(", ").join(told)


def answer(every: Sequence[Judged]) -> str:
    """The title: how many were attained, and how many are heading elsewhere."""
    if not every:
        return _("No quality objective is set yet")
    last = [each.latest.met if each.latest else "" for each in every]
    risky = sum(each.forecast is not None and each.forecast.outlook in RISKY for each in every)
    given = {"attained": last.count("attained"), "all": len(every), "risky": risky}
    if risky:
        return _("{attained} of {all} objectives attained; {risky} at risk or out of reach", **given)
    return _("{attained} of {all} objectives attained, none of them at risk as far as can be told", **given)


def title(judged: Judged) -> str:
    """Of the page of one objective: what became of it in its last full period."""
    name, latest = judged.objective.title, judged.latest
    if latest is None:
        return _("{objective}: no full period yet", objective=name)
    return _(
        "{objective}: {met} in {period}", objective=name, met=met_word(latest.met), period=period_name(judged, latest)
    )


def ordered(every: Sequence[Judged]) -> list[Judged]:
    """Not attained first, then what is heading there, what warns, what nobody knows, and what is attained."""
    return sorted(every, key=_urgency)


def _urgency(judged: Judged) -> tuple[int, str]:
    latest, current = judged.latest, judged.current
    if latest and latest.met == "not attained":
        return 0, judged.objective.id
    if judged.forecast and judged.forecast.outlook in RISKY:
        return 1 + RISKY.index(judged.forecast.outlook), judged.objective.id
    if any(each and each.attainment.warned for each in (latest, current)):
        return 3, judged.objective.id
    return (5 if latest and latest.met == "attained" else 4), judged.objective.id


def sentence(judged: Judged) -> str:
    """The last period that is over, or why there is none; also what the chart says to who cannot see it."""
    if judged.silent:
        return said(judged.silent)
    shown_ = judged.latest or judged.current
    if shown_ is None:
        return ""
    name = period_name(judged, shown_)
    return _("{period}: {because}.", period=name, because=said(shown_.because).rstrip(".。"))


def alt(judged: Judged) -> str:
    """One sentence with what the chart shows."""
    told = [judged.objective.title, sentence(judged)]
    if judged.forecast:
        told.append(said(judged.forecast.because))
    return _("; ").join(filter(None, told))


def owner(judged: Judged) -> str:
    return plain(_("{id}, owner: {owner}", id=judged.objective.id, owner=judged.objective.owner))


def since_words(target: Target) -> str:
    return _("since {day}: {target}", day=shown(target.since), target=target_words(target))
