"""What rules name, there or not: an organisation's files may change while the program runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from audit.checklist import Checklist
from audit.errors import DefinitionError
from audit.rule import Computed, Documentary, Rule, Sample
from audit.text import Text
from audit.wording import say
from pipelines import definitions, yaml_file

T = TypeVar("T")
KPI = say("KPI in pipelines/kpis")
DOCUMENT = say("kind of document in documents.yaml")
SOURCE = say("source in pipelines/sources")


def there(known: Mapping[str, T], name: str, rule: Rule, what: Text) -> T:
    """What the rule names. Raises DefinitionError where it is not there."""
    if name not in known:
        raise DefinitionError(
            say(
                "{rule} names '{name}', which is no {what}{near}; 'check' says in which file",
                rule=rule.id, name=name, what=what, near=yaml_file.near(name, list(known)),
            )
        )  # fmt: skip
    return known[name]


def refuse_unknown(checklist: Checklist) -> None:
    """Raises DefinitionError at the first rule that names what is not there."""
    for _, _, rule in checklist.rules():
        if isinstance(rule, Computed):
            there(definitions.kpis(), rule.computed, rule, KPI)
        elif isinstance(rule, Documentary):
            there(checklist.documents, rule.document, rule, DOCUMENT)
        elif isinstance(rule, Sample):
            there(definitions.sources(), rule.sample, rule, SOURCE)
