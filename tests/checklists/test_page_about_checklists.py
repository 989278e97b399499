"""docs/checklists.md: its example can be used, and it explains what the checklists use."""

from __future__ import annotations

import re

import pytest

from audit.checklist import Clause, Computed, Documentary
from pipelines import definitions, yaml_file

PAGE = (definitions.HOUSE / "docs" / "checklists.md").read_text(encoding="utf-8")
CHECKLIST = definitions.checklist("iso-9001-2015")
RULES = [rule for _, _, rule in CHECKLIST.rules()]
TAKEN = {rule.id for rule in RULES} | {requirement.id for _, requirement, _ in CHECKLIST.rules()}


def test_the_example_of_the_page_is_a_clause_that_can_be_used() -> None:
    [example] = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    clause = yaml_file.Page(example, "docs/checklists.md").as_model(Clause)
    [requirement] = clause.requirements
    figure, document = requirement.evidence
    assert isinstance(figure, Computed) and isinstance(document, Documentary)
    assert figure.accept.for_each in definitions.kpis()[figure.computed].by
    assert document.document in CHECKLIST.standard.documents
    assert not {requirement.id, figure.id, document.id} & TAKEN


@pytest.mark.parametrize("key", sorted({key for rule in RULES for key in rule.accept.model_fields_set}))
def test_the_page_explains_every_limit_in_use(key: str) -> None:
    assert f"`{key}: " in PAGE
