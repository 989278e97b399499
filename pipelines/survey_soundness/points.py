"""What each subject comes to in words: sound, weak, stated without judging, or not evaluated, and what to do then.

ISO sets no limit for any of it. What calls something weak is a rule of thumb of the field, named beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from audit.quantity import Quantity, number
from audit.text import Text, listed
from audit.wording import say
from pipelines import definitions
from pipelines.methods.representativeness import Representativeness
from pipelines.methods.representativeness import told as told_of_groups
from pipelines.survey_soundness.found import Point, Subject, Survey
from pipelines.survey_soundness.naming import dimension_text, group_text

LEFT_OPEN = 5.0
"""Per cent of a question. Schafer (1999), Statistical Methods in Medical Research 8: less is of no consequence."""
RELIABLE = 0.7
"""Nunnally and Bernstein (1994), Psychometric Theory."""


def points(survey: Survey) -> tuple[Point, ...]:
    return (
        _response(survey),
        _who(survey),
        _early_late(survey),
        _left_open(survey),
        _lined(survey),
        _reliability(survey),
        _figures(survey),
        _weights(survey),
    )


def _unknown(subject: Subject, because: Text | None) -> Point:
    return Point(subject, "not evaluated", because or say("there are no records in the period"))


def _response(survey: Survey) -> Point:
    found = survey.response.result
    if found is None:
        return _unknown("response", survey.response.because)
    told = say(
        "{answered} of {invited} invitations were answered: {rate}",
        answered=found.answered,
        invited=found.invited,
        rate=Quantity(found.value, "%"),
    )
    return Point("response", "stated", told)


def _who(survey: Survey) -> Point:
    compared = {name: one.result for name, one in survey.who.items() if one.result}
    if not compared:
        return _unknown("who", next(iter(survey.who.values())).because)
    for name, found in compared.items():
        silent = [group.name for group in found.groups if not group.respondents or group.missing]
        if found.verdict == "differs" or any(not group.respondents for group in found.groups):
            then = say("Invite and remind {groups} in the next wave.", groups=_names(name, silent)) if silent else None
            return Point("who", "weak", _by(name, found), then)
    if all(found.verdict == "too few to tell" for found in compared.values()):
        name, found = next(iter(compared.items()))
        return Point("who", "not evaluated", _by(name, found))
    name = next(name for name, found in compared.items() if found.verdict == "alike")
    return Point("who", "sound", _by(name, compared[name]))


def _by(name: str, found: Representativeness) -> Text:
    told = told_of_groups(found, lambda group: group_text(name, group))
    return say("by {dimension}: {told}", dimension=dimension_text(name), told=told)


def _names(dimension: str, groups: list[str]) -> Text:
    return listed([group_text(dimension, group) for group in groups])


def _early_late(survey: Survey) -> Point:
    found = survey.early_late.result
    if found is None:
        return _unknown("early_late", survey.early_late.because)
    apart = found.difference
    near, far = sorted((abs(apart.low), abs(apart.high)))
    values = {
        "value": _points(abs(apart.value)),
        "low": number(near, "points", aligned=True),
        "high": number(far, "points", aligned=True),
    }
    if apart.low > 0:
        return Point(
            "early_late", "weak", say("late answers are more content by {value} ({low} to {high})", **values), _ask()
        )
    if apart.high < 0:
        return Point(
            "early_late", "weak", say("late answers are less content by {value} ({low} to {high})", **values), _ask()
        )
    told = say(
        "no difference between late and early answers is shown; it lies between {low} and {high} points",
        low=number(apart.low, "points", aligned=True),
        high=number(apart.high, "points", aligned=True),
    )
    return Point("early_late", "sound", told)


def _ask() -> Text:
    return say("Ask some of those who did not answer by telephone, and compare.")


def _left_open(survey: Survey) -> Point:
    found = [one.result for one in survey.non_response.values() if one.result]
    if not found:
        return _unknown("non_response", next(iter(survey.non_response.values())).because)
    questions = sorted((each for one in found for each in one.questions), key=lambda each: -each.share)
    often = [each.question for each in questions if each.low > LEFT_OPEN]
    if often:
        told = say("{count} of {all} questions are left open by more than 5 %", count=len(often), all=len(questions))
        return Point(
            "non_response", "weak", told, say("Shorten, explain or drop: {questions}.", questions=", ".join(often))
        )
    if not questions:
        return _unknown("non_response", None)
    share = Quantity(questions[0].share, "%")
    told = say(
        "the question skipped most often, {question}, is left open by {share}",
        question=questions[0].question,
        share=share,
    )
    return Point("non_response", "sound", told)


def _lined(survey: Survey) -> Point:
    batteries = survey.straight_lining.result
    if batteries is None:
        return _unknown("straight_lining", survey.straight_lining.because)
    found = [one.found.result for one in batteries if one.found.result]
    if not found:
        return _unknown("straight_lining", batteries[0].found.because)
    most = max(found, key=lambda one: one.share)
    told = say(
        "{share} of the respondents gave every question of a scale the same answer, which can be honest",
        share=Quantity(most.share, "%"),
    )
    return Point("straight_lining", "stated", told)


def _reliability(survey: Survey) -> Point:
    scales = survey.reliability.result
    known = [(scale.battery.driver, scale.found.result) for scale in scales or () if scale.found.result]
    if not known:
        return _overall(survey)
    turned = [name for _, found in known for name in found.opposite]
    if turned:
        names = ", ".join(dict.fromkeys(turned))
        told = say("some questions run the other way than the rest: {questions}", questions=names)
        return Point(
            "reliability", "weak", told, say("Turn their scores around before they are loaded, or take them out.")
        )
    low = [driver or "–" for driver, found in known if found.alpha < RELIABLE]
    if low:
        told = say("the questions on {drivers} do not measure one thing: alpha is below 0.70", drivers=", ".join(low))
        return Point("reliability", "weak", told, say("Report them one by one, or reword those that fit least."))
    least = min(found.alpha for _, found in known)
    return Point(
        "reliability", "sound", say("alpha is {alpha} or more wherever questions are summed up", alpha=f"{least:.2f}")
    )


def _overall(survey: Survey) -> Point:
    """Without single questions that belong together: the overall questions, which nobody sums up."""
    found = survey.overall.result
    if found is None:
        scales = survey.reliability.result
        return _unknown("reliability", scales[0].found.because if scales else survey.reliability.because)
    told = say("the overall questions agree with alpha {alpha}, standardised", alpha=f"{found.alpha:.2f}")
    return Point("reliability", "stated", told)


def _figures(survey: Survey) -> Point:
    found = next((one.result for one in survey.figures.values() if one.result), None)
    if found is None:
        return _unknown("figures", next(iter(survey.figures.values())).because)
    told = say(
        "{kpi}: {value}, margin of error {margin}",
        kpi=definitions.kpis()[found.kpi].title,
        value=Quantity(found.value, found.unit),
        margin=Quantity(found.margin, "points" if found.unit == "%" else found.unit),
    )
    return Point("figures", "stated", told)


def _weights(survey: Survey) -> Point:
    found = survey.weights.result
    if found is None:
        return _unknown("weights", survey.weights.because)
    now, then = found.satisfied_plain, found.satisfied
    values = {"value": Quantity(then.value, "%"), "now": Quantity(now.value, "%")}
    if not now.low <= then.value <= now.high:
        told = say("weighted to the customer base the satisfied share would be {value} instead of {now}", **values)
        return Point("weights", "weak", told, say("Report both figures, and invite the groups that are missing."))
    told = say("weighting would change the satisfied share within its interval: {value} instead of {now}", **values)
    return Point("weights", "sound", told)


def _points(value: float) -> Quantity:
    return Quantity(value, "points")


def verdict(points: Sequence[Point]) -> Text:
    """Whether the survey can be relied on, as one sentence."""
    judged = [point for point in points if point.state != "stated"]
    weak = sum(point.state == "weak" for point in judged)
    silent = sum(point.state == "not evaluated" for point in judged)
    if judged and silent == len(judged):
        return say("Whether the survey is sound cannot be said yet")
    if weak:
        return say(
            "Rely on the survey with care: it is weak in {weak} of {all} points looked at", weak=weak, all=len(judged)
        )
    if silent:
        return say(
            "Nothing weak was found, but {silent} of {all} points cannot be judged yet", silent=silent, all=len(judged)
        )
    return say("The survey is sound in all {all} points that were looked at", all=len(judged))
