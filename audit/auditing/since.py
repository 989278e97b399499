"""What is not as it was at the previous audit, so that the next one looks there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from audit.evidence import Verdict
from audit.tag import verdict_tag
from audit.text import Text
from audit.wording import say

Kind = Literal["asked", "no longer asked", "proposed", "criterion", "document"]


@dataclass(frozen=True)
class Basis:
    """What the verdicts of an audit rest on."""

    asked: frozenset[str] = frozenset()
    """Requirements."""
    proposed: Mapping[str, str] = field(default_factory=dict)
    """Requirement -> the verdict that was proposed."""
    criteria: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Evidence -> the organisation's own limits."""
    documents: Mapping[str, int] = field(default_factory=dict)
    """Document -> its revision."""


@dataclass(frozen=True)
class Changed:
    kind: Kind
    what: str
    """Id of the requirement, the evidence or the document."""
    before: str = ""
    now: str = ""

    @property
    def requirement(self) -> str:
        """The requirement that it bears on; "" for a document, which several may ask for."""
        if self.kind == "criterion":
            return self.what.rpartition("-")[0]
        return "" if self.kind == "document" else self.what


def since(before: Basis, now: Basis) -> list[Changed]:
    """An empty list where all is as it was. A verdict counts where both audits have one."""
    return [*_asked(before, now), *_proposed(before, now), *_criteria(before, now), *_documents(before, now)]


def sentence(changed: Changed) -> Text:
    what, before, now = changed.what, changed.before, changed.now
    match changed.kind:
        case "asked":
            return say("{what} was not asked at the previous audit.", what=what)
        case "no longer asked":
            return say("{what} was asked at the previous audit, and is not asked any more.", what=what)
        case "proposed":
            return say(
                "{what}: the proposed verdict was “{before}”, now it is “{now}”.",
                what=what, before=verdict_tag(Verdict(before)).word, now=verdict_tag(Verdict(now)).word,
            )  # fmt: skip
        case "criterion":
            return say("Your criterion of {what} has changed.", what=what)
        case "document":
            if not before:
                return say("Document {what} was registered since.", what=what)
            return say(
                "Document {what} was revised since: revision {now} instead of {before}.",
                what=what, now=now, before=before,
            )  # fmt: skip


def _asked(before: Basis, now: Basis) -> Iterator[Changed]:
    yield from (Changed("asked", id) for id in sorted(now.asked - before.asked))
    yield from (Changed("no longer asked", id) for id in sorted(before.asked - now.asked))


def _proposed(before: Basis, now: Basis) -> Iterator[Changed]:
    for id in sorted(before.proposed.keys() & now.proposed.keys()):
        if before.proposed[id] != now.proposed[id]:
            yield Changed("proposed", id, str(before.proposed[id]), str(now.proposed[id]))


def _criteria(before: Basis, now: Basis) -> Iterator[Changed]:
    for id in sorted(before.criteria.keys() | now.criteria.keys()):
        former, own = _limits(before.criteria.get(id)), _limits(now.criteria.get(id))
        if former != own:
            yield Changed("criterion", id, former, own)


def _documents(before: Basis, now: Basis) -> Iterator[Changed]:
    for id in sorted(now.documents):
        former, revision = before.documents.get(id), now.documents[id]
        if former != revision:
            yield Changed("document", id, "" if former is None else str(former), str(revision))


def _limits(limits: Mapping[str, str] | None) -> str:
    return ", ".join(f"{name}: {value}" for name, value in sorted((limits or {}).items()))
