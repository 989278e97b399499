"""The Kano classes as a report tells them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from audit.text import Text, listed
from audit.wording import say
from pipelines.analyses.kano.found import Classes, Kano
from pipelines.analyses.section import Cell, Section, nothing
from pipelines.methods.kano import Coefficient, Feature
from pipelines.methods.kano_table import CLASSES
from pipelines.methods.kano_words import SOURCE, WORDS


def sections(found: Kano) -> Sequence[Section]:
    title = say("What features are to customers (Kano)")
    if found.classes.result is None:
        return [nothing(title, found.classes.because, SOURCE)]
    told = Section(
        title, sentence(found.classes.result, found), SOURCE, _heads(), tuple(map(_row, found.classes.result.features))
    )
    return [told, *_segments(found)]


def sentence(classes: Classes, found: Kano) -> Text:
    counts = Counter(each.kano_class for each in classes.features)
    each = [say("{class_} {count}", class_=WORDS[name], count=counts[name]) for name in CLASSES if counts[name]]
    close = [one.feature for one in classes.features if not one.told_apart]
    told = say(
        "From {people} questionnaires of {starts} to {ends}, {count} features have a class: {each}.",
        people=classes.respondents, starts=found.starts, ends=found.ends, count=len(classes.features),
        each=listed(each),
    )  # fmt: skip
    if not close:
        return told
    near = say("Too close to the second class to tell the two apart: {features}.", features=", ".join(close))
    return say("{one} {other}", one=told, other=near)


def _heads() -> tuple[Text, ...]:
    return (
        say("Feature"), say("Answers"), say("Class"), say("Second class"), say("Lead in answers"),
        say("Apart by Fong's test"), say("Class by Blauth's rule"), say("Better coefficient"),
        say("Worse coefficient"), say("Questionable, %"),
    )  # fmt: skip


def _row(one: Feature) -> tuple[Cell, ...]:
    return (
        one.feature, one.n, WORDS[one.kano_class], WORDS[one.second], one.lead,
        say("yes") if one.told_apart else say("no"), WORDS[one.by_blauth], _told(one.better), _told(one.worse),
        f"{one.questionable:.1f}",
    )  # fmt: skip


def _told(one: Coefficient | None) -> str:
    return "–" if one is None else f"{one.value:.2f} ({one.low:.2f} … {one.high:.2f})"


def _segments(found: Kano) -> list[Section]:
    title = say("Features that are not the same to every segment (Kano)")
    if found.segments.result is None:
        return [nothing(title, found.segments.because, SOURCE)]
    differing = [each for each in found.segments.result if each.classes_differ]
    if not differing:
        return [nothing(title, say("Every feature has the same class in all segments that have one."), SOURCE)]
    told = say(
        "Of {count} features the class differs between segments; by more than chance (5 %, Holm) in: {features}.",
        count=len(differing), features=", ".join(each.feature for each in differing if each.differ) or "–",
    )  # fmt: skip
    heads = (say("Feature"), say("Segment"), say("Answers"), say("Class"), say("Second class"), say("Lead in answers"))
    rows = tuple(
        (each.feature, segment, one.n, WORDS[one.kano_class], WORDS[one.second], one.lead)
        for each in differing
        for segment, one in each.segments
    )
    return [Section(title, told, SOURCE, heads, rows)]
