"""What still stands between a finding and its closing, in sentences; and who is too close to judge its effect."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from audit.access.person import Person
from audit.finding.finding import Action, Followed, Review
from audit.text import Text
from audit.wording import say


def missing(each: Followed, responsible: Iterable[Person], alone: bool, seq: int, seqs: dict[str, int]) -> list[Text]:
    """
    Empty where it can close. `seq` is the entry that made the finding's newest revision and `seqs` that of each
    action: a review from before counts no more. `alone` where nobody else is there to review.
    """
    finding = each.finding
    if finding.closed:
        return [say("It is closed already.")]
    if finding.grade is None:
        return [say("It has no grade yet: an auditor grades it first.")]
    wanted = [*_open(each.actions)]
    if finding.nonconformity:
        wanted += [*_response(each), *_reviewed(each, tuple(responsible), alone, seq, seqs)]
    return wanted


def _open(actions: Iterable[Action]) -> Iterator[Text]:
    for action in actions:
        if action.status == "open":
            yield say("Action {id} is open: report it done, or cancel it with a reason.", id=action.id)


def _response(each: Followed) -> Iterator[Text]:
    if not each.finding.correction:
        yield say("The correction is missing: what was done at once.")
    if not each.finding.cause:
        yield say("The cause is missing: why it could happen.")
    if not any(action.status != "cancelled" for action in each.actions):
        yield say("A nonconformity needs a corrective action: plan one.")


def _reviewed(
    each: Followed, responsible: tuple[Person, ...], alone: bool, seq: int, seqs: dict[str, int]
) -> Iterator[Text]:
    reviews = list(counting(each, seq, seqs))
    if not reviews:
        yield say("Nobody has reviewed the effectiveness since it was last changed.")
    for review in reviews:
        if review.concluded != "effective":
            yield say(
                "{subject} was reviewed as {word}: plan a further action, and review again.",
                subject=review.subject, word=judged_word(review.concluded),
            )  # fmt: skip
        elif not alone and not stands_apart(review, responsible):
            yield say("{name} is responsible for it; somebody else must review the effectiveness.", name=review.by.name)


def counting(each: Followed, seq: int, seqs: dict[str, int]) -> Iterator[Review]:
    """The review of the finding, else those of all its actions, as long as nothing has changed since."""
    if (own := each.reviews.get(each.finding.id)) and own.seq > max([seq, *seqs.values()]):
        yield own
        return
    done = [action.id for action in each.actions if action.status == "done"]
    of_actions = [each.reviews.get(id) for id in done]
    fresh = [review for review in of_actions if review and review.seq > max(seq, seqs.get(review.subject, 0))]
    if len(fresh) == len(done):
        yield from fresh


def stands_apart(review: Review, responsible: Iterable[Person]) -> bool:
    """Then, and by what is known now."""
    return review.independent and independent(review.by, responsible)


def independent(by: Person, responsible: Iterable[Person]) -> bool:
    """A name that two people share counts as one person: who doubts asks a third."""
    return not any(_names(by) & _names(other) for other in responsible)


def _names(person: Person) -> set[str]:
    told = (person.name, person.identity, person.email)
    return {" ".join(unicodedata.normalize("NFKC", name).casefold().split()) for name in told if name.strip()}


def judged_word(judged: str) -> Text:
    return {"effective": say("effective"), "not shown": say("not shown"), "worse": say("worse")}[judged]
