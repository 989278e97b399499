"""The register of needs without single needs."""

from __future__ import annotations

from dataclasses import replace

from pipelines.analyses.needs.found import Needs
from pipelines.analyses.small_groups import with_result


def without_small(found: Needs, least: int) -> Needs:
    """Each line of the ranking is one need of one customer."""
    return replace(found, register=with_result(found.register, lambda one: replace(one, needs=())))
