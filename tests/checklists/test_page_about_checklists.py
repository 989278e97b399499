"""docs/checklists.md: its example can be used, its commands are there, and it explains what the checklists use."""

from __future__ import annotations

import re
import shlex

import pytest

from audit import checklist, limits, quantity
from audit.checklist import Clause
from audit.evidence import Grade
from audit.rule import Computed, Documentary
from pipelines import definitions, yaml_file
from pipelines.checklists import editions
from pipelines.commands import parser

PAGE = (definitions.HOUSE / "docs" / "checklists.md").read_text(encoding="utf-8")
CHECKLIST = definitions.checklist("iso-9001-2015")
EVERY = [definitions.checklist(edition, tuple(editions.packs_named())) for edition in editions.named()]
RULES = [rule for each in EVERY for _, _, rule in each.rules()]
TAKEN = {rule.id for rule in RULES} | {requirement.id for each in EVERY for _, requirement, _ in each.rules()}
COMMANDS = [line.split("  #")[0] for line in PAGE.splitlines() if line.startswith("python -m pipelines ")]


def test_the_example_of_the_page_is_a_clause_that_can_be_used() -> None:
    [example] = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    clause = yaml_file.Page(example, "docs/checklists.md").as_model(Clause)
    [requirement] = clause.requirements
    figure, document = requirement.evidence
    assert isinstance(figure, Computed) and isinstance(document, Documentary)
    assert figure.accept.for_each in definitions.kpis()[figure.computed].by
    assert document.document in CHECKLIST.documents
    assert not {requirement.id, figure.id, document.id} & TAKEN


def test_the_page_explains_every_limit() -> None:
    models = (limits.ComputedLimits, limits.DocumentLimits, limits.SampleLimits, limits.HeardLimits)
    for key in {key for model in models for key in model.model_fields}:
        assert f"`{key}: " in PAGE, key


@pytest.mark.parametrize("kind", sorted({rule.kind for rule in RULES}))
def test_the_page_explains_every_kind_of_evidence(kind: str) -> None:
    assert f"\n| `{kind}: " in PAGE


MODELS = (
    checklist.Requirement, checklist.Clause, checklist.CarriedRequirement, checklist.Stated, checklist.Kept,
    checklist.Tightened,
)  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_page_names_every_key_that_a_person_may_write(model: type[checklist.Written]) -> None:
    told = set(re.findall(r"\b[a-z_]+\b", PAGE)) | {"ref"}
    assert set(model.model_fields) - {"pack", "as_in"} <= told


@pytest.mark.parametrize("word", [*quantity.UNITS, *(str(grade) for grade in Grade if grade != Grade.GOOD_PRACTICE)])
def test_the_page_names_every_unit_and_grade(word: str) -> None:
    assert f"`{word}`" in PAGE


def test_the_page_names_every_file_and_folder_of_the_house() -> None:
    shared = {path.name for path in definitions.CHECKLISTS.glob("*.yaml")}
    assert {name for name in shared if f"`{name}`" not in PAGE} == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_is_one(command: str) -> None:
    asked = parser().parse_args(shlex.split(command)[3:])
    assert callable(asked.command)


def test_the_page_shows_what_to_do_with_a_checklist() -> None:
    assert {shlex.split(command)[3] for command in COMMANDS} == {"readiness", "gaps", "bridge", "what-if", "report"}
