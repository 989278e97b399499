"""Erases a person from every version of the tables, from originals, rejects and identities; and records it."""

from __future__ import annotations

from audit.access.person import Who
from audit.errors import SourceError
from audit.records import Records, erasures
from audit.records.erasures import Erasure
from audit.records.statement import stated
from audit.wording import say
from pipelines.personal import erased_tables, identities, traces
from pipelines.personal.erased_originals import Originals
from pipelines.personal.journal import Journal
from pipelines.personal.key import pseudonyms
from pipelines.personal.person import Person, known
from pipelines.personal.traces import Traces
from pipelines.upkeep.read_only import refuse_read_only
from pipelines.upkeep.turn import alone
from pipelines.workspace import Workspace

WHY = say("why, and naming nobody, as in 'asked for on 2026-11-02, article 17'")
UNSEARCHED = "identifier not known: rows that were never published could not be looked for in originals and rejects"


def erase(
    workspace: Workspace, records: Records, customer: str, actor: Who, reason: str, keep_originals: bool = False
) -> Erasure:
    """
    `customer` is an identifier as the files have it, or a pseudonym. Killed in between, the same call finishes it.
    Raises SourceError where nothing is known of such a person, or where another erasure was not finished.
    """
    by = records.require(actor, "erase")
    customer = stated(customer, say("the customer"), say("the identifier as the files have it, or the pseudonym"))
    refuse_read_only(workspace)
    with alone(workspace):  # what others load meanwhile would not be looked for
        return _erased(workspace, records, customer, by, reason, keep_originals)


def _erased(
    workspace: Workspace, records: Records, customer: str, actor: Who, reason: str, keep_originals: bool
) -> Erasure:
    workspace.storage.refuse_kept_versions()
    workspace.storage.everything(alone=True)
    person, journal = known(workspace, pseudonyms(workspace), customer), Journal(workspace.folder)
    reason = _reason(reason, person)
    erased_tables.refuse_shortened(workspace)
    found = _traces(workspace, journal, person)
    originals = Originals(workspace, records, person, found)
    protected = keep_originals or bool(workspace.set_up.keep_originals)
    erased_tables.erase(workspace, person, found, journal)
    workspace.storage.overwritten()
    kept = [*originals.naming(), *(originals.kept() if protected else [])]
    if not protected:
        originals.erase(journal)
    if not person.originals:
        kept.append(UNSEARCHED)
    _refuse_stranger(workspace, person, found, journal, kept)
    written = erasures.keep(records, person.pseudonym, journal.rows(), journal.changed(), kept, actor, reason)
    # last, because a repeated erasure asks it who the person is
    identities.forget(workspace.identity, person.pseudonym)
    journal.end()
    return written


def _reason(reason: str, person: Person) -> str:
    given = stated(reason, say("the reason of the erasure"), WHY)
    if person.stands_in(given):
        raise SourceError(say("the reason names the person, and what is recorded stays; write {why}", why=WHY))
    return given


def _traces(workspace: Workspace, journal: Journal, person: Person) -> Traces:
    former = journal.resumed()
    if former and former.pseudonym != person.pseudonym:
        raise SourceError(
            say(
                "the erasure of {customer} was not finished; finish it first: "
                "python -m pipelines erase {customer} --reason ...",
                customer=former.pseudonym,
            )
        )
    if former:
        return former
    found = traces.found(workspace, person.pseudonym)
    journal.begin(found)
    return found


def _refuse_stranger(workspace: Workspace, person: Person, found: Traces, journal: Journal, kept: list[str]) -> None:
    if found.lines or journal.notes or identities.of(workspace.identity, person.pseudonym):
        return
    if [one for one in kept if one != UNSEARCHED]:
        return
    journal.end()
    raise SourceError(
        say(
            "nothing is known of a customer '{customer}'; write the identifier as the files have it, blanks and "
            "capitals included, or the pseudonym",
            customer=next(iter(person.originals), person.pseudonym),
        )
    )
