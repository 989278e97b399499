"""Kano's classes in words, and what each asks of an organisation."""

from __future__ import annotations

from audit.text import Text
from audit.wording import say
from pipelines.methods.kano_table import KanoClass

WORDS: dict[KanoClass, Text] = {
    "must-be": say("must-be"),
    "one-dimensional": say("one-dimensional"),
    "attractive": say("attractive"),
    "indifferent": say("indifferent"),
    "reverse": say("reverse"),
    "questionable": say("questionable"),
}
MEANINGS: dict[KanoClass, Text] = {
    "must-be": say("Its absence dissatisfies, its presence is taken for granted: secure it first."),
    "one-dimensional": say("The more of it, the more satisfied: keep up with competitors."),
    "attractive": say("Its presence delights, its absence costs nothing: choose some to stand out."),
    "indifferent": say("Hardly anybody minds: spend little on it."),
    "reverse": say("Customers would rather do without it: ask why before building it."),
    "questionable": say("The answers contradict each other: ask the question anew."),
}
SOURCE = say(
    "Kano et al. (1984) with the evaluation table, the tie rule M > O > A > I and the coefficients better and worse of "
    "Berger et al. (1993), Wilson's 95 % intervals, Fong's test (1996; 5 % to one side) of the class against the "
    "second, and Blauth's rule. It assumes answers that are independent of each other, one for each person and "
    "feature, and customers who are alike; where segments differ, read each. A class counts answers and measures no "
    "worth. Fong's test takes two counts for independent that are not, so where few classes share the answers it tells "
    "them apart more often than it promises."
)
