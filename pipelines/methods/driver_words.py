"""What the key drivers and the map of importance say, in sentences for a page and a report."""

from __future__ import annotations

from collections.abc import Sequence

from audit.text import Text, sentences
from audit.wording import say
from pipelines.methods.importance_performance import ImportancePerformance, Placed, Quadrant
from pipelines.methods.key_drivers import Driver, KeyDrivers

METHOD = say(
    "Part of R² by LMG (Lindeman, Merenda and Gold, 1980; Groemping, 2006): what a driver adds to a linear regression, "
    "averaged over all orders; intervals by a bootstrap over respondents. What goes together need not cause, and the "
    "interval of a driver without any effect cannot reach below 0."
)
MAP_METHOD = say(
    "Importance and performance (Martilla and James, 1977), each with its 95 % interval; the lines stand at the means "
    "of the drivers, so some driver always lies on the poor side. A driver whose interval crosses a line is not clear."
)


def quadrant_name(quadrant: Quadrant) -> Text:
    return {
        "concentrate here": say("concentrate here"),
        "keep up": say("keep up the good work"),
        "low priority": say("low priority"),
        "possible overkill": say("possible overkill"),
        "not clear": say("not clear"),
    }[quadrant]


def by_part(found: KeyDrivers) -> list[Driver]:
    """The greatest part first."""
    return sorted(found.drivers, key=lambda one: (-one.lmg, one.driver))


def sentence(found: KeyDrivers) -> Text:
    told = [_parts(found), *_beside(found)] if found.shown else []
    return sentences(*told, *cautions(found))


def _parts(found: KeyDrivers) -> Text:
    first = by_part(found)[0]
    return say(
        "Of the differences in satisfaction among {n} respondents {count} drivers explain {r2} % ({low} to {high}); "
        "the greatest part goes with {driver}: {share} % of it ({share_low} to {share_high}).",
        n=found.n,
        count=len(found.drivers),
        r2=f"{100 * found.r2:.0f}",
        low=f"{100 * found.r2_low:.0f}",
        high=f"{100 * found.r2_high:.0f}",
        driver=first.driver,
        share=f"{first.share:.0f}",
        share_low=f"{first.share_low:.0f}",
        share_high=f"{first.share_high:.0f}",
    )


def near(found: KeyDrivers) -> list[str]:
    """The drivers that may as well come first."""
    first, *others = by_part(found)
    return [one.driver for one in others if one.share_high > first.share_low]


def _beside(found: KeyDrivers) -> list[Text]:
    close = near(found)
    return [say("Its interval overlaps with that of {drivers}.", drivers=", ".join(close))] if close else []


def cautions(found: KeyDrivers) -> list[Text]:
    told = []
    if not found.shown:
        told.append(
            say(
                "What {n} respondents say does not show that satisfaction goes with any of {count} drivers: so many "
                "explain {r2} % by chance as well (F test, {p}).",
                n=found.n, count=len(found.drivers), r2=f"{100 * found.r2:.0f}", p=f"p = {found.p:.2f}",
            )
        )  # fmt: skip
    if found.close:
        told.append(
            say(
                "These drivers go so closely together that their parts can hardly be told apart: {drivers}.",
                drivers=", ".join(found.close),
            )
        )
    if found.thin:
        told.append(say("The respondents are few for so many drivers; read the parts as hints."))
    if found.left_out:
        told.append(
            say("{n} respondents who left a driver or the whole open are left out.", n=found.left_out)
        )  # fmt: skip
    if found.drawn < found.n:
        told.append(
            say("Each of the {times} resamples draws {drawn} of them.", times=found.times, drawn=found.drawn)
        )  # fmt: skip
    return told


def map_sentence(found: ImportancePerformance) -> Text:
    """What to work on first, or that it is not clear."""
    here = [one for one in found.drivers if one.quadrant == "concentrate here"]
    open_ = [one for one in found.drivers if one.quadrant == "not clear"]
    if here:
        told = say(
            "Concentrate on {drivers}: they matter more than others and are done less well.", drivers=_names(here)
        )
    else:
        told = say("No driver clearly matters more than others and is done less well.")
    if open_:
        return sentences(told, say("Not clear: {drivers}.", drivers=_names(open_)))
    return told


def _names(drivers: Sequence[Placed]) -> str:
    return ", ".join(one.driver for one in drivers)
