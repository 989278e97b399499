"""The contract that is measured: survey responses with usual expectations added, twenty-five in all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from audit.source import Expectation, Source
from audit.text import Written
from pipelines import definitions, yaml_file
from pipelines.gating.expectation_arguments import of_day

LOADED_ON = dt.date(2026, 11, 30)
"""After the last of the days that are made."""
ADDED = Path(__file__).with_name("survey_gate.yaml")


class Added(Written):
    gate: tuple[Expectation, ...]


def survey_contract() -> Source:
    own = definitions.sources()["survey_responses"]
    added = yaml_file.read(ADDED).as_model(Added)
    return of_day(Source.model_validate(dict(own) | {"gate": (*own.gate, *added.gate)}), LOADED_ON)


def make_known() -> None:
    """This process, and no other, knows survey responses by the contract with twenty-five expectations."""
    contract = survey_contract()
    assert len(contract.gate) == 25, f"{len(contract.gate)} expectations are measured, and the page says 25"
    definitions.sources()[contract.name] = contract
