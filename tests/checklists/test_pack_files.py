"""The files of the packs: complete, fairly graded, and frank about what is known of each standard."""

from __future__ import annotations

import re

import pytest
from packs_by_hand import ADDED, GUIDANCE

from audit.checklist import Clause, Pack, Requirement
from audit.evidence import Grade
from audit.rule import Computed, Documentary, Interview
from pipelines import definitions, yaml_file

EDITIONS = ("iso-9001-2015", "iso-9001-2026")
ROLES = {"top management", "process owner", "staff"}
PACKS: dict[str, Pack] = {
    name: yaml_file.read(definitions.CHECKLISTS / "packs" / name / "_pack.yaml").as_model(Pack) for name in ADDED
}
FILES: list[tuple[str, str, Clause]] = [
    (name, path.name, yaml_file.read(path).as_model(Clause))
    for name in ADDED
    for path in sorted((definitions.CHECKLISTS / "packs" / name).glob("[0-9]*.yaml"))
]
REQUIREMENTS = [(name, clause, requirement) for name, _, clause in FILES for requirement in clause.requirements]
every_file = pytest.mark.parametrize(("name", "file", "clause"), FILES, ids=[f"{n}/{f}" for n, f, _ in FILES])
every_requirement = pytest.mark.parametrize(
    ("name", "clause", "requirement"), REQUIREMENTS, ids=[requirement.id for _, _, requirement in REQUIREMENTS]
)


# Grades


@pytest.mark.parametrize("name", GUIDANCE)
def test_departing_from_guidance_is_never_graded_a_nonconformity(name: str) -> None:
    own = [rule for pack, _, requirement in REQUIREMENTS if pack == name for rule in requirement.evidence]
    edition = {rule.id: rule for _, _, rule in definitions.checklist("iso-9001-2015").rules()}
    sharpened = [edition[one.evidence] for one in PACKS[name].tightens]
    assert {rule.otherwise for rule in own + sharpened} <= {Grade.OBSERVATION, Grade.OPPORTUNITY}
    often = {common.usually for pack, _, clause in FILES if pack == name for common in clause.common}
    assert often <= {Grade.OBSERVATION, Grade.OPPORTUNITY}


@every_requirement
def test_no_pack_threatens_with_a_major_nonconformity(name: str, clause: Clause, requirement: Requirement) -> None:
    for rule in requirement.evidence:
        assert rule.otherwise != Grade.MAJOR
        level = isinstance(rule, Computed) and (rule.accept.at_least or rule.accept.at_most)
        assert not level or rule.otherwise in (Grade.OBSERVATION, Grade.OPPORTUNITY), "a level is the user's own"


@every_requirement
def test_what_is_known_with_low_confidence_is_never_graded_a_nonconformity(
    name: str, clause: Clause, requirement: Requirement
) -> None:
    if requirement.stated is not None and requirement.stated.confidence in ("low", "uncertain"):
        assert {rule.otherwise for rule in requirement.evidence} <= {Grade.OBSERVATION, Grade.OPPORTUNITY}


def test_a_pack_that_is_no_standard_grades_a_nonconformity_only_where_iso_9001_asks_the_same() -> None:
    """Complaints (8.2.1), providers (8.4), customers' data (8.5.3); no clause asks for a service standard or a rota."""
    own = [rule for pack, _, requirement in REQUIREMENTS if pack == "contact-centre" for rule in requirement.evidence]
    graded = {rule.id.removeprefix("contact-centre-") for rule in own if rule.otherwise == Grade.MINOR}
    assert graded == {"8.2.1-d-1", "8.4-a-1", "8.5.3-a-1", "8.5.3-a-2"}


# Completeness


@every_requirement
def test_a_requirement_has_evidence_and_questions(name: str, clause: Clause, requirement: Requirement) -> None:
    assert 2 <= len(requirement.ask_people) <= 4
    numbers = range(1, len(requirement.evidence) + 1)
    assert requirement.evidence
    assert [rule.id for rule in requirement.evidence] == [f"{requirement.id}-{number}" for number in numbers]
    heard = {rule.interview for rule in requirement.evidence if isinstance(rule, Interview)}
    assert heard <= {question.to for question in requirement.ask_people}


@every_file
def test_a_clause_has_questions_for_all_three_roles(name: str, file: str, clause: Clause) -> None:
    assert {question.to for requirement in clause.requirements for question in requirement.ask_people} == ROLES


@every_file
def test_a_file_has_the_title_of_its_clause_and_the_name_of_its_title(name: str, file: str, clause: Clause) -> None:
    titles = {each.clause: each.title for edition in EDITIONS for each in definitions.checklist(edition).clauses}
    supplement = {each.title for _, _, each in FILES if each.clause == "9.1.2.1"}
    assert {clause.title} == ({titles[clause.clause]} if clause.clause in titles else supplement)
    words = re.sub(r"[^a-z]+", "-", clause.title.en.lower().replace("(supplement of the sector)", "supplement"))
    assert file == f"{clause.clause}-{words}.yaml"


@every_requirement
def test_a_figure_is_limited_in_the_direction_that_is_better(
    name: str, clause: Clause, requirement: Requirement
) -> None:
    for rule in [rule for rule in requirement.evidence if isinstance(rule, Computed)]:
        kpi = definitions.kpis()[rule.computed]
        limits = (rule.accept.at_least, rule.accept.at_most)
        assert {limit.unit for limit in limits if limit} <= {kpi.unit}
        assert limits[0] is None or kpi.better == "higher"
        assert limits[1] is None or kpi.better == "lower"


# Honesty about what is known


@every_requirement
def test_a_number_is_quoted_of_the_packs_own_standard(name: str, clause: Clause, requirement: Requirement) -> None:
    quoted = {f"{name}{year}" for year in ("-2016", "-2018", "-2023", "-9")}
    assert set(requirement.refs) <= quoted
    assert bool(requirement.refs) == (name != "contact-centre")


@every_requirement
def test_what_no_public_source_shows_is_not_called_certain(name: str, clause: Clause, requirement: Requirement) -> None:
    stated = requirement.stated
    if stated is not None:
        assert stated.sources or stated.confidence != "high"
        assert stated.note or stated.confidence == "high"


def test_every_source_that_a_pack_cites_is_known() -> None:
    known = set(yaml_file.read(definitions.CHECKLISTS / "sources.yaml").content)
    stated = [pack.stated for pack in PACKS.values()] + [requirement.stated for _, _, requirement in REQUIREMENTS]
    cited = {source for each in stated if each for source in each.sources}
    cited |= {source for _, _, clause in FILES for common in clause.common for source in common.sources}
    assert cited and cited <= known


def test_every_kind_of_document_is_asked_for_by_an_edition_or_a_pack() -> None:
    everything = [definitions.checklist(edition, packs=tuple(ADDED)) for edition in EDITIONS]
    rules = [rule for checklist in everything for _, _, rule in checklist.rules()]
    asked = {rule.document for rule in rules if isinstance(rule, Documentary)}
    asked |= {rule.accept.acted_on_by for rule in rules if isinstance(rule, Computed) and rule.accept.acted_on_by}
    assert asked == set(everything[0].documents)
