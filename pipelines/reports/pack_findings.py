"""What an evidence pack says of findings and of what followed them, and of what the last management review decided."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from audit.finding.finding import Action, Extent, Followed, Reference, Review, reference_word
from audit.records import Records
from audit.records.finding import actions, effectiveness, findings
from audit.records.reviewing import review_decisions, reviews
from audit.records.reviewing.review_decisions import Decision
from audit.records.reviewing.reviews import Review as ManagementReview
from audit.text import Language
from audit.wording import spoken
from pipelines import definitions

OF_A_REVIEW = ("id", "revision", "held_on", "period_from", "period_to", "attendees", "run", "actor", "at")


@dataclass(frozen=True)
class FollowedUp:
    """As it stood at one entry of the trail. What is late depends on the day of the reader and is not in it."""

    findings: tuple[Followed, ...]
    elsewhere: int
    """Findings of other audits and outside of any, which are not in the pack."""
    review: ManagementReview | None
    """The last one; no decision without it."""
    decisions: tuple[Decision, ...]
    actions: tuple[Action, ...]
    """Of the decisions."""
    reviews: tuple[Review, ...]
    """Of the effectiveness of any finding or action, oldest first."""

    def effects(self, subjects: Iterable[str]) -> list[Review]:
        """Newest first."""
        wanted = set(subjects)
        return [each for each in reversed(self.reviews) if each.subject in wanted]

    def effects_of(self, each: Followed) -> list[Review]:
        return self.effects([each.finding.id, *(action.id for action in each.actions)])


def followed_up(records: Records, audit: str, upto: int | None = None) -> FollowedUp:
    """Findings of the audit, "" for all findings; `upto` is the entry of the trail, None for now."""
    every = findings.followed(records, upto)
    own = tuple(each for each in every if audit in ("", each.finding.audit))
    review = next(iter(reviews.every(records, upto)), None)
    decided = tuple(review_decisions.every(records, review.id, upto)) if review else ()
    ids = {each.id for each in decided}
    carrying = tuple(each for each in actions.every(records, upto) if each.decision in ids)
    effects = tuple(effectiveness.every(records, upto))
    return FollowedUp(own, len(every) - len(own), review, decided, carrying, effects)


def followed_json(told: FollowedUp) -> dict[str, bytes]:
    """By the names of the files; people by their names alone, without what they sign in with."""
    return {
        "findings.json": _json([_finding(told, each) for each in told.findings]),
        "management-review.json": _json(_review(told)),
    }


def _finding(told: FollowedUp, each: Followed) -> dict[str, Any]:
    return asdict(each.finding) | {
        "stage": each.stage,
        "actions": [asdict(action) for action in each.actions],
        "reviews": [_effect(review) for review in told.effects_of(each)],
    }


def _review(told: FollowedUp) -> dict[str, Any]:
    if told.review is None:
        return {}
    decisions = [asdict(each) | {"actions": _carrying(told, each)} for each in told.decisions]
    return {name: getattr(told.review, name) for name in OF_A_REVIEW} | {"decisions": decisions}


def _carrying(told: FollowedUp, decision: Decision) -> list[dict[str, Any]]:
    own = [each for each in told.actions if each.decision == decision.id]
    return [asdict(each) | {"reviews": [_effect(review) for review in told.effects([each.id])]} for each in own]


def _effect(review: Review) -> dict[str, Any]:
    return asdict(review) | {"by": review.by.name}


def _json(content: Any) -> bytes:
    return json.dumps(content, indent=1, ensure_ascii=False, default=str).encode("utf-8")


def evidence_told(every: Iterable[Reference], language: Language) -> str:
    """As in "document DOC-004 (the method); complaint C-1042"."""
    before, after, between = ("（", "）", "；") if language == "zh" else (" (", ")", "; ")
    told = [
        f"{reference_word(each.kind).said(language)} {each.key}{f'{before}{each.word}{after}' if each.word else ''}"
        for each in every
    ]
    return between.join(told)


def extent_told(extent: Extent, language: Language) -> str:
    """As in "3 found · 20 looked at"."""
    parts = [
        spoken("{count} found", language, count=extent.found) if extent.found is not None else "",
        spoken("{count} looked at", language, count=extent.sampled) if extent.sampled is not None else "",
        spoken("{count} there are", language, count=extent.population) if extent.population is not None else "",
    ]
    return " · ".join(filter(None, parts))


def moved_told(action: Action, language: Language) -> str:
    """The KPI that an action should move, with the group and the day; "" for none."""
    kpi = definitions.kpis().get(action.kpi)
    name = kpi.title.said(language) if kpi else action.kpi
    part = f" ({action.by}: {action.group})" if action.by else ""
    day = f" {spoken('from {day}', language, day=action.expected_on)}" if action.kpi and action.expected_on else ""
    return f"{name}{part}{day}"
