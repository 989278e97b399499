"""The tree of the elements as a report tells it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.text import Text, listed, sentences
from audit.wording import say
from pipelines.analyses.element_of import element_name
from pipelines.analyses.elements.found import Branch, Elements, Score, Tree
from pipelines.analyses.section import Cell, Section, nothing

METHOD = say(
    "Which element a driver belongs to is declared in elements.yaml. Every answer stands on 0 to 100 by its question's "
    "scale. A driver is the mean of each respondent's answers to its questions, an element the mean of its drivers; "
    "intervals by Student's t over respondents. Who left something open counts where he or she answered, so the levels "
    "need not rest on the same people."
)


def sections(found: Elements) -> Sequence[Section]:
    title = say("The three elements of satisfaction")
    if found.tree.result is None:
        return [nothing(title, found.tree.because, METHOD)]
    heads = (
        say("Element"),
        say("Driver"),
        say("Question"),
        say("Respondents"),
        say("Mean on 0 to 100 (95 % interval)"),
    )
    return [Section(title, sentence(found.tree.result), METHOD, heads, tuple(_rows(found.tree.result)))]


def _rows(found: Tree) -> Iterator[tuple[Cell, ...]]:
    for branch in found.branches:
        name = element_name(branch.element)
        if branch.score or not branch.drivers:
            yield (name, None, None, *_cells(branch.score))
        for driver in branch.drivers:
            yield (name, driver_name(driver.driver), None, *_cells(driver.score))
            for asked in driver.questions:
                yield (name, driver_name(driver.driver), asked.question, *_cells(asked.score))


def _cells(score: Score | None) -> tuple[Cell, Cell]:
    if score is None:
        return 0, say("nobody was asked")
    if score.low is None or score.high is None:
        return score.n, f"{score.mean:.1f}"
    return score.n, f"{score.mean:.1f} ({score.low:.1f} … {score.high:.1f})"


def driver_name(driver: str) -> Text:
    return Text(en=driver, zh=driver) if driver else say("no driver named")


def sentence(found: Tree) -> Text:
    asked = sorted((b for b in found.branches if b.score), key=lambda b: b.score.mean if b.score else 0)
    silent = [b for b in found.branches if not b.drivers]
    loose = [driver_name(d.driver) for b in found.branches if b.element == "unassigned" for d in b.drivers]
    said = [say("{n} respondents judged how well things were done.", n=found.respondents)]
    if asked:
        least, most = asked[0], asked[-1]
        said.append(_apart(least, most) if least is not most else _only(least))
    if silent:
        names = listed([element_name(branch.element) for branch in silent])
        said.append(say("Nobody was asked about: {elements}.", elements=names))
    if loose:
        said.append(say("Not assigned to an element: {drivers}; elements.yaml does that.", drivers=listed(loose)))
    return sentences(*said)


def _apart(least: Branch, most: Branch) -> Text:
    assert least.score and most.score
    return say(
        "Of the elements, {least} is judged lowest with {low} of 100, {most} highest with {high}.",
        least=element_name(least.element), low=f"{least.score.mean:.1f}",
        most=element_name(most.element), high=f"{most.score.mean:.1f}",
    )  # fmt: skip


def _only(branch: Branch) -> Text:
    assert branch.score
    name = element_name(branch.element)
    return say("{element} is judged with {mean} of 100.", element=name, mean=f"{branch.score.mean:.1f}")
