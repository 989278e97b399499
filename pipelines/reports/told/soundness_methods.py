"""What each part of a survey's soundness is called, and how it was found: source, assumptions, limits."""

from __future__ import annotations

from audit.text import Text
from audit.wording import say
from pipelines.survey_soundness.found import State, Subject


def subject(name: Subject) -> Text:
    return {
        "response": say("Response rate"),
        "who": say("Who answered?"),
        "early_late": say("Who did not?"),
        "non_response": say("Questions left open"),
        "straight_lining": say("The same answer throughout"),
        "reliability": say("Do the questions measure one thing?"),
        "figures": say("How exact is the figure?"),
        "weights": say("What would weighting change?"),
    }[name]


def state_word(state: State) -> Text:
    return {
        "sound": say("Sound"),
        "weak": say("Weak"),
        "stated": say("Stated, not judged"),
        "not evaluated": say("Not evaluated"),
    }[state]


def method(name: Subject) -> Text:
    return {
        "response": say(
            "AAPOR, Standard Definitions: RR2 and RR1, every invitation in the denominator; interval of Wilson (1927). "
            "A low rate alone does not show bias (Groves 2006)."
        ),
        "who": say(
            "Chi-square goodness of fit against the customer base with Cohen's w and the R-indicator; a group is "
            "called under-represented, or missing where nobody answered, at 5 % after Holm's correction. It shows "
            "only what the groups show."
        ),
        "early_late": say(
            "Armstrong and Overton (1977); interval of Newcombe (1998). That late answers are like those that never "
            "came is an assumption which no data of the survey can show."
        ),
        "non_response": say(
            "Shares with the interval of Wilson (1927); more than 5 % is called weak (Schafer 1999). A question that "
            "the file does not show counts as not asked."
        ),
        "straight_lining": say(
            "Share of respondents with one answer to every question of a scale. It can be honest: a reason to look, "
            "never to delete."
        ),
        "reliability": say(
            "Cronbach's alpha (1951) with the interval of Feldt (1965), McDonald's omega (1999); only complete answers "
            "count. Alpha grows with the number of questions and does not show that there is one factor only."
        ),
        "figures": say(
            "The figure's own 95 % interval, and half of it with the finite population correction. It speaks of "
            "chance alone, not of bias."
        ),
        "weights": say(
            "Raking: Deming and Stephan (1940); design effect of Kish (1965); weights cut at five times their mean. "
            "Assumes that within a group those who answered are like those who did not."
        ),
    }[name]
