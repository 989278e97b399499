"""What evidence asks for that there is not: a KPI, a kind of document, a source, or a limit that it cannot have."""

from __future__ import annotations

from collections.abc import Iterator

from audit.checklist import Pack
from audit.errors import DefinitionError
from audit.measurement import Kpi
from audit.rule import Computed, Documentary, Rule, Sample, with_limits
from audit.strictness import looser
from audit.text import Text
from audit.wording import say
from pipelines import yaml_file
from pipelines.checking.known import Known
from pipelines.yaml_file import Loc, Page


def rule_mistakes(known: Known, rule: Rule, at: Loc, page: Page) -> Iterator[DefinitionError]:
    if isinstance(rule, Computed):
        kpi = known.kpis.get(rule.computed)
        if kpi is None:
            near = yaml_file.near(rule.computed, list(known.kpis))
            told = say("there is no usable KPI '{kpi}'{near}", kpi=rule.computed, near=near)
            yield page.at((*at, "computed"), told)
        else:
            for part, message in _computed_mistakes(rule, kpi):
                yield page.at((*at, "accept", part), message)
        plan = rule.accept.acted_on_by
        if plan and plan not in known.kinds:
            yield page.at((*at, "accept", "acted_on_by"), _no_kind(plan, known))
    elif isinstance(rule, Documentary) and rule.document not in known.kinds:
        yield page.at((*at, "document"), _no_kind(rule.document, known))
    elif isinstance(rule, Sample) and rule.sample not in known.sources:
        near = yaml_file.near(rule.sample, list(known.sources))
        told = say("there is no usable source '{source}'{near}", source=rule.sample, near=near)
        yield page.at((*at, "sample"), told)


def _no_kind(document: str, known: Known) -> Text:
    near = yaml_file.near(document, list(known.kinds))
    return say("'{kind}' is no kind of document in documents.yaml{near}", kind=document, near=near)


def _computed_mistakes(rule: Computed, kpi: Kpi) -> Iterator[tuple[str, Text]]:
    """What the limits ask that the KPI cannot answer: the limit, and why."""
    accept = rule.accept
    for name, limit in (("at_least", accept.at_least), ("at_most", accept.at_most)):
        if limit is not None and limit.unit != kpi.unit:
            yield name, say(
                "{name} is in {wrong}, but {kpi} is in {unit}; write a limit in {unit}",
                name=name, wrong=limit.unit, kpi=kpi.name, unit=kpi.unit,
            )  # fmt: skip
    if accept.for_each and accept.for_each not in kpi.by:
        allowed = ", ".join(kpi.by) or say("nothing")
        yield (
            "for_each",
            say("{kpi} is not measured by '{by}', only by {known}", kpi=kpi.name, by=accept.for_each, known=allowed),
        )
    if accept.no_worse_than_before and (kpi.interval is None or kpi.better == "neither"):
        yield "no_worse_than_before", say("{kpi} has no interval that a change could be told by", kpi=kpi.name)


def tightened(known: Known, page: Page, pack: Pack) -> Iterator[DefinitionError]:
    for place, one in enumerate(pack.tightens):
        at: Loc = ("tightens", place)
        rule = known.rules.get(one.evidence)
        if rule is None:
            near = yaml_file.near(one.evidence, list(known.rules))
            yield page.at((*at, "evidence"), say("there is no evidence '{id}'{near}", id=one.evidence, near=near))
            continue
        if one.evidence in [former.evidence for former in pack.tightens[:place]]:
            told = say("'{id}' is tightened already in this pack; keep one", id=one.evidence)
            yield page.at((*at, "evidence"), told)
        if not one.accept:
            yield page.at((*at, "accept"), say("no limit is written; write one, as in {{at_least: 90 %}}"))
        limited = known.noting(_limited, page, at, rule, one.accept)
        if limited and not any(rule_mistakes(known, rule, at, page)):  # else the mistake is the clause's
            yield from rule_mistakes(known, limited, at, page)
            for limit in looser(rule.accept, limited.accept):
                told = say("{limit} is looser than in the clause; write a stricter one, or leave it out", limit=limit)
                yield page.at((*at, "accept", limit), told)


def _limited(page: Page, at: Loc, rule: Rule, limits: dict[str, str]) -> Rule:
    try:
        return with_limits(rule, limits)
    except DefinitionError as error:
        told = Text(en=error.said("en"), zh=error.said("zh"))
        raise page.at((*at, "accept"), told) from None
