"""What people call the columns and values of the contracts, in several languages: `synonyms.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pipelines import yaml_file

FILE = Path(__file__).with_name("synonyms.yaml")


@cache
def column_names() -> dict[str, tuple[str, ...]]:
    """By column of the contracts."""
    return {name: tuple(known) for name, known in yaml_file.read(FILE).content["columns"].items()}


@cache
def allowed_values() -> dict[str, tuple[str, ...]]:
    """By value that a contract allows."""
    return {value: tuple(known) for value, known in yaml_file.read(FILE).content["values"].items()}
