"""
Which grade a finding should have: three questions and five tests, so that two auditors come to the same one.

After the definitions of major and minor nonconformity in ISO/IEC 17021-1: what counts is the effect on the capability
of the system, not that a requirement is missing. The auditor may grade otherwise, and then says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from audit.evidence import Grade
from audit.text import Text
from audit.wording import say

TESTS = ("absent", "uncontrolled", "delivered", "repeated", "several")
NO_NONCONFORMITY = frozenset({Grade.OBSERVATION, Grade.OPPORTUNITY, Grade.GOOD_PRACTICE})


@dataclass(frozen=True)
class Answers:
    """None for what nobody answered yet."""

    requirement: bool | None = None
    """Is something asked for: by the standard, a customer, the law, or the organisation itself?"""
    unfulfilled: bool | None = None
    """Is there objective evidence that it is not fulfilled?"""
    absent: bool | None = None
    uncontrolled: bool | None = None
    delivered: bool | None = None
    repeated: bool | None = None
    several: bool | None = None

    def given(self) -> dict[str, bool]:
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True)
class Proposal:
    grade: Grade
    because: Text
    fits: frozenset[Grade]
    """Grades that agree with the answers; another one needs a reason."""


def answers(given: Mapping[str, object]) -> Answers:
    known = {each.name for each in fields(Answers)}
    return Answers(**{name: value for name, value in given.items() if name in known and isinstance(value, bool)})


def question(name: str) -> Text:
    return {
        "requirement": say("Is it a requirement: of the standard, a customer, the law, or your own?"),
        "unfulfilled": say("Is there objective evidence that it is not fulfilled?"),
        "absent": say("The whole requirement is absent."),
        "uncontrolled": say("The process is not under control."),
        "delivered": say("Nonconforming products or services have probably reached customers."),
        "repeated": say("It was found before, and no action proved effective."),
        "several": say("Several minor nonconformities concern the same requirement."),
    }[name]


def propose(given: Answers) -> Proposal | None:
    """None as long as an answer that decides is missing. A test that holds decides, whatever the others say."""
    if given.requirement is None:
        return None
    if not given.requirement:
        because = say("Nothing asks for it, so it can be no nonconformity.")
        return Proposal(Grade.OPPORTUNITY, because, NO_NONCONFORMITY)
    if given.unfulfilled is None:
        return None
    if not given.unfulfilled:
        because = say("Nothing shows that it is not fulfilled: collect more evidence, or record what could be better.")
        return Proposal(Grade.OPPORTUNITY, because, NO_NONCONFORMITY)
    tests = {name: getattr(given, name) for name in TESTS}
    held = [name for name, holds in tests.items() if holds]
    if held:
        because = say("The capability of the system is affected: {test}", test=question(held[0]))
        return Proposal(Grade.MAJOR, because, frozenset({Grade.MAJOR}))
    if None in tests.values():
        return None
    because = say("A requirement is not fulfilled, and the capability of the system is not affected.")
    return Proposal(Grade.MINOR, because, frozenset({Grade.MINOR}))
