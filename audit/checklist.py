"""What is asked: a checklist of clauses, their requirements, and the evidence that would show each."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from audit.evidence import Grade
from audit.rule import EvidenceRule, Kind, Role, Rule
from audit.text import Text, Written
from audit.unfit import Unfit
from audit.wording import say

Change = Literal["none", "wording", "new", "moved"]
Confidence = Literal["high", "medium", "low", "uncertain"]
FromData = Literal["fully", "partly", "by people"]
CLAUSE = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4})*")


def by_number(clause: str) -> list[int]:
    """To sort clauses by: 10.2 comes after 9.3."""
    return [int(part) for part in clause.split(".")]


class Question(Text):
    """Asked of people in an interview."""

    to: Role


class Stated(Written):
    """A fact about the standard that does not come from its text: where it was found, and how sure it is."""

    confidence: Confidence = "high"
    sources: tuple[str, ...] = ()
    """Codes of checklists/sources.yaml."""
    note: Text | None = None


class Altered(Stated):
    """What an edition changed against the one before."""

    change: Change


class Requirement(Written):
    id: str
    asks: Text
    ask_people: tuple[Question, ...] = ()
    refs: dict[str, str] = {}
    """Standard -> the clause of it that asks this."""
    weight: float = Field(default=1.0, gt=0, allow_inf_nan=False)
    evidence: tuple[EvidenceRule, ...] = ()
    altered: Altered | None = None
    stated: Stated | None = None
    pack: str = ""
    """The pack that adds it; given by the folder, not written."""

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Who answers it: data, documents, samples, interviews, observations."""
        return tuple(dict.fromkeys(rule.kind for rule in self.evidence))


class Common(Written):
    """A nonconformity that auditors often find. The grade is our reading of ISO/IEC 17021-1, and no source's."""

    what: Text
    usually: Grade
    sources: tuple[str, ...] = ()


class Kept(Written):
    """Documented information that the clause asks for, in our words; empty where it asks for none of its own."""

    maintained: tuple[Text, ...] = ()
    retained: tuple[Text, ...] = ()
    as_in: str = ""
    """The edition that this is known from, where nobody saw what the clause's own one asks; not written."""


def _number(text: str) -> str:
    if not CLAUSE.fullmatch(text):
        raise Unfit(say("'{text}' is no number of a clause; write one in quotes, as in \"9.1.2\"", text=text))
    return text


Number = Annotated[str, AfterValidator(_number)]


class Clause(Written):
    clause: Number
    title: Text
    documented: Kept = Kept()
    typical_evidence: tuple[Text, ...] = ()
    common: tuple[Common, ...] = ()
    altered: Altered | None = None
    requirements: tuple[Requirement, ...] = Field(min_length=1)

    @property
    def from_data(self) -> FromData:
        """How far data alone can judge it."""
        by_data = [requirement.kinds == ("computed",) for requirement in self.requirements]
        some = any("computed" in requirement.kinds for requirement in self.requirements)
        return "fully" if all(by_data) else "partly" if some else "by people"


class CarriedRequirement(Altered):
    """A requirement that an edition takes over from the one before, with its questions and its evidence."""

    carries: str
    """Id of the requirement; decisions and criteria on record go with it."""
    asks: Text | None = None
    """In other words, where the edition's differ."""
    ref: str | None = None
    """The clause of this edition, where it is not the file's own."""
    ask_people: tuple[Question, ...] = ()
    """Further questions."""
    evidence: tuple[EvidenceRule, ...] = ()
    """Further evidence."""


def _way(value: Any) -> str:
    return "carried" if isinstance(value, dict) and "carries" in value else "own"


class EditionClause(Clause):
    """A clause as a file writes it: of a later edition, it may carry requirements of the edition before."""

    carries: str | None = None
    """Clause of the edition before whose documented information, typical evidence and common findings hold here too."""
    requirements: tuple[
        Annotated[
            Annotated[Requirement, Tag("own")] | Annotated[CarriedRequirement, Tag("carried")], Discriminator(_way)
        ],
        ...,
    ] = Field(min_length=1)  # type: ignore[assignment]


class DocumentKind(Written):
    """A kind of document that checklists ask for, under the name their entries use."""

    title: Text
    meaning: Text


class Transition(Stated):
    """Until when certificates of the edition before stay valid, as far as is known."""

    until: dt.date


class Standard(Written):
    """The edition that a folder of clauses belongs to."""

    id: str
    title: Text
    edition: str
    notice: Text
    follows: str | None = None
    """The edition before, from which clauses and requirements may be carried."""
    transition: Transition | None = None


class Tightened(Written):
    """A limit that a pack replaces with its own."""

    evidence: str
    accept: dict[str, str]
    because: Text


class Pack(Written):
    """A folder of requirements that can be switched on beside an edition."""

    id: str
    title: Text
    meaning: Text
    notice: Text
    stated: Stated | None = None
    tightens: tuple[Tightened, ...] = ()


class Checklist(Written):
    standard: Standard
    clauses: tuple[Clause, ...]
    packs: tuple[Pack, ...] = ()
    documents: dict[str, DocumentKind] = {}

    def rules(self) -> list[tuple[Clause, Requirement, Rule]]:
        return [(c, r, e) for c in self.clauses for r in c.requirements for e in r.evidence]

    def asked_documents(self) -> dict[str, DocumentKind]:
        """The kinds that its evidence asks for, or that can make a decline good; other packs ask for others."""
        rules = [rule for _, _, rule in self.rules()]
        asked = {getattr(rule, "document", None) or getattr(rule.accept, "acted_on_by", None) for rule in rules}
        return {kind: about for kind, about in self.documents.items() if kind in asked}
