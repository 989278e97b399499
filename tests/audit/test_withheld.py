"""What stands in the place of a hidden figure: no number of it is left, and what is not hidden stays as it was."""

from __future__ import annotations

import datetime as dt

import pytest

from audit import withheld
from audit.evidence import ClauseAssessment, Evidence, Outcome, RequirementAssessment, Verdict
from audit.measurement import Measurement
from audit.text import Text

DAY = dt.date(2026, 10, 31)


def text(words: str) -> Text:
    return Text(en=words, zh=f"中{words}")


def figure(group: str, n: int = 3) -> Measurement:
    by = "segment" if group else ""
    return Measurement(
        "csat", "%", "month", "2026-10", DAY, DAY, by, group, 66.7, n, 20.8, 93.9, None, text("1.6 % refused")
    )


def evidence(group: str, *groups: Measurement) -> Evidence:
    because = text(f"CSAT ({group}): 66.7 % (20.8 to 93.9, n = 3); this does not meet your criterion.")
    return Evidence(
        "9.1.2-a-1", text("s"), Outcome.NOT_MET, because, text("c"), measurement=figure(group), groups=groups
    )


def hides(found: Measurement) -> bool:
    return found.group == "small"


def test_a_hidden_figure_has_no_number_left() -> None:
    shown = withheld.measurement(figure("small"), hides, 5)
    assert (shown.value, shown.low, shown.high, shown.n, shown.warning) == (None, None, None, 0, None)
    assert shown.not_evaluated == withheld.words(5) and withheld.is_withheld(shown, 5)


@pytest.mark.parametrize("group", ["", "large"])
def test_any_other_stays_as_it_is(group: str) -> None:
    assert withheld.measurement(figure(group), hides, 5) is not None
    assert withheld.measurement(figure(group), hides, 5) == figure(group)
    assert not withheld.is_withheld(figure(group), 5)
    assert withheld.evidence(evidence(group), hides, 5) == evidence(group)


def test_the_sentence_of_hidden_evidence_names_the_group_and_no_figure() -> None:
    shown = withheld.evidence(evidence("small", figure("small"), figure("large")), hides, 5)
    assert shown.outcome == Outcome.NOT_MET
    assert "segment small" in shown.because.en and "66.7" not in f"{shown.because}" and "n = 3" not in shown.because.en
    assert [group.value for group in shown.groups] == [None, 66.7]


def test_other_groups_are_hidden_within_evidence_that_stays() -> None:
    shown = withheld.evidence(evidence("large", figure("small"), figure("large")), hides, 5)
    assert shown.because == evidence("large").because and [group.value for group in shown.groups] == [None, 66.7]


def test_evidence_without_a_figure_stays() -> None:
    document = Evidence("9.1.2-a-2", text("s"), Outcome.MET, text("b"), text("c"))
    assert withheld.evidence(document, hides, 5) is document


def clause(*every: Evidence) -> ClauseAssessment:
    because = Text(en=" ".join(e.because.en for e in every), zh="".join(e.because.zh for e in every))
    asked = (RequirementAssessment("9.1.2-a", text("a"), Verdict.DOES_NOT_CONFORM, every),)
    return ClauseAssessment("9.1.2", text("t"), Verdict.DOES_NOT_CONFORM, None, because, asked)


def test_a_clause_says_what_its_evidence_may_say() -> None:
    shown = withheld.clause(clause(evidence("small"), evidence("large")), hides, 5)
    first, second = shown.requirements[0].evidence
    assert shown.because == Text(
        en=f"{first.because.en} {second.because.en}", zh=f"{first.because.zh}{second.because.zh}"
    )
    assert "(small)" not in shown.because.en and "(large)" in shown.because.en
    assert shown.proposed == Verdict.DOES_NOT_CONFORM


def test_a_clause_without_hidden_figures_stays() -> None:
    assert withheld.clause(clause(evidence("large")), hides, 5) == clause(evidence("large"))
