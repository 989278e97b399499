"""Packs: what each adds to both editions, what it tightens, and that guidance never becomes a nonconformity."""

from __future__ import annotations

import pytest
from packs_by_hand import ADDED, TIGHTENED

from audit.checklist import Checklist, Clause, Pack, Requirement
from audit.errors import DefinitionError
from audit.quantity import Quantity
from audit.rule import Computed, Documentary, Interview, Rule, Sample
from pipelines import definitions, yaml_file
from pipelines.checklists import editions

EDITIONS = ("iso-9001-2015", "iso-9001-2026")
PACKS: dict[str, Pack] = {
    name: yaml_file.read(definitions.CHECKLISTS / "packs" / name / "_pack.yaml").as_model(Pack) for name in ADDED
}
both_editions = pytest.mark.parametrize("edition", EDITIONS)
every_pack = pytest.mark.parametrize("name", ADDED)


def asked(checklist: Checklist) -> dict[str, tuple[Clause, Requirement]]:
    return {
        requirement.id: (clause, requirement) for clause in checklist.clauses for requirement in clause.requirements
    }


def rules(checklist: Checklist) -> dict[str, Rule]:
    return {rule.id: rule for _, _, rule in checklist.rules()}


def answered(rule: Rule) -> str:
    if isinstance(rule, Computed):
        return f"data {rule.computed}"
    if isinstance(rule, Documentary):
        return f"doc {rule.document}"
    if isinstance(rule, Sample):
        return f"draw {rule.sample}"
    return f"hear {rule.interview}" if isinstance(rule, Interview) else "see"


# What is added


def test_the_packs_of_the_table_are_there_and_no_other() -> None:
    assert editions.packs_named() == sorted(ADDED)
    assert [pack.id for pack in PACKS.values()] == list(ADDED)


@both_editions
@every_pack
def test_a_pack_adds_what_the_table_says_to_the_clause_that_its_id_names(name: str, edition: str) -> None:
    alone, joined = asked(definitions.checklist(edition)), asked(definitions.checklist(edition, packs=(name,)))
    added = {id: found for id, found in joined.items() if id not in alone}
    assert {id: [answered(rule) for rule in found[1].evidence] for id, found in added.items()} == {
        f"{name}-{id}": answers for id, answers in ADDED[name].items()
    }
    for id, (clause, requirement) in added.items():
        assert id.removeprefix(f"{name}-").rpartition("-")[0] == clause.clause
        assert requirement.pack == name


@both_editions
@every_pack
def test_a_pack_takes_nothing_away_and_changes_no_words(name: str, edition: str) -> None:
    alone, joined = asked(definitions.checklist(edition)), asked(definitions.checklist(edition, packs=(name,)))
    assert [id for id in joined if id in alone] == list(alone)
    for id, (clause, requirement) in alone.items():
        assert joined[id][0].title == clause.title and joined[id][0].documented == clause.documented
        assert joined[id][1].model_dump(exclude={"evidence"}) == requirement.model_dump(exclude={"evidence"})


@both_editions
def test_without_packs_there_is_nothing_of_theirs(edition: str) -> None:
    checklist = definitions.checklist(edition)
    assert {requirement.pack for _, requirement in asked(checklist).values()} == {""}
    assert "9.1.2.1" not in {clause.clause for clause in checklist.clauses}


@both_editions
@pytest.mark.parametrize("name", ["iatf-16949", "iso-22163"])
def test_a_clause_of_the_sector_stands_right_behind_the_one_it_supplements(name: str, edition: str) -> None:
    numbers = [clause.clause for clause in definitions.checklist(edition, packs=(name,)).clauses]
    assert numbers[numbers.index("9.1.2") + 1] == "9.1.2.1"


def test_an_unknown_pack_is_named_with_the_nearest() -> None:
    with pytest.raises(DefinitionError, match="no pack 'iso-1002' .*iso-10002"):
        definitions.checklist("iso-9001-2015", packs=("iso-1002",))


# What is tightened


@both_editions
@pytest.mark.parametrize(("place", "change"), TIGHTENED.items(), ids=[" ".join(place) for place in TIGHTENED])
def test_a_limit_is_tightened_from_and_to_what_the_table_says(
    place: tuple[str, str, str], change: tuple[str | None, str], edition: str
) -> None:
    name, id, limit = place
    before = rules(definitions.checklist(edition))[id]
    after = rules(definitions.checklist(edition, packs=(name,)))[id]
    found = [getattr(rule.accept, limit) for rule in (before, after)]
    assert [str(each) if isinstance(each, Quantity) else each for each in found] == list(change)
    assert after.model_dump(exclude={"accept"}) == before.model_dump(exclude={"accept"})
    assert after.accept.model_dump(exclude={limit}) == before.accept.model_dump(exclude={limit})


@both_editions
@every_pack
def test_no_other_limit_moves(name: str, edition: str) -> None:
    alone, joined = rules(definitions.checklist(edition)), rules(definitions.checklist(edition, packs=(name,)))
    moved = {id for id, rule in alone.items() if joined[id] != rule}
    assert moved == {id for pack, id, _ in TIGHTENED if pack == name}


@pytest.mark.parametrize(("place", "change"), TIGHTENED.items(), ids=[" ".join(place) for place in TIGHTENED])
def test_tightened_means_stricter(place: tuple[str, str, str], change: tuple[str | None, str]) -> None:
    before, after = change
    if before is None:
        assert place[2] == "for_each"  # every group instead of the whole
    elif place[2] == "at_least":
        assert not Quantity.parse(before) >= Quantity.parse(after)
    else:
        assert not Quantity.parse(before) <= Quantity.parse(after)


def test_no_two_packs_tighten_the_same_evidence_so_none_can_undo_another() -> None:
    places = [one.evidence for pack in PACKS.values() for one in pack.tightens]
    assert len(places) == len(set(places)) == len(TIGHTENED)


# The order of packs


def content(checklist: Checklist) -> list[object]:
    return [
        (clause.clause, clause.title, clause.documented, sorted(clause.requirements, key=lambda each: each.id))
        for clause in checklist.clauses
    ]


@both_editions
def test_all_packs_together_add_what_each_adds_alone_in_whatever_order(edition: str) -> None:
    together, reverse = (definitions.checklist(edition, packs=order) for order in (tuple(ADDED), tuple(ADDED)[::-1]))
    added = {id for id, (_, requirement) in asked(together).items() if requirement.pack}
    assert added == {f"{name}-{id}" for name, ids in ADDED.items() for id in ids}
    assert content(together) == content(reverse)  # the order of every two packs is the other way round
    moved = {id for id, rule in rules(definitions.checklist(edition)).items() if rules(together)[id] != rule}
    assert moved == {id for _, id, _ in TIGHTENED}
